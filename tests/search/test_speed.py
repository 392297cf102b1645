"""The index of the database drives every search."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from ecca_site.i18n.analysis import Analyzer
from search.full_text import Wanted, matching
from search.models import Entry
from tests.many import copy_many

only_postgresql = pytest.mark.only_on("postgresql")
only_sqlite = pytest.mark.only_on("sqlite")


@pytest.fixture
def many_pages(make_page):
    for i in range(50):
        make_page(f"Page {i}")
    make_page("Quarry")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_entry, wagtailcore_page, wagtailsearch_indexentry")
            # So few rows would be read whole, or by their keys.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")


def plan_of_search(word="quarry"):
    statement, parameters = matching([Wanted(*word) for word in Analyzer("en").beginnings(word)])
    explain = {"postgresql": "EXPLAIN", "sqlite": "EXPLAIN QUERY PLAN"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {statement}", parameters)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@only_postgresql
@pytest.mark.parametrize("word", ["quarry", "quarr"])
def test_postgresql_asks_the_index_of_entries(make_page, word):
    page = make_page("Quarry")
    keys = copy_many(page, 3000)
    copies = Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True)
    Entry.objects.bulk_create(
        Entry(page_id=pk, title_terms=f"enword{pk}", body_terms="", text="") for pk in copies
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_entry, wagtailcore_page")

    assert "Bitmap Index Scan on search_entry_terms" in plan_of_search(word)


@only_postgresql
def test_wagtails_search_asks_the_index_of_title_and_body(many_pages):
    pages = Page.objects.search("quarry", order_by_relevance=False).get_queryset()

    assert "search_wagtail_title_body" in pages.explain()


@only_sqlite
@pytest.mark.parametrize("word", ["quarry", "quarr"])
def test_sqlite_is_driven_by_its_full_text_index(many_pages, word):
    plan = plan_of_search(word)

    assert "SCAN search_entry_fts VIRTUAL TABLE INDEX" in plan
    assert not re.search(r"(SCAN|SEARCH) (search_entry|wagtailcore_page)\b", plan)


def test_saving_a_page_rewrites_no_entry_of_another_page(make_page):
    """The stock backend rewrites the entries whose titles are of average length, and two editors
    can deadlock.
    """
    with CaptureQueriesContext(connection) as captured:
        make_page("Quarry")

    updates = [
        query["sql"]
        for query in captured
        if query["sql"].startswith("UPDATE") and "indexentry" in query["sql"]
    ]
    assert updates == []
    assert [page.title for page in Page.objects.search("quarry")] == ["Quarry"]
