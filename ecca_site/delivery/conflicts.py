"""Requests that the database ended for the sake of others: done once more, then told in words.

Of transactions that wait for each other PostgreSQL ends one. It has changed nothing, and nobody
who sent a form can know why: it is done again, once. If that ends so, too, the reader gets a page
with what was typed, to be sent again.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.messages.storage import default_storage
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from .refusals import BUSY, refuse

# Of PostgreSQL: serialisation failure and deadlock; of SQLite: another one writes for too long.
CONFLICTS = {"40001", "40P01", "SQLITE_BUSY"}


class Undone(HttpResponse):
    """The place of an answer that there is not: the database has ended the request."""


class ConflictMiddleware:
    """Do a request again that the database has ended. It stands next to the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, Undone) and may_be_done_again(request):
            # What the first time would have said is as if it had never been said.
            request._messages = default_storage(request)
            response = self.get_response(request)
        if isinstance(response, Undone):
            return refuse(request, HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_conflict(exception):
            return Undone()
        return None


def is_conflict(exception: BaseException | None) -> bool:
    """Return whether the database ended a transaction for the sake of another one."""
    while exception is not None:
        if isinstance(exception, DatabaseError):
            cause = exception.__cause__
            code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
            if code in CONFLICTS:
                return True
        exception = exception.__cause__ or exception.__context__
    return False


def may_be_done_again(request: HttpRequest) -> bool:
    """Return whether a request is still whole: files that were sent have been moved by then."""
    return request.content_type != "multipart/form-data" or not request.FILES
