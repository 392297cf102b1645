"""A price list: what each page costs on sites of several sizes.

    DATABASE_URL=postgres://… make prices ARGS="--sizes 1000 10000 50000"

Each line is a page in a language, or what somebody does in the CMS: queries, PostgreSQL's blocks,
ways to the cache, calls of functions of ours, bytes, and CPU time as a multiple of a bare
response's, all with full caches but without kept pages. The last columns say how often as many
blocks as on the smallest site each costs; where it is more than one and a half times as many, the
queries that grew follow with their plans. The numbers are for people; no test depends on them.
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
from tests.benchmarks.acts import DRAFT, PUBLISH, SUBMIT, looking, writing  # noqa: E402
from tests.benchmarks.filling import LANGUAGES, PAGES_OF_AN_ITEM, Filled  # noqa: E402
from tests.blocks_touched import blocks_touched, in_words, read_by  # noqa: E402
from tests.cache_ways import counted_ways  # noqa: E402
from tests.calls import calls_of  # noqa: E402

BARE = "/bare"
ROUNDS = 5
MOST = 1.5  # times the blocks of the smallest site
LITTLE = 20  # blocks of one query, below which its plan is not printed
HEAD = f"{'':40}{'queries':>8}{'blocks':>8}{'cache':>6}{'calls':>7}{'KB':>6}{'CPU':>7}"


def acts(site):
    """Return what is done, by its name, each as a function that does it."""
    found = {}
    for name, address in public_addresses(site).items():
        found[name] = looking(Client(), None, address)
    found["en none at all"] = looking(Client(), None, "/en/there-is-none/", status=404)
    for name, (user, address) in screens(site).items():
        found[f"CMS {name}"] = looking(Client(), user, address)
    found["CMS write a draft"] = writing(Client(), site.editor, site.index, DRAFT)
    found["CMS write and submit"] = writing(Client(), site.editor, site.index, SUBMIT)
    found["CMS write and publish"] = writing(Client(), site.admin, site.index, PUBLISH)
    return found


def public_addresses(site):
    found = {}
    items = {page.locale.language_code: page for page in (site.item, *site.translations)}
    lists = {code: page.get_parent().get_url() for code, page in items.items()}
    for code in (*LANGUAGES, "hu"):
        found[f"{code} home"] = f"/{code}/"
        found[f"{code} news as a feed"] = f"/{code}/news.rss"
        found[f"{code} search"] = f"/{code}/search/?q=bricks"
        found[f"{code} directory"] = f"/{code}/partners/"
        address = lists.get(code, f"/{code}/news/")
        for name in ("", "?topic=events", "?page=3"):
            found[f"{code} news {name}"] = address + name
    for code, page in items.items():
        found[f"{code} a news item"] = page.get_url()
    found["hu a news item in its place"] = site.item.get_url().replace("/en/", "/hu/")
    found["en a partner, with matches"] = site.partner.get_url()
    found["hu a partner in its place"] = site.partner.get_url().replace("/en/", "/hu/")
    found["API all pages"] = "/api/v2/pages/"
    found["API one type"] = "/api/v2/pages/?type=news.NewsPage&fields=*"
    found["API one language"] = "/api/v2/pages/?type=news.NewsPage&locale=sl"
    found["API a page"] = f"/api/v2/pages/{site.item.pk}/"
    found["sitemap"] = "/sitemap-en-1.xml"
    return found


def screens(site):
    """Return the addresses of screens of the CMS, each with whoever looks at it."""
    chooser = reverse("wagtailadmin_choose_page_child", args=[site.index.pk])
    return {
        "first page, editor": (site.editor, reverse("wagtailadmin_home")),
        "first page, reviewer": (site.reviewer, reverse("wagtailadmin_home")),
        "explorer": (site.editor, reverse("wagtailadmin_explore", args=[site.index.pk])),
        "page chooser": (site.editor, chooser),
        "editor of a page": (
            site.editor,
            reverse("wagtailadmin_pages:edit", args=[site.item.pk]),
        ),
        "coverage board": (site.editor, reverse("translation_coverage")),
        "queue": (site.reviewer, reverse("moderation_queue")),
    }


def price(act, bare):
    """Return what an act costs, and the plans of its queries with the SQL of each."""
    cache.clear()
    act()
    with CaptureQueriesContext(connection) as queries, counted_ways() as ways:
        size = len(act().content)
    blocks, plans = min((blocks_touched(act) for _round in range(3)), key=first)
    return {
        "queries": len(queries),
        "blocks": blocks,
        "plans": plans,
        "cache": len(ways),
        "calls": calls_of(act),
        "KB": round(size / 1024),
        "CPU": cpu(act) / bare,
    }


def first(found):
    return found[0]


def cpu(act):
    """Return the least CPU time of an act in some rounds, in seconds."""
    times = []
    for _round in range(ROUNDS):
        begin = time.process_time()
        act()
        times.append(time.process_time() - begin)
    return min(times)


def line(name, found):
    return (
        f"{name:40}{found['queries']:8}{found['blocks']:8}{found['cache']:6}{found['calls']:7}"
        f"{found['KB']:6}{found['CPU']:7.1f}"
    )


def price_list(sizes):
    setup_site()
    factories.home_of("hu")
    site = Filled()
    filled, before, now = 0, {}, {}
    for size in sizes:
        items = round(size / PAGES_OF_AN_ITEM)
        site.grow(items - filled)
        filled = items
        bare = cpu(looking(Client(), None, BARE))
        print(f"\n{size} pages\n{HEAD}")
        for name, act in acts(site).items():
            now[name] = price(act, bare)
            before.setdefault(name, now[name])
            print(line(name, now[name]), flush=True)
    print(f"\nBlocks, {sizes[0]} to {sizes[-1]} pages")
    for name, found in now.items():
        print_growth(name, before[name], found)


def print_growth(name, before, now):
    more = now["blocks"] / max(before["blocks"], 1)
    print(f"{name:40}{before['blocks']:8} → {now['blocks']:8}{more:8.2f}")
    if more <= MOST:
        return
    for plan in now["plans"]:
        if read_by(plan) > LITTLE:
            print("\n".join(in_words(plan, depth=2)))


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
