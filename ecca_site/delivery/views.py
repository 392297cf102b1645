import logging
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection, transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    HttpResponseServerError,
    JsonResponse,
)
from django.middleware import csrf
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views

from ecca_site.i18n.languages import html_lang, url_prefix
from ecca_site.intake.kept import what_was_sent
from ecca_site.intake.submissions import is_foreign

from . import refusals
from .memory import hand_on
from .parameters import READ
from .refusals import is_cms, is_script, language_of, refuse
from .routing import find_route

logger = logging.getLogger(__name__)

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
FOREIGN_REASONS = ("Origin checking failed", "Referer checking failed")
NO_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>ECCA</title>'
    '<h1>Something went wrong</h1><p><a href="/">ECCA</a></p></html>'
)


def reading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer by a view that only reads, without a transaction.

    On SQLite it would wait for whoever writes.
    """
    return transaction.non_atomic_requests(require_safe(view))


# Without a transaction as in ``reading``; but pages may take a POST.
@transaction.non_atomic_requests
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Answer by Wagtail's view of a page, with a shorter way to it."""
    route = find_route(path)
    if isinstance(route, str):
        return HttpResponseRedirect(route)
    request._wagtail_route_for_request = route
    if route is not None:
        hand_on(READ, getattr(route.page, "query_parameters", ()))
    return wagtail_views.serve(request, path)


@reading
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process can reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, TOO_MUCH):
        return refuse(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return refuse(request, HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say why something is refused, where the refusal gives a reason.

    A script of the CMS is refused like this, too, when the session has ended.
    """
    if is_cms(request) and hasattr(request, "user") and not request.user.is_authenticated:
        return refuse(request, HTTPStatus.FORBIDDEN, refusals.SIGNED_OUT)
    return refuse(request, HTTPStatus.FORBIDDEN, reason=str(exception or ""))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what a visitor can do about a form without a valid token.

    The form is kept, to be sent again.
    """
    if is_foreign(request) or reason.startswith(FOREIGN_REASONS):
        words = refusals.FOREIGN
    elif reason in (csrf.REASON_NO_CSRF_COOKIE, csrf.REASON_CSRF_TOKEN_MISSING):
        words = refusals.NO_COOKIE
    else:
        words = refusals.OUT_OF_DATE
    return refuse(request, HTTPStatus.FORBIDDEN, words)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when nothing may be relied on.

    It needs neither database nor cache nor session, and can do without a template.
    """
    try:
        language = language_of(request)
        with translation.override(language):
            if is_script(request):
                message = gettext(
                    "The mistake is ours, not yours. Nothing was saved. Please try again in a "
                    "moment."
                )
                return JsonResponse({"message": message}, status=HTTPStatus.INTERNAL_SERVER_ERROR)
            content = render_to_string("500.html", last_words(request, language))
    except Exception:
        logger.exception("The page for errors cannot be made")
        content = NO_PAGE
    return HttpResponseServerError(content)


def last_words(request: HttpRequest, language: str) -> dict[str, object]:
    """Return the context of the page for errors, which is made without any context processor."""
    return {
        "lang": html_lang(language),
        "home": reverse("wagtailadmin_home") if is_cms(request) else f"/{url_prefix(language)}/",
        "is_cms": is_cms(request),
        "sent": what_was_sent(request),
        "is_sendable": True,
        "path": request.get_full_path(),
    }
