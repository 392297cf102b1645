"""A page costs the same on a large site as on a small one."""

import datetime

import pytest
from django.core.cache import cache

from tests import factories
from tests.blocks_touched import all_in_words, blocks_touched
from tests.many import copy_many

SMALL, LARGE = 300, 3000
MOST = 1.5  # times what it touches on the small site
# PostgreSQL reads a small table as a whole, and looks up each row of a list in a larger one.
LITTLE = 240  # blocks

pytestmark = [pytest.mark.only_on("postgresql"), pytest.mark.django_db]


def build():
    """Return what is to be copied, and the addresses that are asked."""
    home = factories.home_of()
    home.body = [
        ("partner_list", {"title": "Partners", "text": ""}),
        ("news_list", {"title": "News", "count": 3}),
    ]
    home.save_revision().publish()
    factories.home_of("sl")
    news = factories.add_news_index(home)
    partners = factories.add_partner_index(home)
    conferences = factories.add_conference_index(home)
    partner = factories.add_partner(
        partners, title="Brick", themes=["design"], seeks="Bricks", offers="Clay",
        target_countries=["AT"], slug="brick",
    )  # fmt: skip
    item = factories.add_news(news, title="Old bricks", slug="old-bricks", related_partner=partner)
    other = factories.add_news(news, title="Older bricks", slug="older", topic="funding")
    factories.add_conference(conferences, title="Coming", slug="coming", host=partner)
    over = factories.add_conference(
        conferences,
        title="Over",
        start_at=datetime.datetime(2020, 6, 10, 7, tzinfo=datetime.UTC),
        end_at=datetime.datetime(2020, 6, 11, 7, tzinfo=datetime.UTC),
    )
    many = factories.add_partner(partners, title="Clay", country="AT", offers="Clay")
    conferences_in_api = "/api/v2/pages/?type=conferences.ConferencePage"
    addresses = {
        "home": "/en/",
        "home in another language": "/sl/",
        "news": "/en/news/",
        "news in another language": "/sl/news/",
        "a topic": "/en/news/?topic=funding",
        "a later page of news": "/en/news/?page=20",
        "news as a feed": "/en/news.rss",
        "directory": "/en/partners/",
        "directory in another language": "/sl/partners/",
        "a later page of the directory": "/en/partners/?page=9",
        "conferences": "/en/conferences/",
        "a profile": "/en/partners/brick/",
        "a profile in place of a translation": "/sl/partners/brick/",
        "a conference": "/en/conferences/coming/",
        "a detail page": item.get_url(),
        "one in place of a translation": item.get_url().replace("/en/", "/sl/"),
        "none at all": "/en/news/there-is-none/",
        "pages in the API": "/api/v2/pages/",
        "a type in the API": f"{conferences_in_api}&fields=*",
        "a type in a language in the API": f"{conferences_in_api}&locale=en",
        "a language in the API": "/api/v2/pages/?locale=en&offset=40",
        "a page in the API": f"/api/v2/pages/{item.pk}/",
    }
    return (other, many, over), addresses


@pytest.mark.whole
def test_no_address_touches_more_where_there_is_more(client, settings):
    settings.PAGE_CACHE_SECONDS = 0
    copied, addresses = build()
    on_small, on_large = {}, {}
    for size, touched in ((SMALL, on_small), (LARGE, on_large)):
        for page in copied:
            copy_many(page, size)
        for name, address in addresses.items():
            touched[name] = least(client, address)
    dearer = []
    for name, (blocks, plans) in on_large.items():
        before, _plans = on_small[name]
        print(f"{before:6} → {blocks:6}  {name}")
        if blocks > max(MOST * before, LITTLE):
            steps = all_in_words(plans)
            dearer.append(f"{name}: {before} → {blocks} blocks\n{steps}")
    assert not dearer, "\n".join(dearer)


def least(client, address):
    """Return the least of three, with full caches."""
    cache.clear()
    client.get(address)
    return min((blocks_touched(lambda: client.get(address)) for _time in range(3)), key=first)


def first(found):
    return found[0]
