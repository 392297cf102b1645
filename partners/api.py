"""The API for other sites: public pages and public facts of partners, at /api/v2/pages/ as JSON."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.urls import URLPattern, path
from django.utils.cache import patch_cache_control
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.querysets import get_public_pages_queryset
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page

from ecca_site.delivery.versions import language_stamps
from partners.models import PartnerPage

SECONDS = 300  # for which others keep an answer, so that asking often costs this site little

# The errors of a value that no field or database takes: too large, too long, no number. SQLite
# raises the last one for an offset beyond 64 bits.
BAD_VALUES = (ArithmeticError, DataError, ValidationError, ValueError, IntegrityError)
# Narrowed by no more than these a list is counted once until something is published. By other
# parameters it is counted each time: their values are too many to keep.
COUNTED_ONCE = {"type", "locale", "fields", "order", "limit", "offset", "format"}
KEPT_SECONDS = 3600


class CountedOnce:
    """A list whose length is read anew when something was published."""

    def __init__(self, pages: QuerySet[Page]) -> None:
        self.pages = pages

    def count(self) -> int:
        if self.pages.query.is_empty():
            return 0
        stamps = language_stamps([code for code, _name in settings.LANGUAGES])
        question = "".join([*stamps, str(self.pages.order_by().query)])
        key = f"api:{hashlib.sha256(question.encode()).hexdigest()}"
        length: int = cache.get_or_set(key, self.pages.count, KEPT_SECONDS)
        return length

    def __getitem__(self, part: slice) -> QuerySet[Page]:
        return self.pages[part]


class Pagination(WagtailPagination):
    def paginate_queryset(
        self, queryset: QuerySet[Page], request: Request, view: object = None
    ) -> QuerySet[Page]:
        is_kept = COUNTED_ONCE.issuperset(request.GET)
        pages = CountedOnce(queryset) if is_kept else queryset
        return super().paginate_queryset(pages, request, view)


class PublicPagesAPIViewSet(PagesAPIViewSet):
    """Live pages that everybody may see, the same for people who are signed in.

    Search has a page of its own.
    """

    renderer_classes = [JSONRenderer]
    pagination_class = Pagination
    authentication_classes: list[type] = []
    permission_classes: list[type] = []
    filter_backends = [
        backend for backend in PagesAPIViewSet.filter_backends if backend is not SearchFilter
    ]
    known_query_parameters = PagesAPIViewSet.known_query_parameters - {
        "search",
        "search_operator",
        "site",
    }
    meta_fields = [
        name for name in PagesAPIViewSet.meta_fields if name not in ("alias_of", "parent")
    ]
    detail_only_fields: list[str] = []

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._public: dict[type[Page], QuerySet[Page]] = {}

    def get_base_queryset(self) -> QuerySet[Page]:
        return self._public_pages(Page)

    def get_queryset(self) -> QuerySet[Page]:
        pages = super().get_queryset()
        if pages.model is not Page:
            # Wagtail asks for those whose keys are among all public pages, which no index serves.
            pages = self._public_pages(pages.model).type(pages.model)
        if pages.model is not Page or "locale" in self.request.GET:
            # In the order of the tree, by the indexes ``delivery_kind`` and ``delivery_language``.
            pages = pages.order_by(Lower("path"))
        if pages.model is PartnerPage:
            return pages.select_related("logo")
        return pages

    def _public_pages(self, model: type[Page]) -> QuerySet[Page]:
        """Return what everybody may see of a type, found out once in a request."""
        if model not in self._public:
            pages = get_public_pages_queryset(self.request, model)
            # Once more, outside of the languages' trees: for the sake of the indexes of live pages.
            pages = pages.filter(live=True, alias_of=None)
            self._public[model] = pages.select_related("locale")
        return self._public[model].all()

    # A value that the database refuses would end the transaction of the request; so the query has
    # one of its own.
    @transaction.atomic
    def listing_view(self, request: Request) -> Response:
        return super().listing_view(request)

    @transaction.atomic
    def detail_view(self, request: Request, pk: int) -> Response:
        return super().detail_view(request, pk)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, BAD_VALUES):
            exc = BadRequestError("a parameter has a value that cannot be looked up")
        return super().handle_exception(exc)

    def finalize_response(
        self, request: Request, response: Response, *args: object, **kwargs: object
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=SECONDS)
        response["X-Robots-Tag"] = "noindex"
        response["Access-Control-Allow-Origin"] = "*"
        return response

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view({"get": "listing_view"}), name="listing"),
            path("<int:pk>/", cls.as_view({"get": "detail_view"}), name="detail"),
        ]


router = WagtailAPIRouter("api")
router.register_endpoint("pages", PublicPagesAPIViewSet)
