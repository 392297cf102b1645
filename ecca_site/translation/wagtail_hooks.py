from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets.button import Button
from wagtail.models import (
    Page,
    TranslatableMixin,
    WorkflowMixin,
    WorkflowState,
)

from ecca_site.i18n.originals import is_original
from ecca_site.users.models import User

from .coverage.panels import ToTranslate
from .coverage.viewer import may_look
from .languages.views import may_set_up
from .localize.closed import is_guided
from .localize.editor import edit_translation
from .releases import release
from .staleness.notes import hand_on_note, keep, note_from
from .steps import register_steps
from .submission import alarms, cascade, expiry
from .submission.authors import authors_of_texts
from .submission.requests import locales_for
from .submission.submit import translation_of, why_locked
from .urls import urlpatterns

# Buttons that wagtail-localize adds to the page editor's menu and that would go round the reviews.
ROUNDABOUT = {"localize-convert-to-alias", "localize-restart-translation"}
READING = ("GET", "HEAD")


# Before wagtail-localize, two of whose addresses lead to this site's.
@hooks.register("register_admin_urls", order=-10)
def register_addresses() -> list[URLPattern]:
    return urlpatterns


@hooks.register("before_edit_page", order=-12)
def refuse_ways_round(request: HttpRequest, page: Page) -> None:
    """Refuse the buttons of wagtail-localize that would go round the reviews."""
    if request.method == "POST" and ROUNDABOUT & request.POST.keys():
        raise PermissionDenied


@hooks.register("before_edit_page", order=-11)
def hand_on_change_note(request: HttpRequest, page: Page) -> None:
    """Hand the note of the form on to the version that is saved now (see ``signals``)."""
    hand_on_note(page, note_from(request.POST))


@hooks.register("before_edit_page", order=-10)
def edit_translated_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Show wagtail-localize's editor, locked while a version waits."""
    translation = translation_of(page) if page.alias_of_id is None else None
    if translation is None:
        return None
    if request.method not in READING:
        raise PermissionDenied
    # wagtail-localize's editor asks the page itself whether it is locked; nothing is saved.
    page.locked = bool(why_locked(page, request.user))
    return edit_translation(request, translation, page)


@hooks.register("before_edit_snippet", order=-10)
def edit_translated_snippet(request: HttpRequest, instance: Model) -> HttpResponse | None:
    """Show it for a translated snippet that goes live by its review."""
    if not isinstance(instance, WorkflowMixin) or not isinstance(instance, TranslatableMixin):
        return None
    if request.method == "POST" and ROUNDABOUT & request.POST.keys():
        raise PermissionDenied
    translation = translation_of(instance)
    if translation is None:
        return None
    if request.method not in READING:
        raise PermissionDenied
    return edit_translation(request, translation, instance)


@hooks.register("after_edit_page")
def keep_change_note(request: HttpRequest, page: Page) -> None:
    """Keep the latest note with a version that was saved over another one."""
    note = note_from(request.POST)
    if note is not None:
        keep(note, page.latest_revision_id)


@hooks.register("construct_page_action_menu")
def hide_ways_round(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in ROUNDABOUT]


@hooks.register("hold_approved_version")
def wait_for_others(workflow_state: WorkflowState, user: User) -> bool:
    return release.hold(workflow_state, user)


hooks.register("authors_of_version", authors_of_texts)


# --- No way round --------------------------------------------------------------------------------
@hooks.register("leave_publishing_to_workflow")
def goes_live_by_review(page: Page) -> bool:
    """Return whether a page is a translation that wagtail-localize guides."""
    return not is_original(page) and is_guided(page)


