from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail_localize.views.edit_translation import edit_translation

from . import cascade, language_views, release_views, releases, request_views, views
from .closed import is_guided
from .coverage import may_look
from .coverage_views import CoverageView
from .notes import keep, note_from
from .panels import ToTranslate
from .requests import locales_for
from .staleness import is_source_language
from .submission import translation_of, why_locked

# What localize adds to the page editor's menu and what would go round the reviews.
ROUNDABOUT = {"localize-convert-to-alias", "localize-restart-translation"}


@hooks.register("register_admin_urls", order=-10)  # before localize, two of whose addresses lead to ours
def register_addresses():
    return [
        path("localize/submit/page/<int:page_id>/", request_views.request_view, name="translation_request"),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            request_views.instead_of_snippet,
            name="translation_sync",
        ),
        path("localize/update/<int:translation_source_id>/", request_views.instead_of_sync, name="translation_sync"),
        path("translations/pages/<int:page_id>/", request_views.request_view, name="translation_request"),
        path("translations/pages/<int:page_id>/together/", release_views.release_view, name="translation_together"),
        path("translations/request/", request_views.request_many_view, name="translation_request_many"),
        path("translations/", CoverageView.as_view(), name="translation_coverage"),
        path("translations/results/", CoverageView.as_view(results_only=True), name="translation_coverage_results"),
        path("translations/languages/", language_views.languages_view, name="translation_languages"),
        path(
            "translations/languages/<str:language_code>/",
            language_views.set_up_view,
            name="translation_language_set_up",
        ),
        path("translations/<int:translation_id>/submit/", views.submit_view, name="translation_submit"),
        path("translations/<int:translation_id>/texts/<int:segment_id>/", views.text_view, name="translation_text"),
        path("translations/pages/<int:page_id>/confirm/", views.confirm_view, name="translation_confirm"),
    ]


@hooks.register("before_edit_page", order=-10)
def edit_translated_page(request, page):
    """Show localize's editor, locked while a version waits; its own way of publishing is closed."""
    if request.method == "POST" and ROUNDABOUT & request.POST.keys():
        raise PermissionDenied
    translation = translation_of(page) if page.alias_of_id is None else None
    if translation is None:
        page.change_note = note_from(request.POST)  # goes to the version that is saved now (see ``signals``)
        return None
    if request.method not in ("GET", "HEAD"):
        raise PermissionDenied
    page.locked = bool(why_locked(page, request.user))  # for the editor alone: nothing is saved
    return edit_translation(request, translation, page)


@hooks.register("after_edit_page")
def keep_change_note(request, page):
    """A version that was saved over another one keeps what was said last."""
    if note := note_from(request.POST):
        keep(note, page.latest_revision_id)


@hooks.register("construct_page_action_menu")
def hide_ways_round(menu_items, request, context):
    menu_items[:] = [item for item in menu_items if item.name not in ROUNDABOUT]


@hooks.register("hold_approved_version")
def wait_for_others(workflow_state, user):
    return releases.hold(workflow_state, user)


# --- No way round --------------------------------------------------------------------------------------------
@hooks.register("leave_publishing_to_workflow")
def guided_translations(page):
    return not is_source_language(page) and is_guided(page)


