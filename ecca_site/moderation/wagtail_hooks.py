from collections.abc import Iterable

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page, TaskState, WorkflowMixin
from wagtail.query import PageQuerySet

from ecca_site.core.permissions import known_pages, sees_every_page
from ecca_site.core.wholeness import why_unfinished

from . import action_menu, audit, panels, permission_log, queue, review, revoking, steps, submitters
from .models import display_name, is_moderator
from .reviewed import edit_path, title_of
from .shown import why_not_shown

REPLACED_PANELS = (
    "workflow_objects_to_moderate",
    "user_objects_in_workflow_moderation",
    "recent_edits",
    "locked_pages",
)


class ModerationMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_moderator(request.user)


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    return [
        path("moderation/", queue.QueueView.as_view(), name="moderation_queue"),
        path(
            "moderation/results/",
            queue.QueueView.as_view(results_only=True),
            name="moderation_queue_results",
        ),
        path("moderation/audit/", audit.AuditView.as_view(), name="moderation_audit"),
        path(
            "moderation/audit/results/",
            audit.AuditView.as_view(results_only=True),
            name="moderation_audit_results",
        ),
        path("moderation/<int:pk>/", review.ReviewView.as_view(), name="moderation_review"),
        path("moderation/<int:pk>/claim/", queue.claim, name="moderation_claim"),
        path("moderation/<int:pk>/revoke/", revoking.revoke_view, name="moderation_revoke"),
        path("moderation/<int:pk>/guests/", review.add_guest_link, name="moderation_guest_add"),
        path(
            "moderation/<int:pk>/guests/<int:link_id>/revoke/",
            review.revoke_guest_link,
            name="moderation_guest_revoke",
        ),
        path("moderation/<int:pk>/<slug:which>/", review.version, name="moderation_version"),
        path(
            "moderation/pages/<int:page_id>/withdraw/",
            submitters.withdraw_view,
            name="moderation_withdraw",
        ),
        path(
            "moderation/snippets/<slug:app_label>/<slug:model_name>/<page_number:number>/withdraw/",
            submitters.withdraw_snippet_view,
            name="moderation_withdraw_snippet",
        ),
        path(
            "moderation/pages/<int:page_id>/request/",
            submitters.request_view,
            name="moderation_request",
        ),
        path(
            "moderation/snippets/<slug:app_label>/<slug:model_name>/<page_number:number>/request/",
            submitters.request_snippet_view,
            name="moderation_request_snippet",
        ),
    ]


@hooks.register("register_admin_menu_item")
def queue_menu_item() -> MenuItem:
    return ModerationMenuItem(
        _("Moderation"),
        reverse("moderation_queue"),
        name="moderation",
        icon_name="clipboard-list",
        order=90,
    )


@hooks.register("register_reports_menu_item")
def audit_menu_item() -> MenuItem:
    return ModerationMenuItem(
        _("Audit"), reverse("moderation_audit"), name="audit", icon_name="history", order=50
    )


@hooks.register("construct_homepage_panels")
def show_what_is_to_do(request: HttpRequest, home_panels: list[Component]) -> None:
    """Put the panels of moderation in the place of those of Wagtail."""
    ours = [make(request) for make in panels.PANELS]
    others = [panel for panel in home_panels if getattr(panel, "name", "") not in REPLACED_PANELS]
    home_panels[:] = [*ours, *others]


# --- In the editor and in choosers ---------------------------------------------------------------
hooks.register("construct_page_action_menu", action_menu.construct)
hooks.register("construct_snippet_action_menu", action_menu.construct_for_snippet)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def refuse_cancelling(request: HttpRequest, instance: Model) -> HttpResponse | None:
    """Lead to withdrawing instead of cancelling.

    Cancelling would forget since when a version waits, and Wagtail lets a page's owner do it to
    others.
    """
    if request.POST.keys() & set(action_menu.CANCELLING):
        return redirect(action_menu.withdraw_path(instance))
    return None


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def show_what_is_asked_for(request: HttpRequest, instance: Model) -> None:
    """Show in the editor why a version was sent back."""
    if request.method != "GET" or not isinstance(instance, WorkflowMixin):
        return
    review = instance.current_workflow_state
    task_state = review.current_task_state if review is not None else None
    if task_state is not None and task_state.status == TaskState.STATUS_REJECTED:
        name = display_name(task_state.finished_by) if task_state.finished_by else _("Somebody")
        text = _("%(name)s asks for changes: %(comment)s") % {
            "name": name,
            "comment": task_state.comment,
        }
        messages.warning(request, text)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def show_what_has_ended(request: HttpRequest, instance: Model) -> None:
    """Show in the editor why what was approved or asked for does not happen any more."""
    if request.method != "GET" or not isinstance(instance, WorkflowMixin):
        return
    if reason := steps.why_ended(instance):
        text = _("What waited for a decision or a date has ended. %(reason)s")
        messages.warning(request, text % {"reason": reason})


