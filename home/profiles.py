"""The one list of a partner organisation: its profile in each language."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import policy_registry

from ecca_site.moderation.items import reviews_of
from partners.freshness import links
from partners.models import ConfirmationRequest, PartnerPage

from . import areas, gate


def has_profiles(user):
    return areas.PROFILES in gate.areas_of(user)


class OwnProfilesView(IndexView):
    page_title = _("Your profile")
    base_filterset_class = None  # Wagtail's own offers the names of everybody who ever edited a page
    default_ordering = "locale"
    base_columns = [
        PageTitleColumn("title", label=_("Title")),  # with the language beside it
        Column("completeness", label=_("Complete"), accessor=lambda page: f"{page.completeness}\N{NO-BREAK SPACE}%"),
        DateColumn("latest_revision_created_at", label=_("Updated")),
        PageStatusColumn("status", label=_("Status")),
    ]

    def get_add_url(self):
        return None  # a new language is begun by those who translate


class OwnProfilesPanel(Component):
    """The same list on the CMS home, which is where its people begin."""

    name = "own_profiles"
    order = 50
    template_name = "home/panels/own_profiles.html"

    def __init__(self, request):
        own = policy_registry.get_by_type(PartnerPage).explorable_instances(request.user)
        pages = PartnerPage.objects.filter(pk__in=own.values("pk"))
        pages = pages.select_related("locale").prefetch_related(reviews_of()).annotate_approved_schedule()
        self.pages = list(pages.order_by("locale"))

    def questions(self):
        """Return what the organisation was asked by mail and has not answered, with the address of its answer."""
        keys = {page.translation_key for page in self.pages if page.live}
        asked = ConfirmationRequest.objects.filter(confirmed_at=None, translation_key__in=keys).order_by("pk")
        return [(request, links.address_of(request)) for request in asked]

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "panel": self}


class OwnProfilesMenuItem(MenuItem):
    def is_shown(self, request):
        return has_profiles(request.user)


class OwnProfilesSearch(SearchArea):
    """What the search beside the menu looks through: the first one that is shown, else all pages."""

    def is_shown(self, request):
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

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "choose_parent"]

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**{"add_url_name": None, **kwargs})
