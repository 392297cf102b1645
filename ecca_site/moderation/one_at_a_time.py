"""Acts on one page in the CMS, which come one after the other."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from .models import lock_review

View = Callable[..., HttpResponse]

OF_PAGES = "wagtailadmin_pages"
PREVIEWS = {"preview_on_edit", "preview_on_add"}  # they write no page


def one_at_a_time(view: View) -> View:
    """Let whoever sends a form about a page wait until others have done what they do to it.

    Wagtail's views read the page, its last version and its review first, and write what follows
    from them at the end.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and is_about_a_page(request):
            lock_review(kwargs.get("page_id"))
        return view(request, *args, **kwargs)

    return wrapped


def is_about_a_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.url_name in PREVIEWS:
        return False
    return OF_PAGES in match.namespaces
