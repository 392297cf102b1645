"""The effects of an action on what belongs to a page or links to it.

They are said before anybody takes it offline, deletes or moves it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Model
from wagtail import hooks
from wagtail.log_actions import LogContext
from wagtail.models import Page, ReferenceIndex

from ecca_site.users.models import User

from .reviewed import Reviewed

# The parameter of a form by which whoever acts takes along what the form has named, and no more.
NAMED = "named"
MOST = 20  # references that are named; more are counted


@dataclass(frozen=True)
class Effects:
    """The pages and links that an action on a page or snippet affects."""

    going: list[Reviewed]  # translations that go along
    staying: list[Reviewed]  # the other translations
    below: int  # pages
    references: list[str]
    further_references: int

    def __bool__(self) -> bool:
        return bool(self.going or self.staying or self.below or self.references)


def effects_of(page: Reviewed, action: str, going: Collection[int]) -> Effects:
    """Return the effects of "unpublish", "delete" or "move".

    ``going`` are the primary keys of the translations that go along.
    """
    found = page.get_translations().select_related("locale")
    translations = list(found.order_by("locale__language_code"))
    names = []
    if action != "move":
        references = ReferenceIndex.get_grouped_references_to(page)
        names = [describe(thing) for thing, _references in references]
    return Effects(
        going=[each for each in translations if each.pk in going],
        staying=[each for each in translations if each.pk not in going],
        below=page.get_descendant_count() if isinstance(page, Page) else 0,
        references=names[:MOST],
        further_references=len(names[MOST:]),
    )


def cascaded(page: Page, action: str, user: User) -> set[int]:
    """Return the primary keys of the translations that Wagtail's own views take along for a user.

    The hooks are told of the user as in those views, which a template is rendered after.
    """
    found = set()
    with LogContext(user=user):
        for cascade in hooks.get_hooks("construct_translated_pages_to_cascade_actions"):
            for pages in (cascade([page], action) or {}).values():
                found |= {each.pk for each in pages}
    return found


def describe(thing: Model) -> str:
    """Return the name of something that refers to a page."""
    if isinstance(thing, Page):
        return f"{thing.get_admin_display_title()} ({thing.locale.get_display_name()})"
    return str(thing)
