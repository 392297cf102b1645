"""The contents of a refused form, to be shown and sent again.

No password and no file is kept, and nothing for other sites.
"""

import json
import re
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field
SECRET = re.compile("pass|token|secret", re.IGNORECASE)
# Fields that are for programs: numbers, kinds and order of blocks, and where to go afterwards.
FOR_PROGRAMS = re.compile(
    r"(^|-)(next|stamp|form_key|fax|comments|deleted|order|type|id|count|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$"
    r"|^(action|loaded_revision|overwrite_revision)"
)


@dataclass(frozen=True)
class Sent:
    """The fields of a form that was refused, and those among them that a person reads."""

    fields: list[tuple[str, str]]
    texts: list[str]
    is_sendable: bool
    token: str


def what_was_sent(request: HttpRequest) -> Sent | None:
    """Return what a form held, or None where nothing was sent or where it cannot be read.

    A form with a secret or a file, or from elsewhere, is only shown: it cannot be sent again.
    """
    if request.method != "POST":
        return None
    try:
        pairs = _pairs(request)
        is_whole = is_ours(request) and not request.FILES
    except (RequestDataTooBig, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return None
    fields = [(name, value) for name, value in pairs if not _is_secret(name, value)]
    texts = [readable(value) for name, value in fields if not FOR_PROGRAMS.search(name)]
    is_sendable = is_whole and fields == pairs
    return Sent(
        fields=fields if is_sendable else [],
        texts=[text for text in texts if is_text(text)],
        is_sendable=is_sendable,
        token=get_token(request),
    )


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Return name and value of everything that was sent, without Django's token."""
    pairs: list[tuple[str, str]] = []
    for name, values in request.POST.lists():
        if name != TOKEN:
            pairs += [(name, value) for value in values]
    return pairs


def _is_secret(name: str, value: str) -> bool:
    return bool(value) and SECRET.search(name) is not None


def is_ours(request: HttpRequest) -> bool:
    """Return whether the browser says that a page of this site sent the request.

    A request that does not say where it comes from is not sent again.
    """
    if request.headers.get("Sec-Fetch-Site") not in (None, "same-origin"):
        return False
    origin = request.headers.get("Origin", "")
    return origin.partition("://")[2] == request.get_host()


def is_text(value: str) -> bool:
    """Return whether somebody would miss it: a number or a tick is easily given again.

    An editor of rich texts sends "null" where nobody has written anything.
    """
    return value not in ("on", "null") and any(map(str.isalpha, value))


def readable(value: str) -> str:
    """Return the text of a value, without what the editors of rich texts and tables add."""
    if not value.startswith("{"):
        return value
    try:
        content = json.loads(value)
        if "data" in content:
            return "\n".join(_row(cells) for cells in content["data"])
        return "\n".join(block["text"] for block in content["blocks"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return value


def _row(cells: list[str | None]) -> str:
    return " | ".join(cell or "" for cell in cells)
