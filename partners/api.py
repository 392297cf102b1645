"""What other sites may read: the public pages, and the public facts of partners, as JSON at /api/v2/pages/."""

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.urls import path
from django.utils.cache import patch_cache_control
from rest_framework.renderers import JSONRenderer
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet

from partners.models import PartnerPage

SECONDS = 300  # for which others keep an answer, so that asking often costs this site little


# What a value raises that no field or database takes: too large, too long, no number. SQLite has the last one for an
# offset beyond 64 bits.
BAD_VALUES = (ArithmeticError, DataError, ValidationError, ValueError, IntegrityError)


class PublicPagesAPIViewSet(PagesAPIViewSet):
    """Live pages that everybody may see; the same for whoever is signed in. Search has a page of its own."""

    renderer_classes = [JSONRenderer]
    authentication_classes = []
    permission_classes = []
    filter_backends = [backend for backend in PagesAPIViewSet.filter_backends if backend is not SearchFilter]
    known_query_parameters = PagesAPIViewSet.known_query_parameters - {"search", "search_operator", "site"}
    meta_fields = [name for name in PagesAPIViewSet.meta_fields if name not in ("alias_of", "parent")]
    detail_only_fields = []

    def get_base_queryset(self):
        return super().get_base_queryset().filter(alias_of=None).select_related("locale")

    def get_queryset(self):
        pages = super().get_queryset().select_related("locale")
        return pages.select_related("logo") if pages.model is PartnerPage else pages

    # What a database refuses would end the transaction of whoever asked; so it has one of its own.
    @transaction.atomic
    def listing_view(self, request):
        return super().listing_view(request)

    @transaction.atomic
    def detail_view(self, request, pk):
        return super().detail_view(request, pk)

    def handle_exception(self, exc):
        if isinstance(exc, BAD_VALUES):
            exc = BadRequestError("a parameter has a value that cannot be looked up")
        return super().handle_exception(exc)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=SECONDS)
        response["X-Robots-Tag"] = "noindex"
        response["Access-Control-Allow-Origin"] = "*"
        return response

    @classmethod
    def get_urlpatterns(cls):
        return [
            path("", cls.as_view({"get": "listing_view"}), name="listing"),
            path("<int:pk>/", cls.as_view({"get": "detail_view"}), name="detail"),
        ]


router = WagtailAPIRouter("api")
router.register_endpoint("pages", PublicPagesAPIViewSet)
