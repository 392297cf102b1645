from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from wagtail import hooks


@hooks.register("before_bulk_action")
def leave_superusers_alone(request, action_type, objects, action):
    """Who is no superuser has no say about those who are, one by one or many at once."""
    is_about_people = issubclass(action.model, get_user_model())
    if is_about_people and not request.user.is_superuser and any(person.is_superuser for person in objects):
        raise PermissionDenied
