"""A mail server fails in eight ways: submitting and approving do not notice, and every mail arrives
once afterwards.

All parts are real: the site's server, the worker, the database, and mail servers that fail as they
are told to. Only the clock is helped along, by the times of the next attempt that the database
holds.
"""

import datetime
import http.client
import sqlite3
import sys
import time
from contextlib import closing
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from tests import factories
from tests.mail.sink import FAILURES, Sink
from tests.processes import environment, manage, running, server

TOKEN = "c" * 32
PATIENCE = 900  # seconds for what must happen some time, on however slow a machine
RECOVERY = 15 * 60  # seconds
TIMEOUT = "1"  # seconds that the worker gives a server that hangs; production gives it ten

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def unused():
    """The mail server that the site's own server is told of; mails are the worker's to send."""
    sink = Sink()
    yield sink
    sink.close()


@pytest.fixture
def people(person, partners):
    """The sessions of somebody who submits and somebody who approves."""

    def session_of(user):
        client = Client()
        client.force_login(user)
        return client.cookies["ecca_session"].value

    editor, moderator = (
        person("editor", roles.EDITOR.name),
        person("moderator", roles.PARTNER_MODERATOR.name),
    )
    return session_of(editor), session_of(moderator)


class Database:
    """The database that server and worker use; SQLite's is a file beside the tests' own."""

    def __init__(self, url):
        self.path = url.partition("sqlite:///")[2]

    def __call__(self, statement, *values):
        if not self.path:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.path, timeout=20)) as database, database:
            return database.execute(statement.replace("%s", "?"), values).fetchall()

    def mails(self):
        columns = "id, address, attempts, sent_at, last_error, next_attempt_at"
        return self(f"SELECT {columns} FROM mail_mail WHERE sent_at IS NULL ORDER BY id")

    def advance(self):
        """Let the time of the next attempt be now."""
        now = timezone.now().replace(tzinfo=None) if self.path else timezone.now()
        self("UPDATE mail_mail SET next_attempt_at = %s WHERE sent_at IS NULL", str(now))
        self(
            "UPDATE django_tasks_database_dbtaskresult SET run_after = %s WHERE status = 'READY'",
            str(now),
        )


def post(address, path, session, data):
    """Return the status of a request."""
    link = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    link.request("POST", path, urlencode(data), {
        "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN,
        "Cookie": f"ecca_session={session}; csrftoken={TOKEN}",
    })  # fmt: skip
    status = link.getresponse().status
    link.close()
    return status


def submit_and_approve(parts, page, city):
    values = {
        "title": page.title, "slug": page.slug, "legal_name": page.legal_name,
        "country": page.country, "city": city,
        "partner_class": page.partner_class, "introduction": "null", "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0, "comments-MIN_NUM_FORMS": 0, "comments-MAX_NUM_FORMS": "",
        "action-submit": "1",
    }  # fmt: skip
    submitted = post(parts.address, f"/cms/pages/{page.pk}/edit/", parts.people[0], values)
    [(state,)] = parts.database("SELECT id FROM wagtailcore_taskstate WHERE status = 'in_progress'")
    approved = post(
        parts.address, f"/cms/moderation/{state}/", parts.people[1], {"action": "approve"}
    )
    assert (submitted, approved) == (302, 302)


def wait_for(condition):
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.05)


def attempts(database):
    return [row[2] for row in database.mails()]


def moment(value):
    return datetime.datetime.fromisoformat(f"{value}+00:00") if isinstance(value, str) else value


@pytest.fixture
def parts(partners, people, sink, unused, tmp_path):
    """Everything that takes part.

    Pages to submit, a running server, and a function that starts a worker.
    """
    pages = {
        failure: factories.add_partner(partners, title=f"Partner {failure}") for failure in FAILURES
    }
    setup_site()
    env = environment(tmp_path, EMAIL_URL=sink.url(), TEST_EMAIL_TIMEOUT=TIMEOUT)
    command = [sys.executable, "manage.py", "db_worker", "--interval", "0.05", "--no-startup-delay"]
    with (
        (tmp_path / "worker.log").open("w") as output,
        server(env | {"EMAIL_URL": unused.url()}, tmp_path) as (address, log),
    ):
        for session in people:
            post(address, "/cms/", session, {})  # the first request of a process loads the CMS
        yield SimpleNamespace(
            pages=pages, address=address, env=env, database=Database(env["DATABASE_URL"]),
            people=people,
            worker=lambda **values: running(command, env | values, stdout=output, stderr=output),
        )  # fmt: skip
        assert "Traceback" not in log.read_text()


def fail(parts, sink, failure):
    """Submit and approve while a mail server fails. Nothing is sent, nothing is lost."""
    submit_and_approve(parts, parts.pages[failure], f"City {failure}")
    for number in (1, 2, 3):
        wait_for(lambda number=number: attempts(parts.database) == [number, number])
        if number < 3:
            parts.database.advance()
    assert [address for _pk, address, *_rest in parts.database.mails()] == [
        "moderator@example.org",
        "editor@example.org",
    ]
    assert all(row[4] for row in parts.database.mails()), "the last error is kept"
    assert sink.messages == []
    # However often it was tried: a server that has recovered does not wait for a quarter of an
    # hour.
    parts.database("UPDATE mail_mail SET attempts = 40 WHERE sent_at IS NULL")
    parts.database.advance()
    wait_for(lambda: attempts(parts.database) == [41, 41])
    for row in parts.database.mails():
        assert 0 < (moment(row[5]) - timezone.now()).total_seconds() <= RECOVERY


def recover(parts, sink, failure):
    """The mail server is well again: both mails arrive, once."""
    sink.set("ok")
    parts.database.advance()
    wait_for(lambda: not parts.database.mails())
    time.sleep(0.2)  # for whatever would come twice
    received = [
        (recipient, str(message["Subject"]).strip()) for recipient, message in sink.messages
    ]
    assert sorted(received) == [
        ("editor@example.org", f"[English · partner profile] Partner {failure}: approved"),
        (
            "moderator@example.org",
            f"[English · partner profile] Partner {failure}: waits for review",
        ),
    ]
    sink.messages.clear()


def test_eight_failures(parts, sink, unused):
    with parts.worker(EMAIL_URL=sink.url("mail.invalid")):
        fail(parts, sink, "unknown host")
    with parts.worker():
        recover(parts, sink, "unknown host")
        for failure in set(FAILURES) - {"unknown host"}:
            sink.set(failure)
            fail(parts, sink, failure)
            recover(parts, sink, failure)
    manage(parts.env, "send_mail")
    assert sink.messages == []
    assert unused.connections == 0, "who submits and approves waits for no mail server"
