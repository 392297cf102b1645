"""The sitemap lists every real translation once, in pieces."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from home import sitemap
from tests import factories
from tests.many import copy_many
from tests.sitemap import addresses_of, pieces_of, rows_of


@pytest.fixture
def read(client):
    def read(address):
        response = client.get(address)
        assert response.status_code == 200, address
        assert response["Content-Type"] == "application/xml"
        return response.content.decode()

    return read


@pytest.fixture
def item(site):
    news = factories.add_news_index(site)
    factories.home_of("sl")
    factories.translated(news, "sl", slug="novice")
    item = factories.add_news(news, title="Old & new", slug="staro-čudo")
    factories.translated(item, "sl", slug="novo")
    return item


def test_it_says_what_the_pages_say(item, read):
    pages = Page.objects.live().filter(depth__gt=1)
    assert sorted(addresses_of(read)) == sorted(page.get_full_url() for page in pages)
    row = next(row for row in rows_of(read) if row[0].text == item.get_full_url())
    assert row[1].text == f"{item.last_published_at:%Y-%m-%dT%H:%M:%S}+00:00"
    assert {link.get("hreflang") for link in row[2:]} == {"en", "sl"}


def test_what_goes_offline_is_gone_from_it(item, read):
    assert item.get_full_url() in addresses_of(read)
    item.unpublish()
    cache.clear()
    assert item.get_full_url() not in addresses_of(read)


def test_a_piece_holds_no_more_than_its_share(item, read, monkeypatch):
    monkeypatch.setattr(sitemap, "PIECE", 4)
    copy_many(item, 10)
    pieces = pieces_of(read("/sitemap.xml"))
    assert [piece.rpartition("/")[2] for piece in pieces] == [
        "sitemap-en-1.xml", "sitemap-en-2.xml", "sitemap-en-3.xml", "sitemap-en-4.xml",
        "sitemap-sl-1.xml",
    ]  # fmt: skip
    found = addresses_of(read)
    assert len(found) == len(set(found)) == 16


def test_it_costs_the_same_whatever_it_lists(item, client):
    costs = []
    for number in (1, 50):
        copy_many(item, number)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/sitemap-en-1.xml").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("name", ["xx-1", "en-0", "en-2", f"en-{'9' * 30}", "sr-latn-1"])
def test_there_is_no_other_piece(site, client, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404
