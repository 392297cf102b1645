"""The translations of a page that is taken offline, deleted or moved.

Wagtail asks about and does the same to those that the hook here names. Those that it does not reach
are marked as orphaned by the signals of ``signals``, and stand so on the coverage board. So are
those of a page whose time is over, unless somebody has chosen that they go along (``expiry``).
"""

from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from ecca_site.delivery.memory import hand_on, handed_on
from ecca_site.i18n.originals import are_originals, is_original
from ecca_site.moderation.effects import NAMED
from ecca_site.moderation.models import Act, may
from ecca_site.users.models import User

# The primary keys of the translations that the form has named, among which whoever acts has chosen.
NAMED_KEYS = "the translations that the form has named"
FOLLOWERS = "the translations that go along with a bulk action"


class Move(NamedTuple):
    """Who moves a page, and below which one."""

    user: User
    destination: Page


def translations_to_follow(
    pages: Iterable[Page], action: str, move: Move | None = None
) -> dict[Page, list[Page]]:
    """Return for each original its translations to which Wagtail does the same.

    A translation leads nobody, and none follows that whoever acts may not do the same to: Wagtail
    asks for the original alone. Nor does one that is there only since the form has named them.
    ``action`` is "unpublish", "delete" or "move".
    """
    user = get_active_log_context().user
    named = cast("set[str] | None", handed_on(NAMED_KEYS))
    found = {}
    for page in pages:
        if is_original(page):
            followers = _followers(page, action, move or _move_of(page))
            found[page] = [
                other
                for other in followers
                if may(user, Act(action), [other]) and (named is None or str(other.pk) in named)
            ]
    return found


def remember_named(request: HttpRequest) -> None:
    """Hand on which translations the form has named, which Wagtail does not tell the hook above."""
    sent = [*request.GET.getlist(NAMED), *request.POST.getlist(NAMED)]
    if sent:
        hand_on(NAMED_KEYS, set(sent))


def _followers(page: Page, action: str, move: Move | None) -> list[Page]:
    translations = page.get_translations().select_related("locale")
    if action == "unpublish":
        return list(translations.filter(live=True, alias_of=None).specific())
    parents = set(page.get_parent().get_translations().values_list("path", flat=True))
    beside = [other for other in translations.specific() if _path_of_parent(other) in parents]
    if action == "move":
        return [other for other in beside if _may_follow(other, move)]
    return beside


def _path_of_parent(page: Page) -> str:
    return page.path[: -Page.steplen]


def shown_elsewhere(user: User, pages: Iterable[Page]) -> Page | None:
    """Return the first page that a user may not delete because of its translations, if any.

    It, or a page below it, is an original, and visitors see a translation of it.
    """
    for page in pages:
        tester = page.permissions_for_user(user)
        if user.is_superuser or "publish" in tester.permissions:
            continue
        gone = page.get_descendants(inclusive=True)
        keys = gone.filter(are_originals()).values("translation_key")
        shown = Page.objects.live().filter(translation_key__in=keys)
        if shown.not_descendant_of(page, inclusive=True).exists():
            return page
    return None


def remember_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Hand on who moves a page and whereto, which Wagtail does not tell the hook above.

    This one runs before it.
    """
    hand_on((Move, page.pk), Move(request.user, destination))


def _move_of(page: Page) -> Move | None:
    return cast("Move | None", handed_on((Move, page.pk)))


def _may_follow(other: Page, move: Move | None) -> bool:
    """Return whether whoever moves a page may move its translation below the same parent."""
    if move is None:
        return False
    parent = move.destination.get_translation_or_none(other.locale)
    if parent is None:
        return False
    return other.permissions_for_user(move.user).can_move_to(parent.specific)


def say_what_stayed(request: HttpRequest, page: Page) -> None:
    """Name the languages in which a moved page stands where it stood.

    Its new parent does not exist there.
    """
    if not is_original(page):
        return
    parent = Page.objects.get(pk=page.pk).get_parent()
    paths = set(parent.get_translations(inclusive=True).values_list("path", flat=True))
    stayed = []
    for other in page.get_translations().filter(alias_of=None).select_related("locale"):
        if _path_of_parent(other) not in paths:
            stayed.append(str(other.locale.get_display_name()))
    if stayed:
        text = _(
            "“%(title)s” stays where it is in these languages, which "
            "lack its new place: %(languages)s."
        )
        names = {"title": page.get_admin_display_title(), "languages": ", ".join(stayed)}
        messages.warning(request, text % names)


def find_followers(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: Any
) -> None:
    """Find what goes along before several pages are taken offline, deleted or moved.

    The form has named it. ``action`` is Wagtail's view of the bulk action.
    """
    if action_type not in ("unpublish", "delete", "move"):
        return
    pages = [page for page in objects if isinstance(page, Page)]
    move = None
    if action_type == "move":
        move = Move(request.user, action.cleaned_form.cleaned_data["chooser"])
    hand_on(FOLLOWERS, translations_to_follow(pages, action_type, move))


def lead_followers(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: Any
) -> None:
    """Do to the translations what was done to the originals.

    Wagtail does so where one page is chosen.
    """
    followers = cast("dict[Page, list[Page]]", handed_on(FOLLOWERS) or {})
    for translations in followers.values():
        for other in translations:
            if action_type == "unpublish":
                other.unpublish(user=request.user)
                continue
            # Its place in the tree may be another by now.
            current = Page.objects.get(pk=other.pk).specific
            if action_type == "delete":
                current.delete(user=request.user)
            else:
                destination = action.cleaned_form.cleaned_data["chooser"]
                parent = destination.get_translation_or_none(other.locale)
                current.move(parent, pos="last-child", user=request.user)
