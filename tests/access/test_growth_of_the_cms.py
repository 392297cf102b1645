"""What people do in the CMS costs the same on a large site as on a small one, and few queries."""

from itertools import count

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from tests.benchmarks.filling import Filled
from tests.blocks_touched import all_in_words, blocks_touched

SMALL, LARGE = 240, 2400  # news items, each in two or three languages
MOST = 1.5  # times what it touches on the small site
DEEPER = 200  # blocks: the indexes by which each of 50 rows is found are a level deeper

pytestmark = [pytest.mark.django_db, pytest.mark.whole]

EXPLORED_QUERIES = 36
numbers = count(1)


def screens(site):
    """Return the addresses of screens, each with whoever looks at it."""
    return {
        "the first page of an editor": (site.editor, reverse("wagtailadmin_home")),
        "the first page of a reviewer": (site.reviewer, reverse("wagtailadmin_home")),
        "the page explorer": (
            site.editor,
            reverse("wagtailadmin_explore", args=[site.index.pk]),
        ),
        "the page chooser": (
            site.editor,
            reverse("wagtailadmin_choose_page_child", args=[site.index.pk]),
        ),
        "the coverage board": (site.editor, reverse("translation_coverage")),
        "the queue": (site.reviewer, reverse("moderation_queue")),
        "the editor": (site.editor, reverse("wagtailadmin_pages:edit", args=[site.item.pk])),
        "the search": (None, f"{reverse('search')}?q=bricks"),
    }


def looking(client, user, address):
    """Return a function that looks at a screen, which did so once: all caches are full."""
    cache.clear()
    if user is not None:
        client.force_login(user)

    def look():
        assert client.get(address).status_code == 200

    look()
    return look


def publishing(client, user, index):
    """Return a function that creates a page and publishes it, another one each time."""
    client.force_login(user)
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])

    def publish():
        name = f"brick-{next(numbers)}"
        data = {"title": name, "slug": name, "summary": "New.", "topic": "events"}
        data |= {"date": "2031-01-01", "body-count": "0", "action-publish": "1"}
        data |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
        assert client.post(address, data).status_code == 302
        assert Page.objects.get(slug=name).live

    publish()
    return publish


def least(look):
    """Return the least of three times."""
    found = [blocks_touched(look) for _time in range(3)]
    return min(found, key=lambda blocks_and_plans: blocks_and_plans[0])


# In one mixed run of three PostgreSQL planned the explorer another way: no test for each commit.
@pytest.mark.soak
@pytest.mark.only_on("postgresql")
def test_nothing_touches_more_of_a_larger_site(client, admin_user, settings):
    settings.PAGE_CACHE_SECONDS = 0
    site = Filled()
    with connection.cursor() as cursor:
        # It reads a small table whole, which costs less than any index.
        cursor.execute("SET LOCAL enable_seqscan = off")
    on_small, on_large = {}, {}
    for number, touched in ((SMALL, on_small), (LARGE - SMALL, on_large)):
        site.grow(number)
        for name, (user, address) in screens(site).items():
            touched[name] = least(looking(client, user, address))
        touched["create and publish"] = least(publishing(client, admin_user, site.index))
    grown = []
    for name, (blocks, plans) in on_large.items():
        before, _plans = on_small[name]
        if blocks > MOST * before + DEEPER:
            steps = all_in_words(plans)
            grown.append(f"{name}: {before} → {blocks} blocks\n{steps}")
    assert not grown, "\n".join(grown)


@pytest.mark.parametrize("name", ["the page explorer", "the page chooser"])
def test_a_list_of_pages_costs_few_queries(client, name):
    site = Filled()
    look = looking(client, *screens(site)[name])
    with CaptureQueriesContext(connection) as queries:
        look()
    assert len(queries) <= EXPLORED_QUERIES
