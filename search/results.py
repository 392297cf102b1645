"""What a visitor sees of a hit."""

import datetime
from dataclasses import dataclass

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ecca_site.core.analysis import WORD, Analyzer

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


def results(request, page_ids, query):
    """Return the results of these pages in this order, in one query."""
    if not page_ids:
        return []
    entries = Entry.objects.defer("title_terms", "body_terms").select_related("page__locale").in_bulk(page_ids)
    is_hit = Analyzer(get_language()).matcher(query)
    return [
        Result(
            title=entry.page.title,
            url=entry.page.get_url(request),
            kind=entry.page.page_type_display_name,
            excerpt=excerpt(entry.text, is_hit),
            date=entry.date,
        )
        for page_id in page_ids
        if (entry := entries.get(page_id))
    ]


def excerpt(text, is_hit):
    """Return about EXCERPT_LENGTH characters around the first hit as safe HTML, all hits in <mark>.

    Without a hit in ``text`` (it may be in the title alone), these are its first words.
    """
    first = next((word.start() for word in WORD.finditer(text) if is_hit(word.group())), 0)
    start = text.find(" ", first - LEAD_LENGTH, first) + 1 if first > LEAD_LENGTH else 0
    end = start + EXCERPT_LENGTH
    if end < len(text):
        space = text.rfind(" ", first, end)
        end = space if space > first else end
    return format_html(
        "{}{}{}", "… " if start else "", marked(text[start:end], is_hit), " …" if end < len(text) else ""
    )


def marked(text, is_hit):
    pieces, done = [], 0
    for word in WORD.finditer(text):
        if is_hit(word.group()):
            pieces.append((text[done : word.start()], word.group()))
            done = word.end()
    return format_html_join("", "{}<mark>{}</mark>", pieces) + escape(text[done:])
