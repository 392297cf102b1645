"""The editor's menu: withdrawing instead of cancelling, asking instead of acting."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.models import WorkflowState

from .models import may_withdraw

CANCELLING = ("action-cancel-workflow", "action-restart-workflow")


class SubmitMenuItem(SubmitForModerationMenuItem):
    """Wagtail's own, in the language of whoever reads it: a workflow's name has only one."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        state = parent_context["page"].current_workflow_state if parent_context.get("page") else None
        context["label"] = _("Submit again") if state else _("Submit for review")
        return context


class WithdrawMenuItem(ActionMenuItem):
    name = "action-withdraw"
    icon_name = "rotate"

    def is_shown(self, context):
        state = context["page"].current_workflow_state if context["view"] == "edit" else None
        return bool(state and may_withdraw(context["request"].user, state))

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        is_waiting = parent_context["page"].current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
        context["label"] = _("Withdraw …") if is_waiting else _("Give up the submission …")
        return context

    def get_url(self, context):
        return reverse("moderation_withdraw", args=[context["page"].pk])


class AskMenuItem(ActionMenuItem):
    label = _("Ask the moderators …")
    name = "action-ask"
    icon_name = "help"

    def is_shown(self, context):
        if context["view"] != "edit" or context["locked_for_user"]:
            return False
        page = context["page"]
        tester = self.get_user_page_permissions_tester(context)
        return page.live and not tester.can_unpublish() and page.current_workflow_state is None

    def get_url(self, context):
        return reverse("moderation_request", args=[context["page"].pk])


def construct(menu_items, request, context):
    kept = [item for item in menu_items if item.name not in CANCELLING]
    kept = [SubmitMenuItem(order=item.order) if item.name == "action-submit" else item for item in kept]
    ours = [item for item in (WithdrawMenuItem(order=40), AskMenuItem(order=90)) if item.is_shown(context)]
    menu_items[:] = sorted([*kept, *ours], key=lambda item: item.order)
