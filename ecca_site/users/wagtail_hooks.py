from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction


@hooks.register("before_bulk_action")
def leave_superusers_alone(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: BulkAction
) -> None:
    """Refuse what somebody else than a superuser does to many people with superusers among them."""
    if request.user.is_superuser or not issubclass(action.model, get_user_model()):
        return
    if any(person.is_superuser for person in objects):
        raise PermissionDenied
