"""A page costs the same on a large site as on a small one."""

import pytest
from django.core.cache import cache

from tests import factories
from tests.blocks_touched import blocks_touched, in_words
from tests.many import copy_many

SMALL, LARGE = 300, 3000
MOST = 1.5  # times what it touches on the small site

pytestmark = [pytest.mark.only_on("postgresql"), pytest.mark.django_db]


def build():
    site = factories.home_of()
    news = factories.add_news_index(site)
    factories.home_of("sl")
    item = factories.add_news(news, title="Old bricks", slug="old-bricks")
    return item, {
        "a detail page": item.get_url(),
        "one in place of a translation": item.get_url().replace("/en/", "/sl/"),
        "none at all": "/en/news/there-is-none/",
    }


def test_no_address_takes_longer_to_find(client, settings):
    settings.PAGE_CACHE_SECONDS = 0
    item, addresses = build()
    on_small, on_large = {}, {}
    for size, touched in ((SMALL, on_small), (LARGE, on_large)):
        copy_many(item, size)
        for name, address in addresses.items():
            touched[name] = least(client, address)
    for name, (blocks, plans) in on_large.items():
        before, _plans = on_small[name]
        steps = "\n".join(line for plan in plans for line in in_words(plan))
        assert blocks <= MOST * before, f"{name}: {before} → {blocks} blocks\n{steps}"


def least(client, address):
    """Return the least of three, with full caches."""
    cache.clear()
    client.get(address)
    return min((blocks_touched(lambda: client.get(address)) for _time in range(3)), key=first)


def first(found):
    return found[0]
