"""The language switcher of views: of a form, the search, somebody's programme, an error."""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from ecca_site.i18n.languages import url_prefix

from .addresses import PageLanguage
from .outline import languages_with_a_home

PAGES = "wagtail_serve"  # a path of pages: in another language it may lead to none


def view_languages(
    request: HttpRequest, elsewhere: Iterable[PageLanguage] = (), is_error: bool = False
) -> list[PageLanguage]:
    """Return for every language the address of the same view, of which the query string is a part.

    From an error it is the address in ``elsewhere``, or else the home page of the language. A
    language without a live home page has no address. A view whose address names no language has no
    switcher: the list is empty.
    """
    match = request.resolver_match
    if match is None or match.view_name == PAGES:
        is_error = True
    if not is_error and not is_below_a_language(request):
        return []
    active = translation.get_language()
    found = {entry.code: entry.url for entry in elsewhere}
    for code in languages_with_a_home():
        found.setdefault(code, home_of(code) if is_error else same_view(request, code))
    return [
        PageLanguage(code, name, found.get(code), code == active)
        for code, name in settings.LANGUAGES
    ]


def is_below_a_language(request: HttpRequest) -> bool:
    return request.path_info.startswith(home_of(translation.get_language()))


def home_of(language_code: str) -> str:
    return f"/{url_prefix(language_code)}/"


def same_view(request: HttpRequest, language_code: str) -> str:
    """Return the address of a request's view in a language; secret links keep their secret."""
    match = request.resolver_match
    with translation.override(language_code):
        try:
            path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return home_of(language_code)
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def with_filter(entries: list[PageLanguage], form: Form | None) -> list[PageLanguage]:
    """Return entries that lead to a list narrowed as it is here.

    The number of a page stays behind: in another language other things stand on it.
    """
    if form is None:
        return entries
    chosen = QueryDict(mutable=True)
    for name in form.fields:
        chosen.setlist(name, [value for value in form.data.getlist(name) if value])
    query = chosen.urlencode()
    if not query:
        return entries
    narrowed = []
    for entry in entries:
        if entry.url:
            entry = replace(entry, url=f"{entry.url}?{query}")
        narrowed.append(entry)
    return narrowed
