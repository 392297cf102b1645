"""The list of all applications, for people who moderate partners.

It also has those without a draft, and those whose draft nobody reviews.
"""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from ecca_site.mail.views import MomentColumn
from ecca_site.moderation.items import reviews_of
from partners.models import Application

from .cms import facts_of


def _name_of(application: Application) -> str | Promise:
    return _("Personal data erased") if application.erased_at else str(application)


def _details_of(application: Application) -> str | None:
    if application.erased_at:
        return None
    return reverse("applications:inspect", args=[application.pk])


def _outcome_of(application: Application) -> tuple[str | Promise, str | None]:
    """Return words and address of the live profile, or of the review of its draft."""
    profile = application.profile
    if profile is None:
        return "", None
    if profile.live:
        return _("Public page"), profile.get_url()
    if profile.workflow_in_progress:
        state = profile.current_workflow_state
        return _("To the review"), reverse("moderation_review", args=[state.current_task_state_id])
    return "", None


class ApplicationsView(IndexView):
    default_ordering = "-pk"
    list_display = [
        TitleColumn(
            "organisation", label=_("Organisation"), accessor=_name_of, get_url=_details_of
        ),
        "partner_class",
        "country",
        "state",
        MomentColumn("created_at", label=_("Date"), sort_key="created_at"),
        TitleColumn(
            "profile",
            label=_("Profile"),
            accessor=lambda application: _outcome_of(application)[0],
            get_url=lambda application: _outcome_of(application)[1],
        ),
    ]

    def get_base_queryset(self) -> QuerySet[Application]:
        applications = super().get_base_queryset().select_related("profile")
        return applications.prefetch_related(reviews_of("profile__"))


class ApplicationView(InspectView):
    page_title = _("Application")

    def get_object(self, queryset: QuerySet[Application] | None = None) -> Application:
        return get_object_or_404(Application, pk=self.pk, erased_at=None)

    def get_fields_context(self) -> list[dict[str, Any]]:
        facts = facts_of(self.object)
        return [{"label": capfirst(label), "value": value} for label, value in facts]


class Applications(ModelViewSet):
    """The list and the view of one application; it is decided at the review of its draft."""

    model = Application
    name = "applications"
    url_prefix = "applications"
    icon = "form"
    menu_hook = "register_reports_menu_item"
    menu_order = 900
    index_view_class = ApplicationsView
    inspect_view_class = ApplicationView
    inspect_view_enabled = True
    list_filter = ["state"]
    list_display = ApplicationsView.list_display
    add_to_reference_index = False
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        open_ones = ("index", "index_results", "inspect")
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in open_ones]

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, Any]:
        closed = ("add_url_name", "edit_url_name", "delete_url_name", "copy_url_name")
        return super().get_common_view_kwargs(**{**dict.fromkeys(closed), **kwargs})
