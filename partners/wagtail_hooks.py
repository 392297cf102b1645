from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import exports
from .applications import cms
from .applications.listing import Applications
from .freshness.panel import SilentOrganisations


class ExportMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(exports.VIEW)


@hooks.register("register_admin_urls")
def register_addresses():
    return [
        path("partners/export.csv", exports.as_csv, name="partner_export_csv"),
        path("partners/export.json", exports.as_json, name="partner_export_json"),
        path("applications/<int:state>/<int:number>/", cms.decide, name="partner_application"),
        path("colleagues/", cms.invitations, name="partner_invitations"),
    ]


@hooks.register("register_admin_viewset")
def register_applications():
    return Applications()


@hooks.register("register_reports_menu_item")
def csv_menu_item():
    return ExportMenuItem(
        _("Partners as CSV"), reverse("partner_export_csv"), name="partners-csv", icon_name="download", order=910
    )


@hooks.register("register_reports_menu_item")
def json_menu_item():
    return ExportMenuItem(
        _("Partners as JSON"), reverse("partner_export_json"), name="partners-json", icon_name="download", order=920
    )


@hooks.register("register_log_actions")
def register_confirmation(actions):
    actions.register_action(
        "partners.confirm", _("Confirm the profile"), _("The organisation confirmed that all is correct")
    )


@hooks.register("construct_homepage_panels", order=200)  # after those of the moderation have been put in order
def show_silent_organisations(request, home_panels):
    home_panels.append(SilentOrganisations(request))


class ColleaguesItem(MenuItem):
    def is_shown(self, request):
        # An administrator may everything, and is of no organisation. Asked for on every page: it costs no query.
        return request.user.has_perm(cms.INVITE) and not request.user.is_superuser


@hooks.register("register_admin_menu_item")
def colleagues():
    return ColleaguesItem(
        _("Colleagues"), reverse("partner_invitations"), name="colleagues", icon_name="group", order=110
    )


hooks.register("moderation_review_panels", cms.review_panel)
