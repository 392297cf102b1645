"""The query parameters that pages for visitors read.

A view or a page type declares those that it reads. What nobody declares (``utm_source``, ``fbclid``
and whatever others hang on our addresses) never reaches a view, stands in no link, and neither
fills the page cache nor goes round it.
"""

from collections.abc import Callable, Iterable
from functools import wraps

from django.http import HttpRequest, HttpResponse, QueryDict

View = Callable[..., HttpResponse]

declared: set[str] = set()


def reads(*names: str) -> Callable[[View], View]:
    """Declare the query parameters of a view; its answers are kept for these and no others."""
    declare(names)

    def decorate(view: View) -> View:
        @wraps(view)
        def reading_view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response.query_parameters = names
            return response

        return reading_view

    return decorate


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
