"""Refusals and errors: a page in the reader's language says what happened and how to go on.

In the CMS it has the CMS's look, and a script gets the same words as JSON. What was typed is shown
again, and can be sent again where the browser says that it came from a page of ours.
"""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecca_site.i18n.languages import html_lang
from ecca_site.intake.decisions import TooLate
from ecca_site.intake.kept import what_was_sent


@dataclass(frozen=True)
class Words:
    """The words of a refusal: what happened, and how to go on."""

    heading: str | Promise
    text: str | Promise


UNREADABLE = Words(
    _("This request cannot be read"),
    _("Something in the address or in the form is missing or makes no sense here."),
)
NOT_ALLOWED = Words(
    _("This is not open to you"),
    _("Your account may not do this. Nothing was changed. If you need it, ask an administrator."),
)
SIGNED_OUT = Words(
    _("You are signed out"),
    _(
        "Your session has ended: nothing was saved. Sign in again in a new tab, come back here and "
        "send it again."
    ),
)
UNPROVED = Words(
    _("Is it you?"),
    _(
        "This matters to the whole site, and you gave your second factor more than ten minutes "
        "ago: nothing was saved. Give it once more in a new tab, come back here and send it again."
    ),
)
FOREIGN = Words(
    _("Nothing was sent"),
    _(
        "This form was sent from another site, or your browser hides where it came from. Send it "
        "from here."
    ),
)
NO_COOKIE = Words(
    _("Nothing was sent"),
    _(
        "Your browser sent no cookie back. Allow cookies for this site, or sign in again, and send "
        "the form once more."
    ),
)
OUT_OF_DATE = Words(
    _("Nothing was sent"),
    _("This form is older than your sign-in. Look it over and send it again."),
)
NOT_FOUND = Words(
    _("Page not found"),
    _("There is nothing at this address. Perhaps the page has moved."),
)
NOT_SHOWN = Words(
    _("There is nothing to read at this address"),
    _("It only takes what a form sends. Open the page with the form and use its button."),
)
NOT_WRITTEN = Words(
    _("This address only shows something"),
    _("Nothing can be sent to it, and nothing was changed."),
)
GONE = Words(
    _("This is no longer here"),
    _("It was taken away, or its address has run out."),
)
TOO_MUCH = Words(
    _("That was too much at once"),
    _(
        "Nothing was saved. Go back in your browser, where the form still stands, and send less: "
        "smaller files, or fewer parts at a time."
    ),
)
NOT_DONE = Words(
    _("This could not be done"),
    _("Nothing was changed. Go back and try again."),
)
TOO_LATE = _("This is no longer possible")  # a heading; each has its own words
BUSY = Words(
    _("Others were changing the same just now"),
    _("Nothing was changed. Wait a moment and send it again."),
)
BY_STATUS: dict[int, Words] = {
    HTTPStatus.BAD_REQUEST: UNREADABLE,
    HTTPStatus.FORBIDDEN: NOT_ALLOWED,
    HTTPStatus.NOT_FOUND: NOT_FOUND,
    HTTPStatus.GONE: GONE,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: TOO_MUCH,
}
# Refusals after which it helps to send the same once more.
SENDABLE = (SIGNED_OUT, UNPROVED, NO_COOKIE, OUT_OF_DATE, BUSY)


def words_for(status: int, method: str) -> Words:
    """Return the words for a status where nothing more is known."""
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return NOT_SHOWN if method in ("GET", "HEAD") else NOT_WRITTEN
    return BY_STATUS.get(status, NOT_DONE)


def refuse(
    request: HttpRequest,
    status: int,
    words: Words | None = None,
    reason: str = "",
    way_on: tuple[str, str] | None = None,
) -> HttpResponse:
    """Answer with a page, or with JSON for a script.

    ``reason`` takes the place of the usual text; ``way_on`` is the address and the name of a link
    before the usual ones.
    """
    words = words or words_for(status, request.method)
    language = language_of(request)
    with translation.override(language):
        text = reason or words.text
        if is_script(request):
            response = JsonResponse({"message": str(text).strip()}, status=status)
        else:
            context = {
                "status": status,
                "heading": words.heading,
                "text": text,
                "way_on": way_on,
                "is_signed_out": words is SIGNED_OUT,
                "is_unproved": words is UNPROVED,
                "sent": what_was_sent(request),
                "is_sendable": words in SENDABLE,
            }
            response = render(request, template_for(request), context, status=status)
    response["Content-Language"] = html_lang(language)
    add_never_cache_headers(response)
    return response


def refuse_late(request: HttpRequest, error: TooLate) -> HttpResponse:
    """Answer whoever comes too late, with a way to see how it stands now."""
    is_sent = request.method not in ("GET", "HEAD")
    status = HTTPStatus.CONFLICT if is_sent else HTTPStatus.GONE
    way_on = error.way_on
    if way_on is None and is_sent:
        way_on = (request.path, gettext("See how it stands now"))
    return refuse(request, status, Words(TOO_LATE, str(error)), way_on=way_on)


def template_for(request: HttpRequest) -> str:
    """Return the template of the CMS or of the site.

    Before it is known who asks, the CMS cannot make its own page.
    """
    if is_cms(request) and hasattr(request, "user"):
        return "wagtailadmin/refusal.html"
    return "refusal.html"


def is_cms(request: HttpRequest) -> bool:
    return request.path_info.startswith(reverse("wagtailadmin_home"))


def language_of(request: HttpRequest) -> str:
    """Return the language that a middleware has chosen.

    Before one has, it is that of the address or else the browser's.
    """
    if hasattr(request, "LANGUAGE_CODE"):
        return translation.get_language()
    return translation.get_language_from_request(request, check_path=True)


def is_script(request: HttpRequest) -> bool:
    """Return whether a script asks, which shows no page."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return True
    if request.content_type == "application/json":
        return True
    if request.headers.get("Sec-Fetch-Dest") == "empty":
        return True
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted
