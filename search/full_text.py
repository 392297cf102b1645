"""Ask the full-text index of the database for the pages a visitor looks for.

The index drives, and pages are joined to what it finds: a search costs what it finds, not what there is. Whatever
the visitor types arrives here as terms of letters and digits, which mean nothing in either query language.
"""

from django.db import connection
from wagtail.models import Page

from .analysis import Analyzer

MAX_HITS = 1000  # how far a visitor can page


def match_on_postgresql(pages, alternatives):
    def tsquery(weight=""):
        return " & ".join("({})".format(" | ".join(term + weight for term in sorted(terms))) for terms in alternatives)

    return pages.extra(
        tables=["search_entry"],
        where=["search_entry.page_id = wagtailcore_page.id", "search_entry.terms @@ to_tsquery('simple', %s)"],
        params=[tsquery()],
        select={
            "is_in_title": "search_entry.terms @@ to_tsquery('simple', %s)",
            "relevance": "ts_rank(search_entry.terms, to_tsquery('simple', %s))",
        },
        select_params=[tsquery(":A"), tsquery()],
    )


def match_on_sqlite(pages, alternatives):
    query = " AND ".join("({})".format(" OR ".join(f'"{term}"' for term in sorted(terms))) for terms in alternatives)
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


def matching_pages(query, language_code):
    """Return the public pages of a language that hold every word of ``query``: titles first, then by relevance."""
    alternatives = Analyzer(language_code).alternatives(query)
    if not alternatives:
        return Page.objects.none()
    pages = Page.objects.live().public().filter(alias_of=None, locale__language_code=language_code)
    return MATCH[connection.vendor](pages, alternatives).extra(order_by=["-is_in_title", "-relevance", "-id"])


def hits(query, language_code):
    """Return the keys of the best MAX_HITS pages, in two queries: what is private, what is found."""
    return list(matching_pages(query, language_code).values_list("pk", flat=True)[:MAX_HITS])
