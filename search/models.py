MAX_HITS = 1000  # how far a visitor can page

# How each database finds the entries of a query in its own full-text index (see the first migration), titles first.
# The index drives and pages are joined to its hits, so that a search costs what it finds, not what there is.
FULL_TEXT = {
    "postgresql": {
        "tables": ["search_entry"],
        "where": [
            "search_entry.page_id = wagtailcore_page.id",
            "search_entry.terms @@ to_tsquery('simple', %s)",
        ],
        "select": {
            "is_in_title": "search_entry.terms @@ to_tsquery('simple', %s)",
            "relevance": "ts_rank(search_entry.terms, to_tsquery('simple', %s))",
        },
    },
    "sqlite": {
        "tables": ["search_entry_fts"],
        "where": [
            "search_entry_fts.rowid = wagtailcore_page.id",
            "search_entry_fts MATCH %s",
        ],
        "select": {
            "is_in_title": (
                "search_entry_fts.rowid IN (SELECT rowid FROM search_entry_fts WHERE search_entry_fts MATCH %s)"
            ),
            "relevance": "CASE WHEN %s <> '' THEN -bm25(search_entry_fts, 10.0, 1.0) END",
        },
    },
}


def as_tsquery(alternatives, only_title=False):
    weight = ":A" if only_title else ""
    return " & ".join(f"({' | '.join(term + weight for term in sorted(terms))})" for terms in alternatives)


def as_fts5(alternatives, only_title=False):
    words = " AND ".join("({})".format(" OR ".join(f'"{term}"' for term in sorted(terms))) for terms in alternatives)
    return f"title_terms : ({words})" if only_title else words
