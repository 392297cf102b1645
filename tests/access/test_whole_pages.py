"""Pages of a list are read as what they are, by keys of both of their tables."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from ecca_site.access.whole_pages import by_path
from tests import factories
from tests.blocks_touched import plan_of


@pytest.fixture
def pages(site):
    index = factories.add_news_index(site)
    factories.add_news(index)
    factories.add_content(site)
    return Page.objects.filter(depth__gt=1).annotate_site_root_state().order_by("-path")


def test_they_are_those_of_wagtail(pages):
    expected = list(pages.specific())
    found = list(by_path(pages))
    assert found == expected
    assert [type(page) for page in found] == [type(page) for page in expected]
    assert [vars(page).keys() for page in found] == [vars(page).keys() for page in expected]
    assert [page._is_site_root for page in found] == [page._is_site_root for page in expected]


def test_a_row_whose_type_has_none_of_it_is_a_page(pages):
    news = pages.get(title="News")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM news_newsindexpage WHERE page_ptr_id = %s", [news.pk])
    assert type(next(page for page in by_path(pages) if page.pk == news.pk)) is Page


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("way", ["nestloop", "hashjoin", "mergejoin"])
def test_no_plan_reads_all_pages(pages, way):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"SET LOCAL enable_{way} = off")
    with CaptureQueriesContext(connection) as queries:
        list(by_path(pages))
    joined = [query["sql"] for query in queries if "INNER JOIN" in query["sql"].split("EXISTS")[0]]
    assert joined
    for sql in joined:
        for step in steps(plan_of(sql)):
            if step.get("Index Name", "").startswith("wagtailcore_page"):
                assert step.get("Index Cond"), "this index is read as a whole"


def steps(plan):
    yield plan
    for step in plan.get("Plans", ()):
        yield from steps(step)
