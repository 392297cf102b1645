from collections.abc import Callable

from django.db.models import QuerySet

from ecca_site.delivery.memory import asked_once
from ecca_site.users.models import User


class LanguageGroups:
    """The groups that translate into a language and those that review it.

    A room above knows which they are and registers how to find them: as rows with ``group`` and
    ``locale``, one for each language.
    """

    def register(
        self, *, translators: Callable[[], QuerySet], reviewers: Callable[[], QuerySet]
    ) -> None:
        self.translators = translators
        self.reviewers = reviewers


language_groups = LanguageGroups()


def display_name(user: User) -> str:
    """Return the name that others read, or the user name of whoever has given none."""
    return user.get_full_name() or user.get_username()


@asked_once
def reviewed_locale_ids(user: User) -> set[int]:
    """Return the primary keys of the languages a user reviews."""
    reviewed = language_groups.reviewers().filter(group__user=user)
    return set(reviewed.values_list("locale_id", flat=True))
