"""A price list: what each page costs on sites of several sizes.

    DATABASE_URL=postgres://… make prices ARGS="--sizes 1000 10000 50000"

Each line is a page in a language, or a screen of the CMS: queries, PostgreSQL's blocks, ways to the
cache, calls of functions of ours, bytes, and CPU time as a multiple of a bare response's, all with
full caches but without kept pages. The last columns say how often as many blocks as on the smallest
site each costs. The numbers are for people; no test depends on them.
"""

import argparse
import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecca_site.settings.test")
django.setup()

from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from ecca_site.access.site_setup import setup_site  # noqa: E402
from tests import factories  # noqa: E402
from tests.benchmarks.filling import LANGUAGES, Filled  # noqa: E402
from tests.blocks_touched import blocks_touched  # noqa: E402
from tests.cache_ways import counted_ways  # noqa: E402
from tests.calls import calls_of  # noqa: E402

BARE = "/bare"
ROUNDS = 5
PAGES_OF_AN_ITEM = 2.5  # English, Slovenian and half of the time Polish
HEAD = f"{'':40}{'queries':>8}{'blocks':>8}{'cache':>6}{'calls':>7}{'KB':>6}{'CPU':>7}"


def addresses(site):
    """Return what is asked for, each with whoever asks; visitors are nobody."""
    found = {}
    items = {page.locale.language_code: page for page in (site.item, *site.translations)}
    lists = {code: page.get_parent().get_url() for code, page in items.items()}
    for code in (*LANGUAGES, "hu"):
        found[f"{code} home"] = (None, f"/{code}/")
        found[f"{code} news as a feed"] = (None, f"/{code}/news.rss")
        found[f"{code} search"] = (None, f"/{code}/search/?q=bricks")
        address = lists.get(code, f"/{code}/news/")
        for name in ("", "?topic=events", "?page=3"):
            found[f"{code} news {name}"] = (None, address + name)
    for code, page in items.items():
        found[f"{code} a news item"] = (None, page.get_url())
    found["hu a news item in its place"] = (None, site.item.get_url().replace("/en/", "/hu/"))
    found["en none at all"] = (None, "/en/there-is-none/")
    found["sitemap"] = (None, "/sitemap-en-1.xml")
    edited = reverse("wagtailadmin_pages:edit", args=[site.item.pk])
    explored = reverse("wagtailadmin_explore", args=[site.index.pk])
    found["CMS first page, editor"] = (site.editor, reverse("wagtailadmin_home"))
    found["CMS first page, reviewer"] = (site.reviewer, reverse("wagtailadmin_home"))
    found["CMS explorer"] = (site.editor, explored)
    found["CMS editor of a page"] = (site.editor, edited)
    found["CMS coverage board"] = (site.editor, reverse("translation_coverage"))
    found["CMS queue"] = (site.reviewer, reverse("moderation_queue"))
    return found


def price(user, address, bare):
    client = Client()
    if user is not None:
        client.force_login(user)
    cache.clear()
    ask(client, address)
    with CaptureQueriesContext(connection) as queries, counted_ways() as ways:
        size = len(ask(client, address).content)
    return {
        "queries": len(queries),
        "blocks": min(blocks_touched(lambda: ask(client, address))[0] for _round in range(3)),
        "cache": len(ways),
        "calls": calls_of(lambda: ask(client, address)),
        "KB": round(size / 1024),
        "CPU": cpu(client, address) / bare,
    }


def ask(client, address):
    response = client.get(address)
    assert response.status_code in (200, 404), (address, response.status_code)
    return response


def cpu(client, address):
    """Return the least CPU time of a request in some rounds, in seconds."""
    times = []
    for _round in range(ROUNDS):
        begin = time.process_time()
        client.get(address)
        times.append(time.process_time() - begin)
    return min(times)


def line(name, found):
    return (
        f"{name:40}{found['queries']:8}{found['blocks']:8}{found['cache']:6}{found['calls']:7}"
        f"{found['KB']:6}{found['CPU']:7.1f}"
    )


def price_list(sizes):
    setup_site()
    site = Filled()
    factories.home_of("hu")
    filled, first, last = 0, {}, {}
    for size in sizes:
        items = round(size / PAGES_OF_AN_ITEM)
        site.grow(items - filled)
        filled = items
        bare = cpu(Client(), BARE)
        print(f"\n{size} pages\n{HEAD}")
        for name, (user, address) in addresses(site).items():
            last[name] = price(user, address, bare)
            first.setdefault(name, last[name])
            print(line(name, last[name]), flush=True)
    print(f"\nBlocks, {sizes[-1]} to {sizes[0]} pages")
    for name, found in last.items():
        before = max(first[name]["blocks"], 1)
        more = found["blocks"] / before
        print(f"{name:40}{before:8} → {found['blocks']:8}{more:8.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 50_000])
    sizes = sorted(parser.parse_args().sizes)
    if connection.vendor != "postgresql":
        raise SystemExit("Blocks are PostgreSQL's: DATABASE_URL=postgres://… make prices")
    setup_test_environment()
    name = connection.creation.create_test_db(autoclobber=True, verbosity=0)
    try:
        with override_settings(PAGE_CACHE_SECONDS=0, ROOT_URLCONF="tests.benchmarks.urls"):
            price_list(sizes)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
