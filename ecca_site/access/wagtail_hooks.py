from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.navigation import get_site_for_user
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from ecca_site.core.counted import counted
from ecca_site.users.models import User

from . import gate
from .explorer import ExplorerViewSet
from .own_account.panels import SecondFactorPanel, SessionsPanel
from .site_setup import setup_roles

hooks.register("set_up_language", setup_roles)
# In the place of Wagtail's own, which is registered before.
hooks.register("register_admin_viewset", ExplorerViewSet)

AFTER_ALL_OTHERS = 1000

for panel in (SecondFactorPanel, SessionsPanel):
    hooks.register("register_account_settings_panel", panel)


@hooks.register("construct_main_menu")
@hooks.register("construct_reports_menu")
@hooks.register("construct_settings_menu")
def offer_what_is_open(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Offer nothing that the gate would refuse; Wagtail goes by its own permissions alone."""
    kept = []
    for item in menu_items:
        if gate.leads_somewhere(getattr(item, "url", None), request.user):
            kept.append(item)
    menu_items[:] = kept


class CountedPages(PagesSummaryItem):
    """The number of pages in somebody's tree, counted again where something has changed."""

    def get_context_data(self, parent_context: Context) -> dict[str, Any]:
        root = get_site_for_user(self.request.user)["root_page"]
        count = partial(super().get_context_data, parent_context)
        return counted(f"tree:{root.path if root else ''}", count)


# After Wagtail has added its own.
@hooks.register("construct_homepage_summary_items", order=100)
def count_pages_of_a_tree(request: HttpRequest, summary_items: list[SummaryItem]) -> None:
    """Leave out the number of pages for people who have no tree."""
    summary_items[:] = [item for item in summary_items if not isinstance(item, PagesSummaryItem)]
    if gate.is_open("wagtailadmin_explore", request.user):
        summary_items.append(CountedPages(request))


@hooks.register("construct_homepage_panels", order=AFTER_ALL_OTHERS)
@hooks.register("construct_homepage_summary_items", order=AFTER_ALL_OTHERS)
def show_nothing_without_a_role(request: HttpRequest, items: list[Any]) -> None:
    """Show nothing to people who have permissions by other groups alone: it leads nowhere."""
    if not request.user.is_superuser and not gate.areas_of(request.user):
        items.clear()


@hooks.register("after_edit_page")
def lead_back_after_submission(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Show on the CMS home where a submitted page stands, to people who have no tree.

    Wagtail would show the tree.
    """
    if "action-submit" in request.POST and not gate.is_open("wagtailadmin_explore", request.user):
        return redirect("wagtailadmin_home")
    return None


@hooks.register("register_user_listing_buttons")
def offer_reset(user: User, request_user: User) -> Iterator[Button]:
    """Offer to take away a second factor, which the view allows to whom the gate lets in."""
    if request_user.has_perm("users.change_user"):
        yield Button(
            _("Reset the second factor"),
            url=reverse("second_factor_reset", args=[user.pk]),
            icon_name="key",
            priority=20,
        )


@hooks.register("register_log_actions")
def log_resets(actions: LogActionRegistry) -> None:
    actions.register_action(
        "users.second_factor_reset",
        _("Reset the second factor"),
        _("The second factor was taken away"),
    )
