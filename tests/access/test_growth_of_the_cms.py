"""What people do in the CMS costs the same on a large site as on a small one, and few queries."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.benchmarks.acts import PUBLISH, looking, writing
from tests.benchmarks.filling import Filled
from tests.blocks_touched import all_in_words, blocks_touched

SMALL, LARGE = 240, 2400  # news items, each in two or three languages
MOST = 1.5  # times what it touches on the small site
DEEPER = 200  # blocks: the indexes by which each of 50 rows is found are a level deeper

pytestmark = [pytest.mark.django_db, pytest.mark.whole]

EXPLORED_QUERIES = 36


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


def repeated(act):
    """Return an act that was done once: all caches are full."""
    cache.clear()
    act()
    return act


def least(look):
    """Return the least of three times."""
    found = [blocks_touched(look) for _time in range(3)]
    return min(found, key=lambda blocks_and_plans: blocks_and_plans[0])


# In one mixed run of three PostgreSQL planned the explorer another way: no test for each commit.
@pytest.mark.soak
@pytest.mark.only_on("postgresql")
def test_nothing_touches_more_of_a_larger_site(client, settings):
    settings.PAGE_CACHE_SECONDS = 0
    site = Filled()
    with connection.cursor() as cursor:
        # It reads a small table whole, which costs less than any index.
        cursor.execute("SET LOCAL enable_seqscan = off")
    on_small, on_large = {}, {}
    for number, touched in ((SMALL, on_small), (LARGE - SMALL, on_large)):
        site.grow(number)
        for name, (user, address) in screens(site).items():
            touched[name] = least(repeated(looking(client, user, address)))
        publish = writing(client, site.admin, site.index, PUBLISH)
        touched["create and publish"] = least(repeated(publish))
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
    look = repeated(looking(client, *screens(site)[name]))
    with CaptureQueriesContext(connection) as queries:
        look()
    assert len(queries) <= EXPLORED_QUERIES
