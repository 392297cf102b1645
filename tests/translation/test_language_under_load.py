"""While a language is added to a site of hundreds of pages, everybody else goes on reading and
writing.

How long people wait meanwhile is printed: it depends on the machine. What holds them up anywhere is
how much is written in one transaction (tests/translation/test_language_setup.py).
"""

import subprocess
import sys
import threading
import time
from itertools import count

import pytest
from django.contrib.auth import get_user_model

from tests import factories
from tests.many import copy_many
from tests.moderation.test_at_once import request, session_of
from tests.processes import environment, running, server

WARMING, QUIET = 10, 20  # seconds

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def news(site):
    """A list of news, and one of its pages."""
    index = factories.add_news_index(site)
    body = [("paragraph", f"<p>Wall {number} stands again.</p>") for number in range(12)]
    return index, factories.add_news(index, title="Walls", slug="walls", body=body)


def form_of(page):
    """What the editor sends when a draft is saved."""
    return {
        "title": page.title, "slug": page.slug, "date": page.date, "topic": page.topic,
        "summary": page.summary,
        "body-count": 0, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "",
    }  # fmt: skip


def slowest(answers):
    """Return the longest time of each kind of request, in seconds."""
    return {
        kind: round(max(seconds for other, seconds, _status in answers if other == kind), 2)
        for kind in sorted({kind for kind, *_rest in answers})
    }


@pytest.mark.soak
@pytest.mark.parametrize("pages", [500])
def test_nobody_waits_while_a_language_is_added(news, pages, tmp_path, capsys):
    index, page = news
    copy_many(page, pages - 3)
    user = get_user_model().objects.create_superuser("admin")
    session, env, numbers = session_of(user), environment(tmp_path), count()
    is_over, answers = threading.Event(), []

    def ask(kind, pause, method, path, session=None, data=None):
        """Ask again and again until the language is there.

        A number in the query keeps the page cache out of it.
        """
        while not is_over.is_set():
            started = time.perf_counter()
            status, _body = request(address, method, path.format(next(numbers)), session, data)
            answers.append((kind, time.perf_counter() - started, status))
            is_over.wait(pause)

    people = [
        ("page", 0.2, "GET", f"{page.get_url()}?n={{}}"),
        ("list", 0.2, "GET", f"{index.get_url()}?n={{}}"),
        ("search", 0.5, "GET", "/en/search/?q=wall&n={}"),
        ("editor", 2, "GET", f"/cms/pages/{page.pk}/edit/", session),
        ("explorer", 2, "GET", f"/cms/pages/{index.pk}/", session),
        ("board", 3, "GET", "/cms/translations/", session),
        ("save", 2, "POST", f"/cms/pages/{page.pk}/edit/", session, form_of(page)),
        ("publish", 5, "POST", f"/cms/pages/{page.pk}/edit/", session,
            form_of(page) | {"action-publish": "1"}),
    ]  # fmt: skip
    with server(env, tmp_path) as (address, log):
        threads = [threading.Thread(target=ask, args=person) for person in people]
        for thread in threads:
            thread.start()
        time.sleep(WARMING)
        cold = len(answers)
        time.sleep(QUIET)
        quiet, started = len(answers), time.perf_counter()
        command = [sys.executable, "manage.py", "add_language", "hu"]
        with running(command, env, stdout=subprocess.PIPE, text=True) as process:
            said = process.communicate()[0]
        minutes = (time.perf_counter() - started) / 60
        is_over.set()
        for thread in threads:
            thread.join()
        text = log.read_text()
    before, during = slowest(answers[cold:quiet]), slowest(answers[quiet:])
    with capsys.disabled():
        print(
            f"\n{len(answers)} requests, {minutes:.1f} minutes\nslowest before: "
            f"{before}\nslowest while:  {during}"
        )
    assert said.splitlines()[-1] == f"hu: {pages} of {pages} pages have a draft."
    written = {"save", "publish"}  # what is refused answers 200
    assert {
        (kind, status)
        for kind, _seconds, status in answers
        if status != (302 if kind in written else 200)
    } == set(), text
