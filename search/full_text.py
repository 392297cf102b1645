"""Ask the full-text index of the database for the pages a visitor looks for.

The index is read first, and pages are joined to its hits: the cost of a search grows with its hits,
not with the pages of the site. Whatever the visitor types arrives here as terms of letters and
digits, which mean nothing in either query language.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.db import connection
from wagtail.models import Page, PageQuerySet

from ecca_site.i18n.analysis import Analyzer

MAX_HITS = 1000  # how far a visitor can page


class Wanted(NamedTuple):
    """One word of a query: a hit has one of its terms or, where it may, a word that begins so."""

    terms: frozenset[str]
    beginning: str = ""


def formula(
    words: Sequence[Wanted], term_format: str, beginning_format: str, either: str, both: str
) -> str:
    """Return "something of every word" in a database's own query language."""
    parts = []
    for word in words:
        choices = [term_format.format(term) for term in sorted(word.terms)]
        if word.beginning:
            choices.append(beginning_format.format(word.beginning))
        parts.append(f"({either.join(choices)})")
    return both.join(parts)


def match_on_postgresql(pages: PageQuerySet, words: Sequence[Wanted]) -> PageQuerySet:
    anywhere = formula(words, "{}", "{}:*", " | ", " & ")
    in_title = formula(words, "{}:A", "{}:*A", " | ", " & ")
    return pages.extra(
        tables=["search_entry"],
        where=[
            "search_entry.page_id = wagtailcore_page.id",
            "search_entry.terms @@ to_tsquery('simple', %s)",
        ],
        params=[anywhere],
        select={
            "is_in_title": "search_entry.terms @@ to_tsquery('simple', %s)",
            "relevance": "ts_rank(search_entry.terms, to_tsquery('simple', %s))",
        },
        select_params=[in_title, anywhere],
    )


def match_on_sqlite(pages: PageQuerySet, words: Sequence[Wanted]) -> PageQuerySet:
    query = formula(words, '"{}"', '"{}"*', " OR ", " AND ")
    return pages.extra(
        tables=["search_entry_fts"],
        where=["search_entry_fts.rowid = wagtailcore_page.id", "search_entry_fts MATCH %s"],
        params=[query],
        select={
            "is_in_title": (
                "search_entry_fts.rowid IN (SELECT rowid FROM search_entry_fts "
                "WHERE search_entry_fts MATCH %s)"
            ),
            "relevance": "-bm25(search_entry_fts, 10.0, 1.0)",
        },
        select_params=[f"title_terms : ({query})"],
    )


MATCH: dict[str, Callable[[PageQuerySet, Sequence[Wanted]], PageQuerySet]] = {
    "postgresql": match_on_postgresql,
    "sqlite": match_on_sqlite,
}


def public_pages(language_code: str) -> PageQuerySet:
    return Page.objects.live().filter(alias_of=None, locale__language_code=language_code)


def matching(pages: PageQuerySet, words: Sequence[Wanted]) -> PageQuerySet:
    """Return those of these pages that have something of every word.

    Hits in titles come first, then the more relevant ones.
    """
    if not words:
        return pages.none()
    found = MATCH[connection.vendor](pages, words)
    return found.extra(order_by=["-is_in_title", "-relevance", "-id"])


def hits(query: str, language_code: str) -> list[int]:
    """Return the keys of the best MAX_HITS public pages of a language that hold a query's words.

    Pages come last that hold only words that begin with one of its words.
    """
    analyzer = Analyzer(language_code)
    pages = public_pages(language_code)
    whole_words = [Wanted(terms) for terms in analyzer.alternatives(query)]
    beginnings = [Wanted(*word) for word in analyzer.beginnings(query)]
    keys = first_keys(matching(pages, whole_words)) + first_keys(matching(pages, beginnings))
    return list(dict.fromkeys(keys))[:MAX_HITS]


def first_keys(pages: PageQuerySet) -> list[int]:
    return list(pages.values_list("pk", flat=True)[:MAX_HITS])