@hooks.register("before_bulk_action")
def refuse_bulk_publishing(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: object
) -> HttpResponse | None:
    """Refuse to publish translations in bulk.

    Wagtail asks the pages here as mere pages, which know nothing of the rule above.
    """
    if action_type != "publish":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    if not any(goes_live_by_review(page) for page in pages):
        return None
    messages.error(request, _("Translations go live by their review."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


@hooks.register("before_delete_page")
def keep_live_translations(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete the draft of an original with live translations, which would go along.

    Only those who may take pages offline may do so.
    """
    return _refuse_to_delete(request, [page])


@hooks.register("before_bulk_action")
def keep_live_translations_of_many(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: object
) -> HttpResponse | None:
    if action_type != "delete":
        return None
    return _refuse_to_delete(request, [page for page in objects if isinstance(page, Page)])


def _refuse_to_delete(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    kept = cascade.shown_elsewhere(request.user, pages)
    if kept is None:
        return None
    text = _(
        "Nothing was deleted: visitors see translations of “%(title)s”. "
        "Whoever may take it offline may delete it."
    )
    messages.error(request, text % {"title": kept.get_admin_display_title()})
    return redirect(get_valid_next_url_from_request(request) or _list_of(kept))


def _list_of(page: Page) -> str:
    """Return the address of the list that a page stands in."""
    return reverse("wagtailadmin_explore", args=[page.get_parent().pk])


@hooks.register("before_copy_page")
def refuse_copies_in_other_languages(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse an alias, and a live copy in the tree of another language.

    Either shows one language's words in another's tree.
    """
    if request.method != "POST":
        return None
    is_alias = bool(request.POST.get("alias"))
    is_live_copy = bool(request.POST.get("publish_copies"))
    if not is_alias and not (is_live_copy and _is_copied_elsewhere(request, page)):
        return None
    messages.error(
        request,
        _("Ask for a translation instead: no page shows another language's words as its own."),
    )
    return redirect("wagtailadmin_pages:copy", page.pk)


def _is_copied_elsewhere(request: HttpRequest, page: Page) -> bool:
    """Return whether the new parent of a copy is a page in another language."""
    number = request.POST.get("new_parent_page", "")
    if not number.isdecimal():
        return False
    parent = Page.objects.filter(pk=int(number)).first()
    return parent is not None and parent.depth > 1 and parent.locale_id != page.locale_id


# --- What is withdrawn is withdrawn everywhere ---------------------------------------------------
hooks.register("construct_translated_pages_to_cascade_actions", cascade.translations_to_follow)
hooks.register("before_move_page", cascade.remember_move)
hooks.register("after_move_page", cascade.say_what_stayed)
hooks.register("before_bulk_action", cascade.find_followers)
hooks.register("after_bulk_action", cascade.lead_followers)
hooks.register("after_edit_page", expiry.keep_answer)
hooks.register("moderation_review_panels", expiry.review_panel)
hooks.register("moderation_review_panels", alarms.review_panel)


# --- The board -----------------------------------------------------------------------------------
class BoardMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


@hooks.register("register_admin_menu_item")
def board_menu_item() -> MenuItem:
    return BoardMenuItem(
        gettext_lazy("Translations"),
        reverse("translation_coverage"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=95,
    )


class LanguagesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_set_up(request.user)


@hooks.register("register_settings_menu_item")
def languages_menu_item() -> MenuItem:
    return LanguagesMenuItem(
        gettext_lazy("Languages"),
        reverse("translation_languages"),
        name="languages",
        icon_name="globe",
        order=590,
    )


# After the panels of moderation.
@hooks.register("construct_homepage_panels", order=10)
def show_what_is_to_translate(request: HttpRequest, home_panels: list[Any]) -> None:
    home_panels.append(ToTranslate(request))


@hooks.register("construct_reports_menu")
def hide_report_of_localize(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Hide wagtail-localize's report of translations, which is wrong here.

    It calls a translation up to date whatever happened to its source, and leaves out translations
    that nobody asked for.
    """
    address = reverse("wagtail_localize:translations_report")
    menu_items[:] = [item for item in menu_items if item.url != address]


# --- Buttons -------------------------------------------------------------------------------------
# Not on the rows of lists, since it asks the database.
@hooks.register("register_page_header_buttons")
def translations_button(
    page: Page, user: User, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from an original to its translations."""
    # Whoever holds wagtail-localize's own permission has its buttons, which lead here as well.
    if user.has_perm("wagtail_localize.submit_translation"):
        return
    if locales_for(user, page):
        address = reverse("translation_request", args=[page.pk])
        yield Button(_("Translations"), address, icon_name="wagtail-localize-language", priority=60)


@hooks.register("register_page_header_buttons")
def together_button(
    page: Page, user: User, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from an original to the languages that go live together with it."""
    if view_name == "edit" and not page.is_root() and is_original(page):
        address = reverse("translation_together", args=[page.pk])
        yield Button(
            _("Publish together"), address, icon_name="wagtail-localize-language", priority=61
        )


hooks.register("register_log_actions", register_steps)
