"""Whole public pages, compressed and kept for visitors.

A hit costs no query and one way to the cache. What is kept has the stamp of its language, so
publishing makes it void.
"""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.urls import get_resolver
from django.utils.translation import get_language_from_path

from .parameters import leave_out_undeclared, parameters_read
from .versions import with_stamp
from .visitors import is_known

MOST_CHARACTERS = 200  # of a query string that is worth keeping an answer for
KEPT_HEADERS = (
    "Content-Type", "Content-Length", "Content-Language", "Content-Encoding", "Cache-Control",
    "Vary", "X-Robots-Tag",
)  # fmt: skip


class Compression(GZipMiddleware):
    # Random bytes would hide the length of a secret. A page that all visitors share has none, and
    # stays the same.
    max_random_bytes = 0


class PageCacheMiddleware:
    """Answer visitors with a kept page, and keep the answers that are the same for all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.compress = Compression(get_response).process_response
        get_resolver().url_patterns  # noqa: B018  the views declare their parameters when imported

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.is_for_all(request):
            return self.get_response(request)
        leave_out_undeclared(request)
        key = self.key(request)
        if key is None:
            return self.get_response(request)
        stamp, kept = with_stamp(get_language_from_path(request.path_info), key)
        if kept is not None and kept[0] == stamp:
            _stamp, content, headers = kept
            return HttpResponse(content, headers=headers)
        response = self.get_response(request)
        if self.may_keep(request, response):
            response = self.compress(request, response)
            headers = {name: response[name] for name in KEPT_HEADERS if name in response}
            cache.set(key, (stamp, response.content, headers), settings.PAGE_CACHE_SECONDS)
        return response

    @staticmethod
    def is_for_all(request: HttpRequest) -> bool:
        """Return whether a visitor asks for a page of a language, and nothing says who it is."""
        if request.method not in ("GET", "HEAD") or is_known(request):
            return False
        # A preview is made at the address of the public page.
        if getattr(request, "is_dummy", False):
            return False
        return get_language_from_path(request.path_info) is not None

    @staticmethod
    def key(request: HttpRequest) -> str | None:
        """Return the cache key of a page, or None where no answer is kept for its address."""
        if not settings.PAGE_CACHE_SECONDS or len(request.META["QUERY_STRING"]) > MOST_CHARACTERS:
            return None
        address = hashlib.sha256(request.build_absolute_uri().encode()).hexdigest()
        is_compressed = re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        encoding = "gzip" if is_compressed else "plain"
        return f"page:{encoding}:{address}"

    @staticmethod
    def may_keep(request: HttpRequest, response: HttpResponse) -> bool:
        """Return whether an answer is the same for all, and its view reads all of the address."""
        if response.status_code != HTTPStatus.OK or response.streaming:
            return False
        if not parameters_read().issuperset(request.GET):
            return False
        if response.cookies or "Cookie" in response.get("Vary", ""):
            return False
        return "private" not in response.get("Cache-Control", "")
