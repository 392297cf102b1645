"""A forgotten password: no answer tells whose address is known, and nobody's mailbox is filled."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.users.models import UserProfile

from ecca_site.mail.models import Mail
from ecca_site.mail.password_reset import write_reset

ADDRESS = "/cms/password_reset/"


@pytest.fixture(autouse=True)
def _outbox(settings, db):
    settings.EMAIL_BACKEND = "ecca_site.mail.backend.OutboxBackend"


@pytest.fixture
def ana(person):
    return person("ana")


@pytest.fixture
def worker(settings):
    """Tasks wait in the database, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def reset(email, address="192.0.2.1", **headers):
    return Client(REMOTE_ADDR=address).post(ADDRESS, {"email": email}, headers=headers)


def test_the_request_asks_and_writes_the_same_for_known_and_unknown(ana, worker):
    reset("first@example.org")  # what is looked up once for all
    costs = []
    for email in ("ana@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            answer = reset(email)
        shape = [
            query["sql"].split(" VALUES")[0] for query in queries if "SAVEPOINT" not in query["sql"]
        ]
        costs.append((shape, answer.status_code, answer["Location"], answer.content))
    assert costs[0] == costs[1]
    assert [sql[:47] for sql in costs[0][0]] == ['INSERT INTO "django_tasks_database_dbtaskresult']
    assert Mail.objects.count() == 0


def test_the_worker_writes_to_whoever_has_the_address_in_their_language(ana):
    UserProfile.objects.create(user=ana, preferred_language="sl")
    for email in ("nobody@example.org", "no address", "ANA@example.org"):
        write_reset.enqueue(email)
    mail = Mail.objects.get()
    assert (mail.address, mail.language, mail.subject) == (
        "ana@example.org",
        "sl",
        "Geslo ponastavljeno",
    )
    assert "http://127.0.0.1:8000/cms/password_reset/confirm/" in mail.text


def test_a_mailbox_is_asked_for_a_few_times_a_day_known_or_not(ana, settings):
    for email in ("ana@example.org", "nobody@example.org"):
        answers = [reset(email, f"192.0.{number}.1") for number in range(6)]
        assert [answer.status_code for answer in answers] == [302] * 5 + [429]
        assert answers[5].context["form"]["email"].value() == email
        assert "Too many forms came with this e-mail address" in answers[5].content.decode()
    assert Mail.objects.count() == 5


def test_a_network_asks_for_many_mailboxes_up_to_its_limit_and_is_told_so(settings):
    settings.FORM_LIMITS = {**settings.FORM_LIMITS, "password reset": {"network": 3, "mailbox": 5}}
    answers = [reset(f"{number}@example.org", **{"Accept-Language": "sl"}) for number in range(4)]
    assert [answer.status_code for answer in answers] == [302] * 3 + [429]
    assert "Iz vašega omrežja je v eni uri prispelo preveč obrazcev." in answers[3].content.decode()
    assert 'value="3@example.org"' in answers[3].content.decode()
    assert "no-store" in answers[3]["Cache-Control"]


def test_what_is_no_address_is_said_as_ever(ana):
    assert reset("ana").status_code == 200
    assert Mail.objects.count() == 0
