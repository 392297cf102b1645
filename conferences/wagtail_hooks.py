from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from ecca_site.moderation.snippet_views import ReviewedViewSet

from .desk import contributions, mailing, speakers, views
from .desk.access import VIEW
from .models import Speaker


class SpeakerViewSet(ReviewedViewSet):
    model = Speaker
    icon = "group"
    add_to_admin_menu = True
    menu_name = "speakers"
    menu_order = 310
    list_display = ["name", "role", "organisation", "locale"]
    search_fields = ["name"]


register_snippet(SpeakerViewSet)
hooks.register("moderation_review_panels", speakers.review_panel)


class DesksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VIEW)


@hooks.register("register_admin_menu_item")
def desks_menu_item() -> MenuItem:
    return DesksMenuItem(
        _("Registrations"),
        reverse("conference_desks"),
        name="registrations",
        icon_name="clipboard-list",
        order=320,
    )


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    return [
        path("conferences/", views.desks, name="conference_desks"),
        path(
            "conferences/<page_number:number>/",
            views.RegistrationsView.as_view(),
            name="conference_registrations",
        ),
        path(
            "conferences/<page_number:number>/results/",
            views.RegistrationsView.as_view(results_only=True),
            name="conference_registrations_results",
        ),
        path("conferences/<page_number:number>/badges/", views.badges, name="conference_badges"),
        path(
            "conferences/<page_number:number>/sign-in-sheet/",
            views.sign_in_sheet,
            name="conference_sign_in_sheet",
        ),
        path("conferences/<page_number:number>/mail/", mailing.compose, name="conference_mail"),
        path("conferences/mail/<page_number:number>/", mailing.progress, name="conference_mailing"),
        path(
            "conferences/registration/<page_number:number>/cancel/",
            views.cancel,
            name="conference_registration_cancel",
        ),
        path(
            "conferences/<page_number:number>/contributions/",
            contributions.contributions,
            name="conference_contributions",
        ),
        path(
            "conferences/contribution/<page_number:number>/",
            contributions.contribution,
            name="conference_contribution",
        ),
        path(
            "conferences/contribution/<page_number:number>/file/",
            contributions.file,
            name="conference_contribution_file",
        ),
    ]
