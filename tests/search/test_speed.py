"""The index of the database drives every search."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from ecca_site.i18n.analysis import Analyzer
from search.full_text import Wanted, matching, public_pages
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


def found(word="quarry"):
    return matching(public_pages("en"), [Wanted(*word) for word in Analyzer("en").beginnings(word)])


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

    assert "Bitmap Index Scan on search_entry_terms" in found(word).explain()


@only_postgresql
def test_wagtails_search_asks_the_index_of_title_and_body(many_pages):
    pages = Page.objects.search("quarry", order_by_relevance=False).get_queryset()

    assert "search_wagtail_title_body" in pages.explain()


@only_sqlite
@pytest.mark.parametrize("word", ["quarry", "quarr"])
def test_sqlite_is_driven_by_its_full_text_index(many_pages, word):
    plan = found(word).explain()

    assert plan.index("SCAN search_entry_fts VIRTUAL TABLE") < plan.index(
        "SEARCH wagtailcore_page USING INTEGER"
    )
    assert "SCAN wagtailcore_page" not in plan


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
