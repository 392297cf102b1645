"""Wrong passwords: who is locked out, for how long, and what is said."""

import datetime
import re

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

LOGIN = "/cms/login/"


@pytest.fixture(autouse=True)
def _counted(settings, db):
    settings.AXES_ENABLED = True


@pytest.fixture
def ana(person):
    return person("ana")


def sign_in(name, password="wrong", address="192.0.2.1", **headers):
    return Client(REMOTE_ADDR=address).post(
        LOGIN, {"username": name, "password": password, **headers}
    )


def statuses(answers):
    return [answer.status_code for answer in answers]


def test_ten_wrong_passwords_lock_a_name_out_for_one_address_alone(ana):
    assert statuses(sign_in("ana") for _time in range(11)) == [200] * 9 + [429] * 2
    assert sign_in("ana", "x").status_code == 429
    assert sign_in("ana", "x", "192.0.2.2").status_code == 302


def test_a_guesser_cannot_change_to_another_address_of_the_same_site(ana):
    answers = [sign_in("ana", address=f"2001:db8:1:{number}::1") for number in range(10)]
    assert statuses(answers) == [200] * 9 + [429]
    assert sign_in("ana", "x", "2001:db8:2::1").status_code == 302


def test_an_address_guesses_at_fifty_names(ana):
    assert statuses(sign_in(f"guess{number}") for number in range(51)) == [200] * 49 + [429] * 2
    assert sign_in("ana", "x").status_code == 429
    assert sign_in("ana", "x", "198.51.100.1").status_code == 302


def test_a_right_password_takes_back_the_wrong_ones_of_its_name_alone(ana, settings):
    settings.ADDRESS_FAILURE_LIMIT = 5
    assert statuses(sign_in(name) for name in ("a", "b", "c", "ana")) == [200] * 4
    assert sign_in("ana", "x").status_code == 302
    assert statuses(sign_in(name) for name in ("d", "e")) == [200, 429]


def test_an_office_whose_people_mistype_once_each_is_not_locked(person, settings):
    settings.ADDRESS_FAILURE_LIMIT = 5
    names = [f"p{number}" for number in range(8)]
    for name in names:
        person(name)
    answers = [sign_in(name, password) for name in names for password in ("wrong", "x")]
    assert statuses(answers) == [200, 302] * 8


def test_the_proxys_word_counts_and_no_other(ana, settings):
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"
    for number in range(10):
        Client(HTTP_X_REAL_IP="203.0.113.1", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}").post(
            LOGIN, {"username": "ana", "password": "wrong"}
        )
    right = {"username": "ana", "password": "x"}
    assert Client(HTTP_X_REAL_IP="203.0.113.1").post(LOGIN, right).status_code == 429
    assert Client(HTTP_X_REAL_IP="203.0.113.2").post(LOGIN, right).status_code == 302


# --- The end of a lock ---------------------------------------------------------------------------
def age(minutes):
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=minutes))


def test_a_lock_ends_when_it_was_said_to_end_whatever_is_tried_meanwhile(ana):
    for _time in range(10):
        sign_in("ana")
    age(20)
    answer = sign_in("ana")
    assert answer.status_code == 429
    assert answer.context["minutes"] == 10
    assert 590 <= int(answer["Retry-After"]) <= 600
    age(31)
    assert sign_in("ana", "x").status_code == 302


def test_the_later_of_two_locks_counts(ana, settings):
    settings.ADDRESS_FAILURE_LIMIT = 5
    for name in "abcd":
        sign_in(name)
    age(25)
    assert sign_in("ana").context["minutes"] == 5
    AccessAttempt.objects.filter(username="ana").update(
        failures_since_start=10, attempt_time=timezone.now()
    )
    assert sign_in("ana").context["minutes"] == 30


@pytest.mark.parametrize(
    ("language", "heading", "said"),
    [
        ("en", "Too many wrong passwords", "Try again in 30 minutes."),
        ("sl", "Preveč napačnih gesel", "Poskusite znova čez 30 minut."),
    ],
)
def test_the_page_says_in_the_readers_language_how_to_go_on(ana, language, heading, said):
    for _time in range(9):
        sign_in("ana")
    answer = Client(REMOTE_ADDR="192.0.2.1").post(
        LOGIN,
        {"username": "ana", "password": "wrong", "next": "/cms/pages/7/"},
        headers={"Accept-Language": language},
    )
    html = answer.content.decode()
    assert answer.status_code == 429
    assert f"<h1>{heading}</h1>" in html
    assert said in html
    assert 'href="/cms/login/?next=/cms/pages/7/"' in html


# --- What a guesser learns -----------------------------------------------------------------------
def test_a_known_and_an_unknown_name_cost_the_same_queries(ana):
    costs = []
    for name in ("ana", "nobody"):
        for _time in range(2):  # the first wrong one is added, the second one counted up
            with CaptureQueriesContext(connection) as queries:
                answer = sign_in(name)
            shape = [query["sql"].split()[0] for query in queries]
            costs.append((shape, answer.status_code, len(answer.content)))
    assert costs[:2] == [
        (shape, status, size - len("nobody") + len("ana")) for shape, status, size in costs[2:]
    ]


@pytest.mark.parametrize(("language", "label"), [("sl", "Geslo*"), ("hu", "Jelszó*")])
def test_the_form_names_its_fields_in_the_readers_language(client, language, label):
    html = client.get(LOGIN, headers={"Accept-Language": language}).content.decode()
    text = re.search(r'<label[^>]* for="id_password"[^>]*>(.*?)</label>', html, re.DOTALL)[1]
    assert re.sub(r"<[^>]+>|\s", "", text) == label
