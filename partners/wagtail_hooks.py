from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from . import exports
from .applications import cms
from .applications.listing import Applications
from .freshness.panel import SilentOrganisations
from .profiles import OwnProfiles, OwnProfilesPanel, OwnProfilesSearch, has_profiles


class ExportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(exports.VIEW)


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    return [
        path("partners/export.csv", exports.as_csv, name="partner_export_csv"),
        path("partners/export.json", exports.as_json, name="partner_export_json"),
        path("applications/<int:state>/<int:number>/", cms.decide, name="partner_application"),
        path("colleagues/", cms.invitations, name="partner_invitations"),
    ]


@hooks.register("register_admin_viewset")
def register_applications() -> ViewSet:
    return Applications()


@hooks.register("register_reports_menu_item")
def csv_menu_item() -> MenuItem:
    return ExportMenuItem(
        _("Partners as CSV"),
        reverse("partner_export_csv"),
        name="partners-csv",
        icon_name="download",
        order=910,
    )


@hooks.register("register_reports_menu_item")
def json_menu_item() -> MenuItem:
    return ExportMenuItem(
        _("Partners as JSON"),
        reverse("partner_export_json"),
        name="partners-json",
        icon_name="download",
        order=920,
    )


@hooks.register("register_log_actions")
def register_confirmation(actions: LogActionRegistry) -> None:
    actions.register_action(
        "partners.confirm",
        _("Confirm the profile"),
        _("The organisation confirmed that all is correct"),
    )


# After the panels of the moderation have been put in order.
@hooks.register("construct_homepage_panels", order=200)
def show_silent_organisations(request: HttpRequest, home_panels: list[Component]) -> None:
    home_panels.append(SilentOrganisations(request))


class ColleaguesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        # An administrator may do everything, and belongs to no organisation. This is asked on every
        # page and costs no query.
        return request.user.has_perm(cms.INVITE) and not request.user.is_superuser


@hooks.register("register_admin_menu_item")
def colleagues() -> MenuItem:
    return ColleaguesItem(
        _("Colleagues"),
        reverse("partner_invitations"),
        name="colleagues",
        icon_name="group",
        order=110,
    )


hooks.register("moderation_review_panels", cms.review_panel)


@hooks.register("register_admin_viewset")
def register_own_profiles() -> ViewSet:
    return OwnProfiles()


@hooks.register("register_admin_search_area")
def search_own_profiles() -> SearchArea:
    return OwnProfilesSearch(
        _("Your profile"), reverse("own_profiles:index"), name="own-profiles", order=50
    )


@hooks.register("construct_homepage_panels")
def begin_with_own_profiles(request: HttpRequest, home_panels: list[Component]) -> None:
    if has_profiles(request.user):
        home_panels.append(OwnProfilesPanel(request))
