"""A view declares the query parameters that it reads; the cache keeps those and nothing else."""

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.test import RequestFactory

from conferences.forms import ProgrammeFilterForm
from conferences.models import ConferenceIndexPage, ConferencePage
from ecca_site.delivery.parameters import declared, leave_out_undeclared
from home.models import ContentPage, HomePage
from news.forms import NewsFilterForm
from news.models import NewsIndexPage, NewsPage
from partners.forms import DirectoryForm
from partners.models import PartnerIndexPage
from tests import factories

FILTERS = [
    (NewsIndexPage, [*NewsFilterForm.base_fields, "page"]),
    (PartnerIndexPage, [*DirectoryForm.base_fields, "page"]),
    (ConferenceIndexPage, ["page"]),
    (ConferencePage, [*ProgrammeFilterForm.base_fields]),
    (HomePage, []),
    (ContentPage, []),
    (NewsPage, []),
]


@pytest.fixture(autouse=True)
def _pages_are_kept(settings):
    settings.PAGE_CACHE_SECONDS = 300


@pytest.fixture
def news(site):
    index = factories.add_news_index(site)
    factories.add_news(index, title="Bricks from a school")
    return index


def keys():
    return {key for key in cache._cache if ":page:" in key}


@pytest.mark.parametrize(("page_type", "names"), FILTERS)
def test_a_page_type_declares_what_its_filter_reads(page_type, names):
    assert sorted(page_type.query_parameters) == sorted(names)
    assert set(names) <= declared


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("utm_source=letter&page=2", "page=2"),
        ("fbclid=Iw&utm_campaign=x", ""),
        ("page=1&PAGE=2&q=%C5%BEica&q=zid", "page=1&q=%C5%BEica&q=zid"),
        ("", ""),
        ("page", "page="),
    ],
)
def test_what_nobody_declares_is_taken_from_the_request(query, left):
    request = RequestFactory().get(f"/en/news/?{query}")
    leave_out_undeclared(request)
    assert QueryDict(left) == request.GET
    assert request.META["QUERY_STRING"] == left


def test_marks_of_campaigns_get_the_page_that_is_kept(client, news, django_assert_num_queries):
    kept = client.get("/en/news/").content
    number = len(keys())
    with django_assert_num_queries(0):
        answer = client.get("/en/news/?utm_source=letter&utm_medium=mail&fbclid=IwAR0")
    assert answer.content == kept
    assert len(keys()) == number


def test_a_filter_is_kept_where_a_view_reads_it(client, news, django_assert_num_queries):
    client.get("/en/news/?page=1")
    with django_assert_num_queries(0):
        assert client.get("/en/news/?utm_source=letter&page=1").status_code == 200


def test_what_another_view_reads_fills_no_cache(client, news):
    """The search reads ``q``; the home page and the news do not."""
    client.get("/en/"), client.get("/en/news/")
    number = len(keys())
    for word in ("a", "b", "c"):
        assert client.get(f"/en/?q={word}").status_code == 200
        assert client.get(f"/en/news/?q={word}").status_code == 200
    assert len(keys()) == number


def test_no_link_of_a_kept_page_holds_a_mark_of_a_campaign(client, news):
    for number in range(NewsIndexPage.page_size):
        factories.add_news(news, title=f"News {number}")
    content = client.get("/en/news/?utm_source=letter&page=1").content.decode()
    assert "page=2" in content
    assert "utm_source" not in content