@hooks.register("before_bulk_action")
def refuse_bulk_publishing(request, action_type, objects, action):
    """Wagtail asks the pages here as mere pages, which know nothing of the rule above."""
    pages = [page for page in objects if isinstance(page, Page)] if action_type == "publish" else []
    if not any(guided_translations(page) for page in pages):
        return None
    messages.error(request, _("Translations go live by their review."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


@hooks.register("before_delete_page")
def keep_live_translations(request, page):
    """Who may not take pages offline takes none along by deleting the draft of their original."""
    tester = page.permissions_for_user(request.user)
    may_withdraw = request.user.is_superuser or "publish" in tester.permissions
    if not may_withdraw and is_source_language(page) and page.get_translations().filter(live=True).exists():
        raise PermissionDenied


@hooks.register("before_copy_page")
def refuse_copies_in_other_languages(request, page):
    """An alias shows one language's words in another's tree, and so does a live copy."""
    if request.method != "POST":
        return None
    number = request.POST.get("new_parent_page", "")
    parent = Page.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    is_elsewhere = parent is not None and parent.depth > 1 and parent.locale_id != page.locale_id
    if not (request.POST.get("alias") or (request.POST.get("publish_copies") and is_elsewhere)):
        return None
    messages.error(request, _("Ask for a translation instead: no page shows another language's words as its own."))
    return redirect("wagtailadmin_pages:copy", page.pk)


# --- What is withdrawn is withdrawn everywhere ----------------------------------------------------------------
hooks.register("construct_translated_pages_to_cascade_actions", cascade.translations_to_follow)
hooks.register("before_move_page", cascade.remember_move)
hooks.register("after_move_page", cascade.say_what_stayed)
hooks.register("before_bulk_action", cascade.find_followers)
hooks.register("after_bulk_action", cascade.lead_followers)


# --- The board -----------------------------------------------------------------------------------------------
class BoardMenuItem(MenuItem):
    def is_shown(self, request):
        return may_look(request.user)


@hooks.register("register_admin_menu_item")
def board_menu_item():
    return BoardMenuItem(
        gettext_lazy("Translations"),
        reverse("translation_coverage"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=95,
    )


class LanguagesMenuItem(MenuItem):
    def is_shown(self, request):
        return language_views.may_set_up(request.user)


@hooks.register("register_settings_menu_item")
def languages_menu_item():
    return LanguagesMenuItem(
        gettext_lazy("Languages"), reverse("translation_languages"), name="languages", icon_name="globe", order=590
    )


@hooks.register("construct_homepage_panels", order=10)  # after those of moderation
def show_what_is_to_translate(request, home_panels):
    home_panels.append(ToTranslate(request))


@hooks.register("construct_reports_menu")
def hide_report_of_localize(request, menu_items):
    """It calls a translation up to date whatever happened to its source, and knows nothing of what nobody asked for."""
    menu_items[:] = [item for item in menu_items if item.url != reverse("wagtail_localize:translations_report")]


# --- Buttons -------------------------------------------------------------------------------------------------
@hooks.register("register_page_header_buttons")  # not on the rows of lists: it asks the database
def translations_button(page, user, view_name=None, next_url=None):
    # Whoever holds localize's own permission has its buttons, which lead here as well.
    if page.is_root() or user.has_perm("wagtail_localize.submit_translation") or not is_source_language(page):
        return
    if locales_for(user, page):
        address = reverse("translation_request", args=[page.pk])
        yield Button(_("Translations"), address, icon_name="wagtail-localize-language", priority=60)


@hooks.register("register_page_header_buttons")
def together_button(page, user, view_name=None, next_url=None):
    if view_name == "edit" and not page.is_root() and is_source_language(page):
        address = reverse("translation_together", args=[page.pk])
        yield Button(_("Publish together"), address, icon_name="wagtail-localize-language", priority=61)


# --- The log -------------------------------------------------------------------------------------------------
class Step(LogFormatter):
    def format_comment(self, log_entry):
        return log_entry.data.get("comment", "")


@hooks.register("register_log_actions")
def register_steps(actions):
    for name, label, message in (
        ("confirm", gettext_lazy("No change needed"), gettext_lazy("The translation was confirmed as it is")),
        ("bind", gettext_lazy("Publish together"), gettext_lazy("Bound to go live together with languages")),
        ("unbind", gettext_lazy("Let go of languages"), gettext_lazy("Not bound to languages any more")),
        ("request", gettext_lazy("Ask for translation"), gettext_lazy("Asked for as a translation")),
        ("share", gettext_lazy("Take over facts"), gettext_lazy("Facts of the original taken over")),
    ):
        formatter = type("Step", (Step,), {"label": label, "message": message})
        actions.register_action(f"translation.{name}")(formatter)
