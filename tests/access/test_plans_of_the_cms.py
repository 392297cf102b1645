"""SQLite's plans of the CMS's lists: none reads a table that grows with the site as a whole."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.benchmarks.filling import Filled

ITEMS = 240  # news items, each in two or three languages
GROWING = {
    "delivery_readerentry",
    "moderation_ledgerentry",
    "news_newspage",
    "search_entry",
    "translation_translationstate",
    "wagtailcore_modellogentry",
    "wagtailcore_page",
    "wagtailcore_pagelogentry",
    "wagtailcore_referenceindex",
    "wagtailcore_revision",
    "wagtailcore_taskstate",
    "wagtailcore_workflowstate",
}
# What administrators look up now and then may read everything: its pages are numbered by a count
# of all that was ever done, and Wagtail's own filters offer whoever is found in all of it.
REPORTS = {
    "audit": "moderation_audit",
    "history of the site": "wagtailadmin_reports:site_history",
    "aging pages": "wagtailadmin_reports:aging_pages",
    "locked pages": "wagtailadmin_reports:locked_pages",
    "workflows": "wagtailadmin_reports:workflow",
    "tasks": "wagtailadmin_reports:workflow_tasks",
}
# Indexes of no more than what waits for a decision.
SMALL_INDEXES = ("moderation_waiting", "moderation_waiting_since")
# Wagtail's list of private pages: the site has none.
PRIVATE = 'FROM "wagtailcore_pageviewrestriction"'
SCAN = re.compile(r"SCAN (\w+)")
ALIAS = re.compile(r'"(\w+)" (?:AS )?"?([A-Z]\d+)"?\b')

pytestmark = [pytest.mark.django_db, pytest.mark.whole, pytest.mark.only_on("sqlite")]


def screens(site):
    """Return the addresses of lists, each with whoever looks at it."""
    index = site.index.pk
    return {
        "first page of an editor": (site.editor, reverse("wagtailadmin_home")),
        "first page of a reviewer": (site.reviewer, reverse("wagtailadmin_home")),
        "page explorer": (site.editor, reverse("wagtailadmin_explore", args=[index])),
        "page chooser": (site.editor, reverse("wagtailadmin_choose_page_child", args=[index])),
        "coverage board": (site.editor, reverse("translation_coverage")),
        "queue": (site.reviewer, reverse("moderation_queue")),
        "types of pages": (site.admin, reverse("wagtailadmin_reports:page_types_usage")),
    }


def forget_sizes():
    """Let SQLite plan as it does where it has counted nothing: for large tables."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


def read_as_a_whole(sql):
    """Return the growing tables that a query reads from end to end.

    In the order of the table or of an index, a query with a limit stops early.
    """
    tables = {}
    for table, alias in ALIAS.findall(sql):
        tables.setdefault(alias, set()).add(table)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"))
        steps = [row[-1] for row in cursor.fetchall()]
    is_sorted = any("TEMP B-TREE FOR ORDER" in step for step in steps)
    if " LIMIT " in sql and not is_sorted:
        return set()
    found = set()
    for step in steps:
        scan = SCAN.match(step)
        if scan and not step.endswith(SMALL_INDEXES):
            found |= tables.get(scan[1], {scan[1]}) & GROWING
    return found


def scans_of(client, user, address):
    """Return the queries of an address that read a growing table as a whole, with its name."""
    cache.clear()
    client.force_login(user)
    client.get(address)  # what is counted once a minute is counted
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    scans = []
    for query in queries:
        sql = query["sql"]
        if sql.startswith("SELECT") and PRIVATE not in sql:
            scans += [(table, sql) for table in read_as_a_whole(sql)]
    return scans


def test_no_list_but_reports_reads_a_growing_table_as_a_whole(client):
    site = Filled()
    site.grow(ITEMS)
    forget_sizes()
    scans = {}
    for name, (user, address) in screens(site).items():
        scans[name] = scans_of(client, user, address)
    assert not {name: found for name, found in scans.items() if found}
    needless = {
        name for name, url in REPORTS.items() if not scans_of(client, site.admin, reverse(url))
    }
    assert needless == set(), "is an exception no more"
