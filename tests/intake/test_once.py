"""A form that is sent twice, as by two clicks, acts once.

Its sender gets the first answer again.
"""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from ecca_site.intake.models import SentForm
from ecca_site.intake.once import KEPT

ADDRESS = "/cms/redirects/add/"


@pytest.fixture
def cms(site):
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.org", "x"))
    return client


def send(client, key="page-1", **changes):
    values = {
        "old_path": "/old/",
        "redirect_link": "https://example.org/",
        "site": "",
        "is_permanent": "on",
    }
    return client.post(ADDRESS, {"form_key": key, **values, **changes})


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_form_that_is_sent_twice_acts_once_and_gives_the_first_answer(cms):
    first, second = send(cms), send(cms)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert said(first) == said(second) != []
    assert Redirect.objects.count() == 1


def test_another_page_or_another_content_is_another_form(cms):
    send(cms)
    assert send(cms, key="page-2").status_code == 200, "this address has a redirect already"
    send(cms, old_path="/older/")
    assert Redirect.objects.count() == 2


def test_a_form_that_was_refused_may_be_sent_again(cms):
    assert send(cms, redirect_link="nowhere").status_code == 200
    assert not SentForm.objects.exists()
    assert send(cms).status_code == 302


def test_another_person_sends_another_form(cms):
    send(cms)
    other = Client()
    other.force_login(get_user_model().objects.create_superuser("other", "o@example.org", "x"))
    assert send(other).status_code == 200
    assert SentForm.objects.count() == 1


@pytest.mark.parametrize(("length", "number"), [(64, 1), (32, 0)])
def test_without_a_script_the_token_of_the_page_is_the_key(cms, length, number):
    send(cms, key="", csrfmiddlewaretoken="x" * length)
    assert SentForm.objects.count() == number


def test_a_draft_may_be_saved_as_it_was_before(cms):
    send(cms)
    redirect = Redirect.objects.get()
    address = f"/cms/redirects/{redirect.pk}/"
    values = {"form_key": "k", "site": "", "old_path": "/old/", "is_permanent": "on"}
    for link in tuple(f"https://example.org/{name}" for name in "aba"):
        assert cms.post(address, {**values, "redirect_link": link}).status_code == 302
        redirect.refresh_from_db()
        assert redirect.redirect_link == link


def test_old_forms_are_forgotten(cms):
    send(cms)
    send(cms, old_path="/older/")
    SentForm.objects.filter(pk=SentForm.objects.first().pk).update(sent_at=timezone.now() - KEPT)
    call_command("tidy")
    assert SentForm.objects.count() == 1


# Views without a transaction: all but the last three only read. A page takes no form; of texts
# that a service suggests those stay that there are.
OUTSIDE = {
    "all_conferences", "conference", "document", "healthz", "inner", "media", "picks", "picks_ics",
    "programme", "root", "search", "session", "index", "piece", "page",
    "suggest_all", "suggest_one",
}  # fmt: skip


# --- Every form ----------------------------------------------------------------------------------
def views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback


def test_every_view_acts_once():
    callbacks = list(views(get_resolver().url_patterns))
    assert len(callbacks) > 300
    assert [view for view in callbacks if not getattr(view, "acts_once", False)] == []
    outside = {view.__name__ for view in callbacks if getattr(view, "_non_atomic_requests", None)}
    assert outside == OUTSIDE
