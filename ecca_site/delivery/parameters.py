"""The query parameters that pages for visitors read.

A view or a page type declares those that it reads. What nobody declares (``utm_source``, ``fbclid``
and whatever others hang on our addresses) never reaches a view, stands in no link, and neither
fills the page cache nor goes round it.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import cast

from django.http import HttpRequest, HttpResponse, QueryDict

from .memory import hand_on, handed_on

View = Callable[..., HttpResponse]

declared: set[str] = set()
READ = "the query parameters that the view of this request reads"


def reads(*names: str) -> Callable[[View], View]:
    """Declare the query parameters of a view; its answers are kept for these and no others."""
    declare(names)

    def decorate(view: View) -> View:
        @wraps(view)
        def reading_view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            hand_on(READ, names)
            return view(request, *args, **kwargs)

        return reading_view

    return decorate


def parameters_read() -> set[str]:
    """Return the query parameters that the view of this request has declared."""
    names = cast("Iterable[str] | None", handed_on(READ))
    return set(names or ())


def declare(names: Iterable[str]) -> None:
    declared.update(names)


def leave_out_undeclared(request: HttpRequest) -> None:
    """Take from a request the parameters that no view reads."""
    kept = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name in declared:
            kept.setlist(name, values)
    kept._mutable = False
    request.GET = kept
    request.META["QUERY_STRING"] = kept.urlencode()
