"""The one list of a partner organisation: its profile in each language."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import policy_registry

from ecca_site.access import areas, gate
from ecca_site.moderation.items import reviews_of

from .freshness import links
from .models import ConfirmationRequest, PartnerPage


def has_profiles(user: AbstractUser) -> bool:
    """Return whether a user has the list, as the people of partner organisations do."""
    return areas.PROFILES in gate.areas_of(user)


class OwnProfilesView(IndexView):
    page_title = _("Your profile")
    # Wagtail's own offers the names of everybody who ever edited a page.
    base_filterset_class = None
    default_ordering = "locale"
    base_columns = [
        PageTitleColumn("title", label=_("Title")),  # with the language beside it
        Column(
            "completeness",
            label=_("Complete"),
            accessor=lambda page: f"{page.completeness}\N{NO-BREAK SPACE}%",
        ),
        DateColumn("latest_revision_created_at", label=_("Updated")),
        PageStatusColumn("status", label=_("Status")),
    ]

    def get_add_url(self) -> None:
        # Translators begin a new language.
        return None


class OwnProfilesPanel(Component):
    """The same list on the CMS home, where its people begin."""

    name = "own_profiles"
    order = 50
    template_name = "partners/panels/own_profiles.html"

    def __init__(self, request: HttpRequest) -> None:
        own = policy_registry.get_by_type(PartnerPage).explorable_instances(request.user)
        pages = PartnerPage.objects.filter(pk__in=own.values("pk")).select_related("locale")
        pages = pages.prefetch_related(reviews_of()).annotate_approved_schedule()
        self.pages = list(pages.order_by("locale"))

    def questions(self) -> list[tuple[ConfirmationRequest, str]]:
        """Return the questions that were mailed and not answered, with the addresses of answers."""
        keys = {page.translation_key for page in self.pages if page.live}
        asked = ConfirmationRequest.objects.filter(confirmed_at=None, translation_key__in=keys)
        return [(request, links.address_of(request)) for request in asked.order_by("pk")]

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "panel": self}


class OwnProfilesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return has_profiles(request.user)


class OwnProfilesSearch(SearchArea):
    """The list as the area of the search beside the menu, for people who have it.

    Wagtail takes the first area that is shown, or else all pages.
    """

    def is_shown(self, request: HttpRequest) -> bool:
        return has_profiles(request.user)


class OwnProfiles(PageListingViewSet):
    name = "own_profiles"
    url_prefix = "profile"
    model = PartnerPage
    icon = "user"
    menu_label = _("Your profile")
    menu_name = "own-profiles"
    menu_order = 95
    add_to_admin_menu = True
    menu_item_class = OwnProfilesMenuItem
    index_view_class = OwnProfilesView
    columns = OwnProfilesView.base_columns
    filterset_class = None

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "choose_parent"]

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"add_url_name": None, **kwargs})
