from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import TaskState

from ecca_site.core.permissions import known_pages

from . import action_menu, audit, panels, permission_log, queue, review, steps, submitters
from .models import display_name, is_moderator


class ModerationMenuItem(MenuItem):
    def is_shown(self, request):
        return is_moderator(request.user)


@hooks.register("register_admin_urls")
def register_addresses():
    return [
        path("moderation/", queue.QueueView.as_view(), name="moderation_queue"),
        path("moderation/results/", queue.QueueView.as_view(results_only=True), name="moderation_queue_results"),
        path("moderation/audit/", audit.AuditView.as_view(), name="moderation_audit"),
        path("moderation/audit/results/", audit.AuditView.as_view(results_only=True), name="moderation_audit_results"),
        path("moderation/<int:pk>/", review.ReviewView.as_view(), name="moderation_review"),
        path("moderation/<int:pk>/claim/", queue.claim, name="moderation_claim"),
        path("moderation/<int:pk>/guests/", review.add_guest_link, name="moderation_guest_add"),
        path(
            "moderation/<int:pk>/guests/<int:link_id>/revoke/",
            review.revoke_guest_link,
            name="moderation_guest_revoke",
        ),
        path("moderation/<int:pk>/<slug:which>/", review.version, name="moderation_version"),
        path("moderation/pages/<int:page_id>/withdraw/", submitters.withdraw_view, name="moderation_withdraw"),
        path("moderation/pages/<int:page_id>/request/", submitters.request_view, name="moderation_request"),
    ]


@hooks.register("register_admin_menu_item")
def queue_menu_item():
    return ModerationMenuItem(
        _("Moderation"), reverse("moderation_queue"), name="moderation", icon_name="clipboard-list", order=90
    )


@hooks.register("register_reports_menu_item")
def audit_menu_item():
    return ModerationMenuItem(_("Audit"), reverse("moderation_audit"), name="audit", icon_name="history", order=50)


@hooks.register("construct_homepage_panels")
def show_what_is_to_do(request, home_panels):
    home_panels[:] = [*(panel(request) for panel in panels.PANELS), *(
        panel for panel in home_panels if getattr(panel, "name", "") not in ("workflow_objects_to_moderate",
        "user_objects_in_workflow_moderation", "recent_edits", "locked_pages")
    )]  # fmt: skip


# --- Pages in the editor and in choosers ----------------------------------------------------------------------
hooks.register("construct_page_action_menu", action_menu.construct)


@hooks.register("before_edit_page")
def refuse_cancelling(request, page):
    """Cancelling would forget since when a version waits, and Wagtail lets a page's owner do it to others."""
    if request.POST.keys() & set(action_menu.CANCELLING):
        return redirect("moderation_withdraw", page.pk)
    return None


@hooks.register("before_edit_page")
def show_what_is_asked_for(request, page):
    """Show in the editor why a version was sent back."""
    state = page.current_workflow_state if request.method == "GET" else None
    task_state = state.current_task_state if state else None
    if task_state and task_state.status == TaskState.STATUS_REJECTED:
        name = display_name(task_state.finished_by) if task_state.finished_by else _("Somebody")
        text = _("%(name)s asks for changes: %(comment)s") % {"name": name, "comment": task_state.comment}
        messages.warning(request, text)


@hooks.register("construct_page_chooser_queryset")
def hide_drafts_of_others(pages, request):
    """Offer what is public as it is public, and what the user may see in the tree anyway."""
    return pages if request.user.is_superuser else pages.filter(known_pages(request.user))


@hooks.register("register_group_permission_panel", order=1000)  # the last: it sees what the others have saved
def log_permissions_of_groups():
    return permission_log.PermissionLogPanel


@hooks.register("insert_global_admin_css")
def style_reviews():
    return format_html('<link rel="stylesheet" href="{}">', static("css/moderation.css"))


hooks.register("register_log_actions", steps.register, order=100)  # after Wagtail's own, some of which it replaces
