"""What a kept page costs, and what goes round the page cache: nothing that no view reads."""

import pytest
from django.core.cache import cache

from ecca_site.delivery.addresses import page_links
from tests import factories
from tests.cache_ways import counted_ways


def stamps_asked(ways):
    return [key for name, keys in ways if name.startswith("get") for key in keys if "stamp:" in key]


@pytest.fixture(autouse=True)
def pages_are_kept(settings):
    settings.PAGE_CACHE_SECONDS = 60


def test_a_kept_page_costs_one_way_to_the_cache(site, client):
    client.get("/en/")
    with counted_ways() as ways:
        assert client.get("/en/").status_code == 200
    assert [name for name, _keys in ways] == ["get_many"]


def test_a_request_asks_for_a_stamp_once(site, client):
    news = factories.add_news_index(site)
    item = factories.add_news(news)
    factories.home_of("sl")
    for address in (item.get_url(), item.get_url().replace("/en/", "/sl/"), "/sl/news/"):
        cache.clear()
        with counted_ways() as ways:
            assert client.get(address).status_code == 200
        assert len(stamps_asked(ways)) == 1, address


@pytest.mark.parametrize(
    "more", ["?utm_source=mail&utm_medium=x", "?fbclid=1", "?gclid=1&anything=2"]
)
def test_what_no_view_reads_goes_not_round_it(site, client, more, django_assert_num_queries):
    client.get("/en/")
    client.cookies["sessionid"] = "of another site"
    with django_assert_num_queries(0):
        assert client.get(f"/en/{more}").status_code == 200


def test_no_keys_are_asked_for_by_no_request(db):
    with counted_ways() as ways:
        assert page_links([]) == {}
    assert ways == []
