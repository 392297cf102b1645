"""The API for other sites: public pages and public facts of partners, at /api/v2/pages/ as JSON."""

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.cache import patch_cache_control
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page

from partners.models import PartnerPage

SECONDS = 300  # for which others keep an answer, so that asking often costs this site little

# The errors of a value that no field or database takes: too large, too long, no number. SQLite
# raises the last one for an offset beyond 64 bits.
BAD_VALUES = (ArithmeticError, DataError, ValidationError, ValueError, IntegrityError)


class PublicPagesAPIViewSet(PagesAPIViewSet):
    """Live pages that everybody may see, the same for people who are signed in.

    Search has a page of its own.
    """

    renderer_classes = [JSONRenderer]
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

    def get_base_queryset(self) -> QuerySet[Page]:
        return super().get_base_queryset().filter(alias_of=None).select_related("locale")

    def get_queryset(self) -> QuerySet[Page]:
        pages = super().get_queryset().select_related("locale")
        if pages.model is PartnerPage:
            return pages.select_related("logo")
        return pages

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
