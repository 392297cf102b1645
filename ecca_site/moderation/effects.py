"""What goes with a page when it goes, or loses its link: said before anybody takes it offline, deletes or moves it."""

from dataclasses import dataclass

from wagtail import hooks
from wagtail.models import Page, ReferenceIndex

MOST = 20  # references that are named; more are counted


@dataclass(frozen=True)
class Effects:
    """Translations that go along and those that stay, how much stands below, and what refers to the page."""

    going: list[Page]
    staying: list[Page]
    below: int
    references: list[str]
    further_references: int

    def __bool__(self):
        return bool(self.going or self.staying or self.below or self.references)


def effects_of(page, action, *, with_translations=None):
    """Return the effects of "unpublish", "delete" or "move".

    ``with_translations`` says whether the translations go along; None asks those who cascade actions of the CMS.
    """
    translations = list(page.get_translations().select_related("locale").order_by("locale__language_code"))
    if with_translations is None:
        going = cascaded(page, action)
    else:
        going = {each.pk for each in translations} if with_translations else set()
    users = ReferenceIndex.get_grouped_references_to(page) if action != "move" else []
    names = [describe(user) for user, _references in users]
    return Effects(
        going=[each for each in translations if each.pk in going],
        staying=[each for each in translations if each.pk not in going],
        below=page.get_descendant_count(),
        references=names[:MOST],
        further_references=len(names[MOST:]),
    )


def cascaded(page, action):
    """Return the primary keys of the translations that Wagtail's own views take along."""
    found = set()
    for cascade in hooks.get_hooks("construct_translated_pages_to_cascade_actions"):
        for pages in (cascade([page], action) or {}).values():
            found |= {each.pk for each in pages}
    return found


def describe(user):
    if isinstance(user, Page):
        return f"{user.get_admin_display_title()} ({user.locale.get_display_name()})"
    return str(user)
