"""The page explorer and the page chooser, at the same price for ten rows and for fifty.

Wagtail asks of every page whether it may be seen, though whoever may see a section may see all that
is in it, and counts what the section itself knows.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.chooser import BrowseView
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, PageLogEntry
from wagtail.query import PageQuerySet

from ecca_site.core.models import hand_on_parent
from ecca_site.core.permissions import sees_all_below

from .whole_pages import by_path


def owners(request: HttpRequest) -> QuerySet[AbstractUser]:
    return get_user_model().objects.filter(Exists(Page.objects.filter(owner=OuterRef("pk"))))


def editors(request: HttpRequest) -> QuerySet[AbstractUser]:
    edits = PageLogEntry.objects.filter(user=OuterRef("pk"), action="wagtail.edit")
    return get_user_model().objects.filter(Exists(edits))


class ExplorerFilterSet(GenericPageFilterSet):
    site = None  # there is one

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail finds these people by reading all pages and all that was ever done.
        self.filters["owner"].queryset = owners
        self.filters["edited_by"].queryset = editors


class ExplorerView(ExplorableIndexView):
    # Wagtail asks for the page above each, and shows it in other lists alone.
    base_columns = [each for each in ExplorableIndexView.base_columns if each.name != "parent"]

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        # No page of a public site is private; Wagtail asks where it finds nothing here.
        request.all_page_view_restriction_paths = ()

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        page = self.parent_page
        if page.live_revision_id and page.live_revision_id == page.latest_revision_id:
            page.live_revision = page.latest_revision  # the panel of its state asks for both
        return super().get_context_data(**kwargs)

    def annotate_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        annotated = super().annotate_queryset(pages)
        related = annotated.select_related("locale", "content_type", for_specific_subqueries=True)
        return by_path(related)

    def get_base_queryset(self) -> PageQuerySet:
        if not self.shows_section:
            return super().get_base_queryset()
        return self.annotate_queryset(Page.objects.child_of(self.parent_page))

    @property
    def shows_section(self) -> bool:
        """Whether the list is all that the parent page holds."""
        if self.is_searching or self.is_filtering:
            return False
        return sees_all_below(self.request.user, [self.parent_page.path])

    def get_paginator(
        self, queryset: PageQuerySet, *args: object, **kwargs: object
    ) -> WagtailPaginator:
        paginator = super().get_paginator(queryset, *args, **kwargs)
        if self.shows_section:
            paginator.count = self.parent_page.numchild
        return paginator


class ExplorerSearchView(SearchView):
    # Wagtail's own has neither and says "1-2 of 2 None".
    verbose_name = Page._meta.verbose_name
    verbose_name_plural = Page._meta.verbose_name_plural


class ExplorerViewSet(PageViewSet):
    model = Page
    index_view_class = ExplorerView
    search_view_class = ExplorerSearchView
    filterset_class = ExplorerFilterSet


class SectionQuerySet(PageQuerySet):
    """All that one page holds: how much that is, the page itself knows."""

    number: int | None = None

    def _clone(self) -> "SectionQuerySet":
        clone = super()._clone()
        clone.number = self.number
        return clone

    def count(self) -> int:
        return super().count() if self.number is None else self.number


class ChooserView(BrowseView):
    def get_object_list(self) -> PageQuerySet:
        # Each row asks for the page above, and for its state.
        hand_on_parent(self.parent_page)
        pages = SectionQuerySet(Page).child_of(self.parent_page).order_by("path")
        pages = by_path(pages.defer_streamfields())
        if self.shows_section:
            pages.number = self.parent_page.numchild
        return pages.prefetch_workflow_states().annotate_approved_schedule()

    @property
    def shows_section(self) -> bool:
        """Whether the list is all that the parent page holds."""
        # Below the root are the home pages of all languages, of which one is chosen.
        if self.desired_classes != (Page,) or self.parent_page.is_root():
            return False
        return sees_all_below(self.request.user, [self.parent_page.path])


choose_page = never_cache(require_admin_access(ChooserView.as_view()))
