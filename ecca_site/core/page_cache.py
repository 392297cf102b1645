"""Whole public pages, compressed and kept for visitors: a hit costs no query, and publishing makes it unreachable."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.translation import get_language_from_path

from .versions import language_stamp

# Parameters that lists and filters read; any other query string is answered, but not kept, so that nobody can fill
# the cache with addresses of their own making.
KEPT_PARAMETERS = {"page", "topic", "theme", "kind", "q", "track", "language", "country", "cooperation"}
KEPT_HEADERS = (
    "Content-Type", "Content-Length", "Content-Language", "Content-Encoding", "Cache-Control", "Vary", "X-Robots-Tag",
)  # fmt: skip


class Compression(GZipMiddleware):
    # Random bytes would hide the length of a secret. A page that all visitors share has none, and stays the same.
    max_random_bytes = 0


class PageCacheMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.compress = Compression(get_response).process_response

    def __call__(self, request):
        key = self.key(request)
        if key is None:
            return self.get_response(request)
        kept = cache.get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        response = self.get_response(request)
        if self.may_keep(response):
            response = self.compress(request, response)
            headers = {name: response[name] for name in KEPT_HEADERS if name in response}
            cache.set(key, (response.content, headers), settings.PAGE_CACHE_SECONDS)
        return response

    @staticmethod
    def key(request):
        """Return the cache key of a visitor's page, or None where the answer must not be shared."""
        language = get_language_from_path(request.path_info)
        if (
            not settings.PAGE_CACHE_SECONDS
            or request.method not in ("GET", "HEAD")
            or request.user_is_known
            or getattr(request, "is_dummy", False)  # a preview, at the address of the public page
            or language is None
            or len(request.META.get("QUERY_STRING", "")) > 200
            or not set(request.GET) <= KEPT_PARAMETERS
        ):
            return None
        address = hashlib.sha256(request.build_absolute_uri().encode()).hexdigest()
        encoding = "gzip" if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) else "plain"
        return f"page:{language_stamp(language)}:{encoding}:{address}"

    @staticmethod
    def may_keep(response):
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and "Cookie" not in response.get("Vary", "")
            and "private" not in response.get("Cache-Control", "")
        )
