"""Ask the full-text index of the database for the pages a visitor looks for.

The index drives, and pages are joined to what it finds: a search costs what it finds, not what there is. Whatever
the visitor types arrives here as terms of letters and digits, which mean nothing in either query language.
"""

from django.db import connection
from wagtail.models import Page

from ecca_site.core.analysis import Analyzer

MAX_HITS = 1000  # how far a visitor can page


def formula(alternatives, term_format, either, both):
    """Write "a term of every set" in a database's own query language."""
    return both.join(f"({either.join(term_format.format(term) for term in sorted(terms))})" for terms in alternatives)


def match_on_postgresql(pages, alternatives, are_beginnings):
    anywhere = formula(alternatives, "{}:*" if are_beginnings else "{}", " | ", " & ")
    in_title = formula(alternatives, "{}:*A" if are_beginnings else "{}:A", " | ", " & ")
    return pages.extra(
        tables=["search_entry"],
        where=["search_entry.page_id = wagtailcore_page.id", "search_entry.terms @@ to_tsquery('simple', %s)"],
        params=[anywhere],
        select={
            "is_in_title": "search_entry.terms @@ to_tsquery('simple', %s)",
            "relevance": "ts_rank(search_entry.terms, to_tsquery('simple', %s))",
        },
        select_params=[in_title, anywhere],
    )


def match_on_sqlite(pages, alternatives, are_beginnings):
    query = formula(alternatives, '"{}"*' if are_beginnings else '"{}"', " OR ", " AND ")
    return pages.extra(
        tables=["search_entry_fts"],
        where=["search_entry_fts.rowid = wagtailcore_page.id", "search_entry_fts MATCH %s"],
        params=[query],
        select={
            "is_in_title": (
                "search_entry_fts.rowid IN (SELECT rowid FROM search_entry_fts WHERE search_entry_fts MATCH %s)"
            ),
            "relevance": "-bm25(search_entry_fts, 10.0, 1.0)",
        },
        select_params=[f"title_terms : ({query})"],
    )


MATCH = {"postgresql": match_on_postgresql, "sqlite": match_on_sqlite}


def public_pages(language_code):
    return Page.objects.live().filter(alias_of=None, locale__language_code=language_code)


def matching(pages, alternatives, are_beginnings=False):
    """Return those of ``pages`` that hold a term of every set: titles first, then by relevance."""
    if not alternatives:
        return pages.none()
    found = MATCH[connection.vendor](pages, alternatives, are_beginnings)
    return found.extra(order_by=["-is_in_title", "-relevance", "-id"])


def hits(query, language_code):
    """Return the keys of the best MAX_HITS public pages of a language that hold every word of ``query``.

    Where there are none, its words are taken for the beginnings of words.
    """
    analyzer = Analyzer(language_code)
    pages = public_pages(language_code)
    return first_keys(matching(pages, analyzer.alternatives(query))) or first_keys(
        matching(pages, analyzer.beginnings(query), are_beginnings=True)
    )


def first_keys(pages):
    return list(pages.values_list("pk", flat=True)[:MAX_HITS])
