"""Ask the full-text index of the database for the pages a visitor looks for.

The index alone is asked: it holds what is public, under terms of each language. Of a common word
the newest hits are ranked, those in titles apart, so that the cost of a search grows neither with
the pages of the site nor with the hits. Whatever the visitor types arrives here as terms of letters
and digits, which mean nothing in either query language.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from ecca_site.i18n.analysis import Analyzer

MAX_HITS = 200  # how many are ranked, and how far a visitor can page


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


Statement = tuple[str, dict[str, str | int]]  # in SQL, and its parameters

ON_POSTGRESQL = """
    SELECT page_id FROM (
        (
            SELECT page_id, terms FROM search_entry
            WHERE terms @@ to_tsquery('simple', %(in_title)s)
            ORDER BY page_id DESC LIMIT %(most)s
        ) UNION (
            SELECT page_id, terms FROM search_entry
            WHERE terms @@ to_tsquery('simple', %(anywhere)s)
            ORDER BY page_id DESC LIMIT %(most)s
        )
    ) AS newest
    ORDER BY
        terms @@ to_tsquery('simple', %(in_title)s) DESC,
        ts_rank(terms, to_tsquery('simple', %(anywhere)s)) DESC,
        page_id DESC
    LIMIT %(most)s
"""
# SQLite has a limit for a UNION alone, not for its parts, unless these are queries in a query.
ON_SQLITE = """
    SELECT rowid FROM search_entry_fts
    WHERE search_entry_fts MATCH %(anywhere)s AND rowid IN (
        SELECT rowid FROM (
            SELECT rowid FROM search_entry_fts WHERE search_entry_fts MATCH %(in_title)s
            ORDER BY rowid DESC LIMIT %(most)s
        ) UNION SELECT rowid FROM (
            SELECT rowid FROM search_entry_fts WHERE search_entry_fts MATCH %(anywhere)s
            ORDER BY rowid DESC LIMIT %(most)s
        )
    )
    ORDER BY
        rowid IN (
            SELECT rowid FROM search_entry_fts WHERE search_entry_fts MATCH %(in_title)s
        ) DESC,
        bm25(search_entry_fts, 10.0, 1.0),
        rowid DESC
    LIMIT %(most)s
"""


def matching(words: Sequence[Wanted]) -> Statement:
    """Return what finds the keys of the pages that have something of every word.

    Hits in titles come first, then the more relevant ones.
    """
    if connection.vendor == "postgresql":
        anywhere = formula(words, "{}", "{}:*", " | ", " & ")
        in_title = formula(words, "{}:A", "{}:*A", " | ", " & ")
        statement = ON_POSTGRESQL
    else:
        anywhere = formula(words, '"{}"', '"{}"*', " OR ", " AND ")
        in_title = f"title_terms : ({anywhere})"
        statement = ON_SQLITE
    return statement, {"anywhere": anywhere, "in_title": in_title, "most": MAX_HITS}


def keys_of(words: Sequence[Wanted]) -> list[int]:
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*matching(words))
        return [key for (key,) in cursor.fetchall()]


def hits(query: str, language_code: str) -> list[int]:
    """Return the keys of the best MAX_HITS public pages of a language that hold a query's words.

    Pages come last that hold only words that begin with one of its words.
    """
    analyzer = Analyzer(language_code)
    keys = keys_of([Wanted(terms) for terms in analyzer.alternatives(query)])
    if len(keys) < MAX_HITS:
        keys += keys_of([Wanted(*word) for word in analyzer.beginnings(query)])
    return list(dict.fromkeys(keys))[:MAX_HITS]
