"""Acts on one page or speaker in the CMS, which come one after the other.

Wagtail's views read the page, its last version and its review first, and write what follows from
them at the end: of a version that is saved meanwhile the page would not know.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.models import Page

from .models import lock_reviews
from .reviewed import reviewed_snippets

View = Callable[..., HttpResponse]

OF_PAGES = "wagtailadmin_pages"
OF_MANY = "wagtail_bulk_action"
FREE = {
    *("preview_on_edit", "preview_on_add"),  # they write no page
    "workflow_action",  # a decision locks what it needs, and says who was first
}
# What these do is done to translations, too, and to what stands below.
REACHING = {"delete", "unpublish", "move_confirm"}


def one_at_a_time(view: View) -> View:
    """Let whoever sends a form about pages wait until others have done what they do to them."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match = request.resolver_match
        if request.method == "POST" and match is not None:
            lock_what_is_meant(request, match)
        return view(request, *args, **kwargs)

    return wrapped


def lock_what_is_meant(request: HttpRequest, match: ResolverMatch) -> None:
    if OF_PAGES in match.namespaces and match.url_name not in FREE:
        key = match.kwargs.get("page_id", match.kwargs.get("page_to_move_id"))
        if match.url_name in REACHING:
            lock_all_that_changes(
                Page.objects.filter(pk=key), is_deletion=match.url_name == "delete"
            )
        elif key is not None:
            lock_reviews([key])
    elif match.view_name == OF_MANY and match.kwargs.get("model_name") == "page":
        is_deletion = match.kwargs.get("action") == "delete"
        lock_all_that_changes(chosen(request), is_deletion=is_deletion)
    else:
        lock_snippet(match)


def lock_snippet(match: ResolverMatch) -> None:
    key = match.kwargs.get("pk")
    if match.url_name in FREE or not isinstance(key, str) or not key.isdecimal():
        return
    for model in reviewed_snippets():
        if model.snippet_viewset.url_namespace in match.namespaces:
            lock_reviews([int(key)], model, with_past=match.url_name == "delete")


def chosen(request: HttpRequest) -> Iterable[Page]:
    """Return the pages that are ticked in a list, or all that stand in it."""
    keys = request.GET.getlist("id")
    parent = request.GET.get("childOf", "")
    if "all" in keys and parent.isdecimal():
        above = Page.objects.filter(pk=parent).first()
        return Page.objects.child_of(above) if above is not None else []
    return Page.objects.filter(pk__in=[key for key in keys if key.isdecimal()])


def lock_all_that_changes(pages: Iterable[Page], *, is_deletion: bool) -> None:
    """Lock pages with their translations, and what stands below any of them."""
    translation_keys = {page.translation_key for page in pages if page.depth > 1}
    changed = Page.objects.filter(translation_key__in=translation_keys)
    is_below = Q(pk__in=[])
    for path in changed.values_list("path", flat=True):
        is_below |= Q(path__startswith=path)
    keys = Page.objects.filter(is_below).values_list("pk", flat=True)
    lock_reviews(keys, with_past=is_deletion)
