"""A request that PostgreSQL ends for the sake of others is done again once, then told in words."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.users.models import UserProfile

pytestmark = [pytest.mark.only_on("postgresql"), pytest.mark.django_db]

FORM = {"form_key": "k", "old_path": "/old/", "redirect_link": "https://example.org/", "site": ""}


class Conflicts:
    """Lets PostgreSQL raise an error of its own as often as it is told to."""

    def __init__(self, number, code):
        self.left = number
        self.code = code

    def __call__(self, execute, sql, params, many, context):
        if self.left and sql.startswith('INSERT INTO "wagtailredirects_redirect"'):
            self.left -= 1
            return execute(
                f"DO $$ BEGIN RAISE SQLSTATE '{self.code}'; END $$", None, False, context
            )
        return execute(sql, params, many, context)


@pytest.fixture
def cms(site):
    client = Client(raise_request_exception=False)
    user = get_user_model().objects.create_superuser("admin", "a@example.org", "x")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def send(client, number, code, **values):
    with connection.execute_wrapper(Conflicts(number, code)):
        return client.post("/cms/redirects/add/", FORM, **values)


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_a_conflict_is_not_seen_where_the_second_time_succeeds(cms, code):
    response = send(cms, 1, code)
    assert response.status_code == 302
    assert Redirect.objects.get().old_path == "/old"
    assert len(response.wsgi_request._messages._queued_messages) == 1


def test_a_conflict_that_stays_is_told_in_words_and_nothing_typed_is_lost(cms):
    response = send(cms, 2, "40P01", HTTP_ORIGIN="http://testserver")
    assert response.status_code == 503
    page = response.content.decode()
    assert "Others were changing the same just now" in page
    assert "https://example.org/" in page
    assert not Redirect.objects.exists()
    assert send(cms, 0, "40P01").status_code == 302, "it may be sent again"


def test_a_script_is_told_in_json(cms):
    response = send(cms, 2, "40P01", HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert (response.status_code, response["Content-Type"]) == (503, "application/json")


def test_another_error_of_the_database_is_an_error(cms):
    assert send(cms, 1, "22012").status_code == 500
