"""The editor's menu: withdrawing instead of cancelling, asking instead of acting."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.models import WorkflowState

from .models import may_withdraw

CANCELLING = ("action-cancel-workflow", "action-restart-workflow")

MenuContext = dict[str, Any]  # page, view, request and what else the editor tells its menu


class SubmitMenuItem(SubmitForModerationMenuItem):
    """Wagtail's own, in the language of whoever reads it: a workflow's name has only one."""

    def get_context_data(self, parent_context: MenuContext) -> MenuContext:
        context = super().get_context_data(parent_context)
        page = parent_context.get("page")
        is_submitted = page is not None and page.current_workflow_state is not None
        context["label"] = _("Submit again") if is_submitted else _("Submit for review")
        return context


class WithdrawMenuItem(ActionMenuItem):
    """Leads to the question whether to withdraw the review that the page was shown with."""

    name = "action-withdraw"
    icon_name = "rotate"

    def __init__(self, review: WorkflowState | None, order: int) -> None:
        super().__init__(order)
        self.review = review

    def is_shown(self, context: MenuContext) -> bool:
        if context["view"] != "edit" or self.review is None:
            return False
        return may_withdraw(context["request"].user, self.review)

    def get_context_data(self, parent_context: MenuContext) -> MenuContext:
        context = super().get_context_data(parent_context)
        status = self.review.status if self.review is not None else ""
        is_waiting = status == WorkflowState.STATUS_IN_PROGRESS
        context["label"] = _("Withdraw …") if is_waiting else _("Give up the submission …")
        return context

    def get_url(self, context: MenuContext) -> str:
        return reverse("moderation_withdraw", args=[context["page"].pk])


class AskMenuItem(ActionMenuItem):
    label = _("Ask the moderators …")
    name = "action-ask"
    icon_name = "help"

    def is_shown(self, context: MenuContext) -> bool:
        if context["view"] != "edit" or context["locked_for_user"]:
            return False
        page = context["page"]
        tester = self.get_user_page_permissions_tester(context)
        return page.live and not tester.can_unpublish() and page.current_workflow_state is None

    def get_url(self, context: MenuContext) -> str:
        return reverse("moderation_request", args=[context["page"].pk])


def construct(menu_items: list[ActionMenuItem], request: HttpRequest, context: MenuContext) -> None:
    """Put the items of moderation into the editor's menu, in place of Wagtail's own.

    The review is read once: it may end while the menu is drawn.
    """
    page = context.get("page")
    review = page.current_workflow_state if page is not None else None
    items = (WithdrawMenuItem(review, order=40), AskMenuItem(order=90))
    shown: list[ActionMenuItem] = [item for item in items if item.is_shown(context)]
    for item in menu_items:
        if item.name == "action-submit":
            shown.append(SubmitMenuItem(order=item.order))
        elif item.name not in CANCELLING:
            shown.append(item)
    menu_items[:] = sorted(shown, key=lambda item: item.order)
