"""Sixteen people publish at the same moment on a real server.

Nobody gets an error, every page is live and found.
"""

import http.client
import random
import threading
from urllib.parse import urlencode, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from ecca_site.access import roles
from partners.models import PartnerPage
from tests.many import copy_many
from tests.processes import environment, manage, server

PEOPLE = 16
TOKEN = "c" * 32
WORDS = ("Stone {}", "Stone and {}", "Stone {} of the north", "Stone {} in the wide old valley")
BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",  # the demo's, on SQLite
    "database": "django_tasks_db.DatabaseBackend",  # production's, on PostgreSQL
}
USUAL = "immediate" if connection.vendor == "sqlite" else "database"

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies["ecca_session"].value


@pytest.fixture
def moderators(site):
    group = Group.objects.get(name=roles.PARTNER_MODERATOR.name)
    users = [get_user_model().objects.create_user(f"moderator{number}") for number in range(PEOPLE)]
    group.user_set.add(*users)
    return [session_of(user) for user in users]


@pytest.fixture
def administrators(site):
    users = [
        get_user_model().objects.create_superuser(f"admin{number}") for number in range(PEOPLE)
    ]
    return [session_of(user) for user in users]


def new_pages(partners, words):
    """Make sixteen new profiles whose titles have that many words each.

    Equal numbers, or different ones.
    """
    partners.refresh_from_db()
    first = PartnerPage(
        title="Quarry", legal_name="Cluster", country="SI", locale=partners.locale, live=False
    )
    first = partners.add_child(instance=first)
    copy_many(first, PEOPLE - 1)
    pages = list(PartnerPage.objects.child_of(partners).filter(path__gte=first.path))
    for number, page in enumerate(pages):
        page.name = f"quarry{number}x{random.randrange(10**6)}"
        page.title = words[number % len(words)].format(page.name)
        page.slug = page.name
        page.save_revision(clean=False)
    return pages


def order_to_approve(page, editor):
    page.get_workflow().start(page, editor)
    state = PartnerPage.objects.get(pk=page.pk).current_workflow_task_state
    return f"/cms/moderation/{state.pk}/", {"action": "approve"}


def order_to_publish(page, editor):
    return f"/cms/pages/{page.pk}/edit/", {
        "title": page.title, "slug": page.slug, "legal_name": "Cluster", "country": "SI",
        "introduction": "null",
        "partner_class": page.partner_class, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0, "comments-MAX_NUM_FORMS": "", "action-publish": "1",
    }  # fmt: skip


def request(address, method, path, session=None, data=None):
    """Return status and body; every thread has a connection of its own."""
    link = http.client.HTTPConnection(urlsplit(address).netloc, timeout=900)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
    if session:
        headers["Cookie"] = f"ecca_session={session}; csrftoken={TOKEN}"
    link.request(method, path, urlencode(data) if data else None, headers)
    response = link.getresponse()
    body = response.read().decode()
    link.close()
    return response.status, body


def all_at_once(address, sessions, orders):
    """Send all orders together; return their statuses."""
    barrier, answers = threading.Barrier(PEOPLE), [None] * PEOPLE

    def send(number, session, order):
        barrier.wait()
        answers[number], _body = request(address, "POST", order[0], session, order[1])

    threads = [
        threading.Thread(target=send, args=(number, *pair))
        for number, pair in enumerate(zip(sessions, orders, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize(
    "backend",
    [pytest.param(name, marks=() if name == USUAL else pytest.mark.soak) for name in BACKENDS],
)
@pytest.mark.parametrize("rounds", [1, pytest.param(10, marks=pytest.mark.soak)])
def test_sixteen_at_once(partners, editor, moderators, administrators, tmp_path, backend, rounds):
    plans = [
        (name, pages, sessions, [order(page, editor) for page in pages])
        for _round in range(rounds)
        for words, kind in ((WORDS[:1], "equally many words"), (WORDS, "differently many words"))
        for name, sessions, order in (
            (f"approve, {kind}", moderators, order_to_approve),
            (f"publish, {kind}", administrators, order_to_publish),
        )
        for pages in [new_pages(partners, words)]
    ]
    env = environment(tmp_path, TEST_TASKS=BACKENDS[backend])  # SQLite's copy is made here
    with server(env, tmp_path) as (address, log):
        for name, _pages, sessions, orders in plans:
            statuses = all_at_once(address, sessions, orders)
            assert statuses == [302] * PEOPLE, (name, log.read_text())
        if backend == "database":
            manage(env, "db_worker", "--batch", "--no-startup-delay", "--queue-name", "*")
        for _name, pages, _sessions, _orders in plans:
            for page in pages:
                status, body = request(address, "GET", f"/en/partners/{page.slug}/")
                assert (status, page.title in body) == (200, True)
                status, body = request(address, "GET", f"/en/search/?q={page.name}")
                assert f"/en/partners/{page.slug}/" in body
        text = log.read_text()
        assert "Traceback" not in text, text
        assert "deadlock" not in text, text
