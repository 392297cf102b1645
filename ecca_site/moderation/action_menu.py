"""The editor's menu: withdrawing instead of cancelling, asking instead of acting."""

from typing import Any, TypeAlias

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowMixin, WorkflowState
from wagtail.snippets import action_menu as snippets

from .models import Act, may, may_withdraw
from .reviewed import Reviewed

CANCELLING = ("action-cancel-workflow", "action-restart-workflow")

MenuContext = dict[
    str, Any
]  # page or instance, view, request and what else the editor tells its menu

Item: TypeAlias = ActionMenuItem | snippets.ActionMenuItem


def edited(context: MenuContext) -> Any:
    """Return what the editor shows, a page or a snippet; None of what is being added."""
    return context.get("page") or context.get("instance")


def withdraw_path(instance: Reviewed) -> str:
    """Return the path at which what was submitted is withdrawn."""
    if isinstance(instance, Page):
        return reverse("moderation_withdraw", args=[instance.pk])
    names = (instance._meta.app_label, instance._meta.model_name)
    return reverse("moderation_withdraw_snippet", args=[*names, instance.pk])


def request_path(instance: Reviewed) -> str:
    """Return the path at which the moderators are asked to take something offline."""
    if isinstance(instance, Page):
        return reverse("moderation_request", args=[instance.pk])
    names = (instance._meta.app_label, instance._meta.model_name)
    return reverse("moderation_request_snippet", args=[*names, instance.pk])


class InOurWords(Component):
    """Wagtail's item, in the language of whoever reads it: a workflow's name has only one."""

    def get_context_data(self, parent_context: MenuContext) -> MenuContext:
        context = super().get_context_data(parent_context)
        instance = edited(parent_context)
        is_submitted = instance is not None and instance.current_workflow_state is not None
        context["label"] = _("Submit again") if is_submitted else _("Submit for review")
        return context


class SubmitMenuItem(InOurWords, SubmitForModerationMenuItem):
    pass


class SubmitSnippetMenuItem(InOurWords, snippets.SubmitForModerationMenuItem):
    pass


class Withdrawing(Component):
    """The item that leads to withdrawing the review that the editor was shown with."""

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
        return withdraw_path(edited(context))


class WithdrawMenuItem(Withdrawing, ActionMenuItem):
    pass


class WithdrawSnippetMenuItem(Withdrawing, snippets.ActionMenuItem):
    pass


class Asking(Component):
    """The item that leads to asking for what only others may do."""

    label = _("Ask the moderators …")
    name = "action-ask"
    icon_name = "help"

    def get_url(self, context: MenuContext) -> str:
        return request_path(edited(context))


class AskMenuItem(Asking, ActionMenuItem):
    def is_shown(self, context: MenuContext) -> bool:
        if context["view"] != "edit" or context["locked_for_user"]:
            return False
        page = context["page"]
        tester = self.get_user_page_permissions_tester(context)
        return page.live and not tester.can_unpublish() and page.current_workflow_state is None


class AskSnippetMenuItem(Asking, snippets.ActionMenuItem):
    def is_shown(self, context: MenuContext) -> bool:
        if context["view"] != "edit" or context.get("locked_for_user"):
            return False
        instance = context["instance"]
        if instance.current_workflow_state is not None:
            return False
        return not may(context["request"].user, Act.DELETE, [instance])


def construct(menu_items: list[ActionMenuItem], request: HttpRequest, context: MenuContext) -> None:
    """Put the items of moderation into the editor's menu, in place of Wagtail's own.

    The review is read once: it may end while the menu is drawn.
    """
    page = context.get("page")
    review = page.current_workflow_state if page is not None else None
    items = (WithdrawMenuItem(review, order=40), AskMenuItem(order=90))
    added = [item for item in items if item.is_shown(context)]
    put(menu_items, added, SubmitMenuItem)


def construct_for_snippet(
    menu_items: list[snippets.ActionMenuItem], request: HttpRequest, context: MenuContext
) -> None:
    """Do the same in the editor of what is reviewed and no page."""
    if not issubclass(context["model"], WorkflowMixin):
        return
    instance = context.get("instance")
    review = instance.current_workflow_state if instance is not None else None
    items = (WithdrawSnippetMenuItem(review, order=40), AskSnippetMenuItem(order=90))
    added = [item for item in items if item.is_shown(context)]
    put(menu_items, added, SubmitSnippetMenuItem)


def put(menu_items: list[Item], added: list[Item], submit: type[Item]) -> None:
    """Put items into a menu and this site's way to submit and to withdraw in place of Wagtail's."""
    shown = list(added)
    for item in menu_items:
        if item.name == "action-submit":
            shown.append(submit(order=item.order))
        elif item.name not in CANCELLING:
            shown.append(item)
    menu_items[:] = sorted(shown, key=lambda item: item.order)
