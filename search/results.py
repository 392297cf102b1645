"""The results that a visitor sees, with an excerpt of each page."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ecca_site.i18n.analysis import WORD, Analyzer

from .models import Entry

EXCERPT_LENGTH = 200  # characters
LEAD_LENGTH = 60  # characters before the first hit


@dataclass(frozen=True)
class Result:
    title: str
    url: str
    kind: str
    excerpt: SafeString
    date: datetime.date | None


def results(request: HttpRequest, page_ids: Sequence[int], query: str) -> list[Result]:
    """Return the results of these pages in this order, in one query.

    A page that is not public any more has none.
    """
    if not page_ids:
        return []
    entries = (
        Entry.objects.filter(page__live=True, page__alias_of=None)
        .defer("title_terms", "body_terms")
        .select_related("page__locale")
        .in_bulk(page_ids)
    )
    is_hit = Analyzer(get_language()).matcher(query)
    found = [entries[page_id] for page_id in page_ids if page_id in entries]
    return [
        Result(
            title=entry.page.title,
            url=entry.page.get_url(request),
            kind=entry.page.page_type_display_name,
            excerpt=excerpt(entry.text, is_hit),
            date=entry.date,
        )
        for entry in found
    ]


def excerpt(text: str, is_hit: Callable[[str], bool]) -> SafeString:
    """Return about EXCERPT_LENGTH characters around the first hit as safe HTML, all hits in <mark>.

    Without a hit in ``text`` (it may be in the title alone), these are its first words.
    """
    first = next((word.start() for word in WORD.finditer(text) if is_hit(word.group())), 0)
    start = 0
    if first > LEAD_LENGTH:
        start = text.find(" ", first - LEAD_LENGTH, first) + 1
    end = start + EXCERPT_LENGTH
    if end < len(text):
        space = text.rfind(" ", first, end)
        if space > first:
            end = space
    return format_html(
        "{}{}{}",
        "… " if start else "",
        marked(text[start:end], is_hit),
        " …" if end < len(text) else "",
    )


def marked(text: str, is_hit: Callable[[str], bool]) -> SafeString:
    """Return a text as safe HTML with its hits in <mark>."""
    pieces = []
    done = 0
    for word in WORD.finditer(text):
        if is_hit(word.group()):
            pieces.append((text[done : word.start()], word.group()))
            done = word.end()
    return format_html_join("", "{}<mark>{}</mark>", pieces) + escape(text[done:])
