"""Who looks at the coverage board, and what they may do there."""

from uuid import UUID

from wagtail.models import Page
from wagtail.permissions import policy_registry

from ecca_site.core.permissions import PagePermissions
from ecca_site.moderation.models import is_moderator, language_groups
from ecca_site.users.models import User

from .board import Cell

SECTION_DEPTH = 3  # of a section's page; the home page of its language is one above


def may_look(user: User) -> bool:
    """Return whether somebody works on whole sections or languages.

    It costs no query beyond those that the CMS needs for its menu.
    """
    if not user.is_active:
        return False
    if user.is_superuser or is_moderator(user):
        return True
    held = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return any(permission.page.depth <= SECTION_DEPTH for permission in held)


def languages_of(user: User) -> tuple[set[str], set[str]]:
    """Return the codes of the languages into which a user translates, and of those to review."""
    languages = language_groups.languages_of(user)
    return set(languages.translated.values()), set(languages.reviewed.values())


class Viewer:
    """The user who looks at the board, with what they may do, without a query for each page."""

    def __init__(self, user: User, sections: list[Page]) -> None:
        self.user = user
        self.translated, self.reviewed = languages_of(user)
        self.sections = sections
        # For each language the sections, by their keys, where this person may add pages.
        self.addable: dict[str, set[UUID]] = {}
        for page in sections:
            if PagePermissions(user, page).may_add():
                self.addable.setdefault(page.locale.language_code, set()).add(page.translation_key)

    @property
    def languages(self) -> set[str]:
        """The languages in which this person works."""
        return self.translated | self.reviewed

    @property
    def requestable(self) -> set[str]:
        """The languages that this person may ask for, as far as the board can know.

        Of each page it is checked again when they do.
        """
        return self.translated | self.addable.keys()

    def requestable_of(self, page: Page) -> set[str]:
        """Return the languages that this person may ask for of a page.

        They are those into which they translate, and those in whose section they may add pages.
        """
        sections = [each for each in self.sections if page.path.startswith(each.path)]
        above = {section.translation_key for section in sections}
        if page.depth >= SECTION_DEPTH:
            above.discard(page.translation_key)  # a section itself would stand in the one above it
        found = set()
        for code in self.requestable - {page.locale.language_code}:
            if code in self.translated or above & self.addable.get(code, set()):
                found.add(code)
        return found

    def may_edit(self, page: Page) -> bool:
        return PagePermissions(self.user, page).can_edit()

    def may_review(self, cell: Cell) -> bool:
        if cell.review is None:
            return False
        return self.user.is_superuser or cell.code in self.reviewed