@hooks.register("before_publish_page")
@hooks.register("before_publish")
def refuse_what_is_not_shown(request: HttpRequest, instance: Model) -> HttpResponse | None:
    """Keep as a draft what an administrator would publish and visitors could not be shown."""
    if not isinstance(instance, WorkflowMixin):
        return None
    if reason := why_not_shown(instance):
        messages.error(
            request, _("Saved as a draft, not published. %(reason)s") % {"reason": reason}
        )
        return redirect(edit_path(instance))
    return None


@hooks.register("before_unpublish")
def keep_what_is_under_review(request: HttpRequest, instance: Model) -> HttpResponse | None:
    """Leave a snippet online while a version of it waits for a decision."""
    return _refuse_under_review(request, [instance])


@hooks.register("before_delete_snippet")
def keep_all_that_are_under_review(
    request: HttpRequest, instances: Iterable[Model]
) -> HttpResponse | None:
    """Delete no snippet of which a version waits for a decision."""
    return _refuse_under_review(request, instances)


def _refuse_under_review(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    for instance in instances:
        if isinstance(instance, WorkflowMixin) and instance.workflow_in_progress:
            text = _("A version of “%(title)s” waits for a decision: decide on it first.")
            messages.error(request, text % {"title": title_of(instance)})
            return redirect(edit_path(instance))
    return None


@hooks.register("before_bulk_action", order=-1)
def say_that_nothing_is_left(
    request: HttpRequest,
    action_type: str,
    objects: Iterable[Model],
    action_class_instance: BulkAction,
) -> HttpResponse | None:
    """Do nothing to things that are all gone, of which Wagtail would say "0 pages"."""
    if list(objects):
        return None
    messages.error(
        request, _("Nothing was changed: what you chose is gone by now, or not yours to change.")
    )
    return redirect(action_class_instance.next_url)


@hooks.register("before_bulk_action")
def refuse_many_that_cannot_go_live(
    request: HttpRequest,
    action_type: str,
    objects: Iterable[Model],
    action_class_instance: BulkAction,
) -> HttpResponse | None:
    """Publish none of several pages if one of them is not finished or could not be shown.

    Drafts may lack anything; only the editor's form asks for the rest before it publishes.
    """
    if action_type != "publish" or request.method != "POST":
        return None
    pages = list(objects)
    if request.POST.get("include_descendants"):
        for page in objects:
            pages += page.get_descendants().not_live()
    reasons = (why_not_published(page) for page in pages)
    refusals = [words for words in reasons if words]
    for words in refusals:
        messages.error(request, words)
    return redirect(action_class_instance.next_url) if refusals else None


def why_not_published(page: Page) -> str:
    """Return why the latest version of a page cannot go live, "" where it can."""
    version = page.get_latest_revision_as_object()
    if words := why_unfinished(version):
        return words
    if reason := why_not_shown(version):
        text = _("Nothing was published. “%(title)s”: %(reason)s")
        return text % {"title": version.title, "reason": reason}
    return ""


@hooks.register("construct_page_chooser_queryset")
def hide_drafts_of_others(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Offer what is public as it is public, and what the user may see in the tree anyway."""
    if sees_every_page(request.user):
        return pages
    return pages.filter(known_pages(request.user))


# It comes last, so that it sees what the others have saved.
@hooks.register("register_group_permission_panel", order=1000)
def log_permissions_of_groups() -> type[permission_log.PermissionLogPanel]:
    return permission_log.PermissionLogPanel


@hooks.register("insert_global_admin_css")
def style_reviews() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/moderation.css"))


# It comes after Wagtail's own, some of which it replaces.
hooks.register("register_log_actions", steps.register, order=100)
