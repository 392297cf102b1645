"""The index of the database drives every search."""

import pytest
from django.db import connection
from wagtail.models import Page

from search.full_text import matching_pages

only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's plan")
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's plan")


@pytest.fixture
def many_pages(make_page):
    for i in range(50):
        make_page(f"Page {i}")
    make_page("Quarry")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


@only_postgresql
def test_postgresql_asks_the_index_of_entries(many_pages):
    assert "Bitmap Index Scan on search_entry_terms" in matching_pages("quarry", "en").explain()


@only_postgresql
def test_wagtails_search_asks_the_index_of_title_and_body(many_pages):
    pages = Page.objects.search("quarry", order_by_relevance=False).get_queryset()

    assert "search_wagtail_title_body" in pages.explain()


@only_sqlite
def test_sqlite_is_driven_by_its_full_text_index(many_pages):
    steps = matching_pages("quarry", "en").explain().splitlines()

    assert "SCAN search_entry_fts VIRTUAL TABLE INDEX" in steps[0]
    assert not any("SCAN wagtailcore_page" in step for step in steps)
