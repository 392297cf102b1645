"""Where conferences are listed.

Their own page, the home page, the profile of their host, the news about them.
"""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conferences.models import Status
from tests import factories
from tests.many import copy_many

from .programmes import add_conference

PAST = datetime.datetime(2020, 5, 5, 8, tzinfo=datetime.UTC)
HOURS = datetime.timedelta(hours=8)


def titles(response, heading):
    part = response.content.decode().partition(f">{heading}</h2>")[2].partition("</section>")[0]
    return re.findall(r"<a [^>]+>([^<]+)</a>", part)


def test_coming_conferences_come_soonest_first_and_past_ones_latest_first(conferences, client):
    year = datetime.timedelta(days=365)
    for title, start in (
        ("Old", PAST),
        ("Older", PAST - year),
        ("Later", PAST + 20 * year),
        ("Soon", PAST + 15 * year),
    ):
        add_conference(conferences, title=title, start_at=start, end_at=start + HOURS)
    add_conference(conferences, title="Hidden").unpublish()
    response = client.get(conferences.get_url())
    assert titles(response, "Coming conferences") == ["Soon", "Later"]
    assert titles(response, "Past conferences") == ["Old", "Older"]


@pytest.mark.whole
def test_past_conferences_come_in_pages(conferences, client):
    for number in range(13):
        start = PAST - number * datetime.timedelta(days=300)
        add_conference(conferences, title=f"Year {number:02}", start_at=start, end_at=start + HOURS)
    address = conferences.get_url()
    assert titles(client.get(address), "Past conferences")[:12] == [
        f"Year {number:02}" for number in range(12)
    ]
    assert 'href="?page=2"' in client.get(address).content.decode()
    assert titles(client.get(f"{address}?page=2"), "Past conferences")[0] == "Year 12"
    for wrong in ("abc", "-1", "999", "%00"):
        assert client.get(f"{address}?page={wrong}").status_code in (200, 400)


def test_the_home_page_announces_the_next_one_that_takes_place(site, conferences, client):
    add_conference(conferences, title="Off", status=Status.CANCELLED)
    add_conference(conferences, title="Unknown", status=Status.POSTPONED)
    add_conference(conferences, title="Over", start_at=PAST, end_at=PAST + HOURS)
    later = datetime.datetime(2033, 6, 10, 7, tzinfo=datetime.UTC)
    add_conference(conferences, title="Next", start_at=later, end_at=later + HOURS)
    add_conference(
        conferences, title="After", start_at=later + 9 * HOURS, end_at=later + 10 * HOURS
    )
    assert titles(client.get(site.get_url()), "Our next conference") == ["Next"]


def test_a_home_page_without_a_coming_conference_says_nothing(site, conferences, client):
    add_conference(conferences, start_at=PAST, end_at=PAST + HOURS)
    assert "Our next conference" not in client.get(site.get_url()).content.decode()


def test_a_partner_shows_the_conferences_that_it_holds_in_the_readers_language(
    site, slovenian, conferences, client
):
    partners = factories.add_partner_index(site)
    host, other = (
        factories.add_partner(partners, title="Host"),
        factories.add_partner(partners, title="Other"),
    )
    page = add_conference(conferences, title="Ours", host=host)
    factories.translated(page, "sl", "Naša")
    factories.translated(partners, "sl", "Partnerji", slug="partnerji")
    profile = factories.translated(host, "sl", "Gostitelj")
    assert titles(client.get(host.get_url()), "Conferences of this organisation") == ["Ours"]
    assert "Ours" not in client.get(other.get_url()).content.decode()
    assert "Naša" in client.get(profile.get_url()).content.decode()
    assert 'href="/en/partners/host/">Host</a>' in client.get(page.get_url()).content.decode()


def test_a_conference_shows_the_news_about_it(site, conferences, client):
    page = add_conference(conferences)
    index = factories.add_news_index(site)
    factories.add_news(index, title="About it", related_conference=page)
    factories.add_news(index, title="About others")
    assert titles(client.get(page.get_url()), "News about this conference") == ["About it"]


@pytest.mark.parametrize("where", ["list", "home", "partner"])
@pytest.mark.whole
def test_300_conferences_cost_the_queries_of_3(site, conferences, client, settings, where):
    settings.PAGE_CACHE_SECONDS = 0
    host = factories.add_partner(factories.add_partner_index(site))
    page = add_conference(conferences, host=host)
    address = {"list": conferences, "home": site, "partner": host}[where].get_url()
    copy_many(page, 2)

    def cost():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    before = cost()
    copy_many(page, 297)
    assert cost() == before <= 8
