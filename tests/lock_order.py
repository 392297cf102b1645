"""One order of row locks: whoever locks rows of several tables takes them from left to right.

With ``--lock-order``, on PostgreSQL, each test fails in which a transaction locks a row of a table
after it has locked one of a table that stands further right. Where everybody keeps the order nobody
waits in a circle. A table that is locked on purpose (SELECT … FOR UPDATE) and stands nowhere here
fails, too. ``make check`` runs its share of the tests so.
"""

import re
from contextlib import suppress

import pytest
from django.db.backends.signals import connection_created

ORDER = (
    # What is decided outside of reviews, and then written into a page.
    "conferences_contribution",
    "partners_confirmationrequest",
    # A review, and what is published by it.
    "wagtailcore_workflowstate",
    "wagtailcore_taskstate",
    "wagtailcore_page",
    # What follows from a page that goes live or goes.
    "conferences_desk",
    "conferences_registration",
    "partners_application",
    "partners_partnerteam",
    "partners_invitation",
)
PLACES = {table: place for place, table in enumerate(ORDER)}
# Locked on purpose, and not yet in the order: a publication locks versions, releases and sources
# after its page, and asking for a translation its source before. The others are rows of one person
# or section.
ALONE = {
    "axes_accessattempt",
    "conferences_speaker",
    "mfa_authenticator",
    "moderation_guestlink",
    "conferences_calendarentry",
    "moderation_ledgerhead",  # in a transaction of its own
    "translation_release",
    "wagtailcore_collection",
    "wagtailcore_revision",
    "wagtail_localize_translationsource",
    "access_sectionworkflow",
    "wagtail_localize_translation",
    "wagtail_localize_stringtranslation",
    "wagtail_localize_segmentoverride",
    "wagtailadmin_formstate",
    "translation_changenote",
    "django_tasks_database_dbtaskresult",
    "mail_mail",
    "translation_checks_alarmanswer",
    "workers_worker",
    "wagtailcore_workflowcontenttype",
    "wagtailcore_workflowpage",
    "wagtailusers_userprofile",
    "translation_textauthor",
}

NEW = re.compile(r'INSERT INTO "(\w+)"')
WRITTEN = re.compile(r'(?:UPDATE|DELETE FROM) "(\w+)"')
READ = re.compile(r'SELECT .*? FROM ("\w+".*) FOR (?:NO KEY )?UPDATE', re.DOTALL)
PAGE = "wagtailcore_page"


class Recorder:
    """Notes the tables that the transaction of a connection has locked rows of."""

    def __init__(self, connection, problems):
        self.connection = connection
        self.problems = problems
        self.transaction = None
        self.held = {}
        self.made = set()  # tables with rows that nobody else can see yet

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        self.note(sql)
        return result

    def note(self, sql):
        blocks = self.own_blocks()
        if not blocks:
            self.forget()  # outside of transactions, or at the beginning of one
            return
        if blocks[0] is not self.transaction:
            self.forget()
            self.transaction = blocks[0]
        if made := NEW.match(sql):
            self.made.add(made[1])
        elif written := WRITTEN.match(sql):
            if written[1] not in self.made:
                self.lock(written[1], sql)
        elif read := READ.match(sql):
            self.lock(table_in(read[1]), sql, is_on_purpose=True)

    def forget(self):
        self.held = {}
        self.made = set()

    def own_blocks(self):
        """Return the transactions that are open, without those that tests stand in."""
        blocks = self.connection.atomic_blocks
        tests = [n for n, block in enumerate(blocks) if getattr(block, "_from_testcase", False)]
        return blocks[tests[-1] + 1 :] if tests else blocks

    def lock(self, table, sql, *, is_on_purpose=False):
        if table not in PLACES:
            if is_on_purpose and table not in ALONE:
                self.problems.append(f"{table} has no place in tests/lock_order.py: {sql[:200]}")
            return
        if table in self.held:
            return
        later = [other for other in self.held if PLACES[other] > PLACES[table]]
        for other in later:
            self.problems.append(
                f"{table} is locked after {other}:\n  {self.held[other][:300]}\n  {sql[:300]}"
            )
        self.held[table] = sql


def table_in(tables):
    """Return the table whose rows a query locks: the first, or that of pages of any type."""
    return PAGE if f'"{PAGE}"' in tables else tables.split('"')[1]


class Watch:
    """Puts a recorder on every connection that is opened while it watches."""

    def __init__(self):
        self.problems = []

    def add(self, connection, **kwargs):
        if connection.vendor != "postgresql":
            return
        if not any(isinstance(wrapper, Recorder) for wrapper in connection.execute_wrappers):
            connection.execute_wrappers.append(Recorder(connection, self.problems))

    def remove(self, connection):
        for wrapper in list(connection.execute_wrappers):
            if isinstance(wrapper, Recorder):
                connection.execute_wrappers.remove(wrapper)


def pytest_addoption(parser):
    parser.addoption("--lock-order", action="store_true", help="fail where rows are locked anyhow")


@pytest.fixture(autouse=True)
def _one_order_of_locks(request):
    """Fail a test in which rows were locked against the order."""
    from django.db import connection

    is_asked = request.config.getoption("--lock-order")
    is_one = request.node.get_closest_marker("one_transaction") is not None
    if connection.vendor != "postgresql" or not is_asked or is_one:
        yield
        return
    watch = Watch()
    connection_created.connect(watch.add)
    watch.add(connection)
    try:
        yield
    finally:
        connection_created.disconnect(watch.add)
        with suppress(ValueError):
            watch.remove(connection)
    assert not watch.problems, "\n".join(dict.fromkeys(watch.problems))
