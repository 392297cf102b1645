import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import get_language, override

from ecca_site.i18n.languages import html_lang
from ecca_site.intake.decisions import TooLate
from ecca_site.intake.json_input import is_sound_body, is_storable
from ecca_site.intake.kept import what_was_sent

from .refusals import SIGNED_OUT, is_cms, refuse, refuse_late
from .visitors import is_known

# The key of a row in the tables that a form holds, as Django names it.
ROW_KEY = re.compile(r"-[0-9]+-id$")
KEY = re.compile("[0-9]{1,10}")
# Views that lead to the sign-in when they have done their work.
SIGN_IN = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset_confirm",
    "account_login",
    "mfa_authenticate",
}
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

GetResponse = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """A strict policy on public pages and a wider one in the CMS alone."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and is_cms(request):
            parts.config = settings.CMS_CONTENT_SECURITY_POLICY
        return parts


class HeadMiddleware:
    """Answer HEAD without a body.

    Gunicorn would drop the body, too, but writes a warning each time.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD":
            if response.streaming:
                response.close()
                response.streaming_content = []
            else:
                response.content = b""
        return response


class MalformedRequestMiddleware:
    """Refuse what no browser sends before it reaches code that does not expect it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return refuse(request, HTTPStatus.METHOD_NOT_ALLOWED)
        if not self.is_text(request.META.get("QUERY_STRING", "")) or "\x00" in request.path_info:
            return refuse(request, HTTPStatus.BAD_REQUEST)
        # Wagtail reads what is sent by PATCH as JSON, whatever it is called.
        is_json = request.content_type == "application/json" or request.method == "PATCH"
        if is_json and request.body and not is_sound_body(request.body):
            return refuse(request, HTTPStatus.BAD_REQUEST)
        # A quoted cookie may name any character by its number. Nobody can mend a cookie: it is as
        # if the browser had not sent it.
        for name, value in list(request.COOKIES.items()):
            if not is_storable(name + value):
                del request.COOKIES[name]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Refuse a form of which a part is missing or leads nowhere, which Wagtail does not expect.

        What the request had changed is rolled back by then.
        """
        # Wagtail goes on to any ``next`` of this host; a word is one, and to Django a view's name.
        names = request.GET.keys() | request.POST.keys()
        is_of_next = isinstance(exception, NoReverseMatch) and "next" in names
        is_of_nul = isinstance(exception, (DataError, ValueError)) and not self.is_kept(request)
        is_of_row = isinstance(exception, ValidationError) and self.has_unreadable_rows(request)
        is_missing = isinstance(exception, MultiValueDictKeyError)
        if is_of_next or is_of_nul or is_of_row or is_missing:
            return refuse(request, HTTPStatus.BAD_REQUEST)
        return None

    @staticmethod
    def has_unreadable_rows(request: HttpRequest) -> bool:
        """Return whether the hidden key of a row of a form is none."""
        keys = [value for name, value in request.POST.items() if ROW_KEY.search(name)]
        return any(key and not KEY.fullmatch(key) for key in keys)

    @staticmethod
    def is_kept(request: HttpRequest) -> bool:
        """Return whether a database takes all that a form held."""
        return all(is_storable("".join(values)) for _name, values in request.POST.lists())

    @staticmethod
    def is_text(query_string: str) -> bool:
        """Return whether all parameters decode to text without NUL, which no database accepts."""
        raw = unquote_to_bytes(query_string.replace("+", " "))
        try:
            return "\x00" not in raw.decode()
        except UnicodeDecodeError:
            return False


class LanguageMiddleware(LocaleMiddleware):
    """Django's middleware, but an unknown address stays where it is.

    The address names the language; only the bare root goes by the browser's wish (see
    ``home.views.root``). Django would send an unknown address to the same one below a language,
    whether or not there is anything.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Content-Language", html_lang(get_language()))
        return response


class CmsLanguageMiddleware:
    """Set the language that somebody chose for the CMS for everything that answers there.

    Wagtail sets it for its views alone, not for what middlewares and error pages say.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_cms(request) or not request.user.is_authenticated:
            return self.get_response(request)
        profile = getattr(request.user, "wagtail_userprofile", None)
        language = profile.get_preferred_language() if profile else get_language()
        with override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", html_lang(language))
        return response


class RefusalMiddleware:
    """Put a page in place of a bare refusal, and of a redirect that would lose what was typed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if self.is_bare(request, response):
            page = refuse(request, response.status_code)
            if "Allow" in response:
                page["Allow"] = response["Allow"]
            return page
        is_sent = request.method not in ("GET", "HEAD", "OPTIONS")
        if is_sent and response.status_code == HTTPStatus.FOUND and is_cms(request):
            return self.of_lost_form(request, response) or response
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Refuse what comes too late; what the request had changed is rolled back by then."""
        return refuse_late(request, exception) if isinstance(exception, TooLate) else None

    @staticmethod
    def is_bare(request: HttpRequest, response: HttpResponse) -> bool:
        """Return whether a refusal is neither a page of ours nor data.

        It is empty, some words of Django's, or Wagtail's own 404.
        """
        if response.status_code < HTTPStatus.BAD_REQUEST or response.streaming:
            return False
        if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return False
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.status_code == HTTPStatus.NOT_FOUND and is_cms(request):
            return kind == "text/html"
        if kind == "text/html":
            return b"<html" not in response.content[:200]
        return kind == "text/plain" or not response.content

    def of_lost_form(self, request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
        """Return a page that keeps what was typed, where a refusal would lead away from it."""
        address = response.url.partition("?")[0]
        if address == reverse("wagtailadmin_login") and not request.user.is_authenticated:
            return self.of_signed_out(request)
        sent = what_was_sent(request)
        if not sent or not sent.texts:
            return None
        if address != reverse("wagtailadmin_home"):
            return None
        reason = self.reason(request)
        if not reason:
            return None
        return refuse(request, HTTPStatus.FORBIDDEN, reason=reason)

    @staticmethod
    def of_signed_out(request: HttpRequest) -> HttpResponse | None:
        if request.resolver_match.view_name in SIGN_IN:
            return None
        return refuse(request, HTTPStatus.FORBIDDEN, SIGNED_OUT)

    @staticmethod
    def reason(request: HttpRequest) -> str:
        """Take the message with which somebody was refused; the others stay for the next page."""
        storage = messages.get_messages(request)
        reasons = [str(message) for message in storage if message.level == messages.ERROR]
        if reasons:
            return reasons[0]
        storage.used = False
        return ""


class VisitorMiddleware:
    """Tell visitors from people who signed in, and let shared caches keep public pages.

    No session is opened for it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" in response or request.method not in ("GET", "HEAD"):
            return response
        if is_known(request) or response.cookies:
            patch_cache_control(response, private=True, no_cache=True)
        elif response.status_code == HTTPStatus.OK:
            # Browsers ask again each time and mostly hear "not modified".
            patch_cache_control(
                response, public=True, max_age=0, s_maxage=settings.SHARED_CACHE_SECONDS
            )
        return response
