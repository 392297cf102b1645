"""The people who decide reviews: by a group of a task, or for a language."""

from ecca_site.delivery.memory import asked_once
from ecca_site.users.models import User

from .people import reviewed_locale_ids
from .reviews import ReviewTask


@asked_once
def reviews_every_language(user: User) -> bool:
    """Return whether a user decides by a group of a task.

    Such a user reviews all languages, where the reviewers of a language have that one alone.
    """
    if user.is_superuser:
        return True
    return ReviewTask.objects.filter(active=True, groups__user=user).exists()


def is_moderator(user: User) -> bool:
    """Return whether a user decides any reviews at all."""
    if not user.is_active:
        return False
    return reviews_every_language(user) or bool(reviewed_locale_ids(user))
