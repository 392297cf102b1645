from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """A strict policy on public pages and a wider one in the CMS alone."""

    @cached_property
    def cms_prefix(self):
        return reverse("wagtailadmin_home")

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(self.cms_prefix):
            parts.config = settings.CMS_CONTENT_SECURITY_POLICY
        return parts


class MalformedRequestMiddleware:
    """Answer what no browser sends before it reaches code that does not expect it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            return HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED)
        if not self.is_text(request.META.get("QUERY_STRING", "")) or "\x00" in request.path_info:
            return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)
        return self.get_response(request)

    @staticmethod
    def is_text(query_string):
        """Whether every parameter decodes to text without NUL, which neither database accepts."""
        raw = unquote_to_bytes(query_string.replace("+", " "))
        try:
            return "\x00" not in raw.decode()
        except UnicodeDecodeError:
            return False


class VisitorMiddleware:
    """Tell visitors from people who signed in without opening a session, and let shared caches keep public pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.user_is_known = settings.SESSION_COOKIE_NAME in request.COOKIES
        response = self.get_response(request)
        if "Cache-Control" in response or request.method not in ("GET", "HEAD"):
            return response
        if request.user_is_known or response.cookies:
            patch_cache_control(response, private=True, no_cache=True)
        elif response.status_code == HTTPStatus.OK:
            # Browsers ask again each time and mostly hear "not modified"; shared caches are purged on publishing.
            patch_cache_control(response, public=True, max_age=0, s_maxage=settings.PAGE_CACHE_SECONDS)
        return response
