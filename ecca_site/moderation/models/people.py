from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from ecca_site.users.models import User


@dataclass(frozen=True)
class Languages:
    """The languages into which somebody translates and which they review: codes by number."""

    translated: dict[int, str] = field(default_factory=dict)
    reviewed: dict[int, str] = field(default_factory=dict)


class LanguageGroups:
    """The groups that translate into a language and those that review it.

    A room above knows which they are and registers how to find them: as rows with ``group`` and
    ``locale``, one for each language. Of a user it knows the languages, too, asked once a request.
    """

    def register(
        self,
        *,
        translators: Callable[[], QuerySet],
        reviewers: Callable[[], QuerySet],
        languages_of: Callable[[User], Languages],
    ) -> None:
        self.translators = translators
        self.reviewers = reviewers
        self.languages_of = languages_of


language_groups = LanguageGroups()


def display_name(user: User) -> str:
    """Return the name that others read, or the user name of whoever has given none."""
    return user.get_full_name() or user.get_username()


def reviewed_locale_ids(user: User) -> set[int]:
    """Return the primary keys of the languages a user reviews."""
    return set(language_groups.languages_of(user).reviewed)


def translated_locale_ids(user: User) -> set[int]:
    """Return the primary keys of the languages into which a user translates."""
    return set(language_groups.languages_of(user).translated)
