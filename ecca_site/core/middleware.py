from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.functional import cached_property
from django.utils.translation import get_language

from .languages import html_lang

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


class HeadMiddleware:
    """Answer HEAD without a body; gunicorn would drop the body, too, but writes a warning each time."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "HEAD":
            if response.streaming:
                response.close()
                response.streaming_content = []
            else:
                response.content = b""
        return response


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

    def process_exception(self, request, exception):
        """A form of which a part is missing: no browser sends it, and Wagtail's streams do not expect it."""
        if isinstance(exception, MultiValueDictKeyError):
            return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)
        return None

    @staticmethod
    def is_text(query_string):
        """Whether every parameter decodes to text without NUL, which neither database accepts."""
        raw = unquote_to_bytes(query_string.replace("+", " "))
        try:
            return "\x00" not in raw.decode()
        except UnicodeDecodeError:
            return False


class LanguageMiddleware(LocaleMiddleware):
    """The address names the language; only the bare root goes by the browser's wish (see ``home.views.root``).

    Django would send an unknown address to the same one below a language, whether or not there is anything.
    """

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", html_lang(get_language()))
        return response


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
            # Browsers ask again each time and mostly hear "not modified".
            patch_cache_control(response, public=True, max_age=0, s_maxage=settings.SHARED_CACHE_SECONDS)
        return response
