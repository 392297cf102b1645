"""Administrators see what no mail server took, and give it another chance.

Everybody chooses a rhythm.
"""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from ecca_site.access import roles
from ecca_site.mail.models import Mail, MailPreference


def make(key, **values):
    return Mail.objects.create(
        key=key, address=f"{key}@example.org", language="en", subject=f"About {key}", text="x",
        html="x",
        **{"attempts": 3, "last_error": "ConnectionRefusedError: [Errno 111]"} | values,
    )  # fmt: skip


@pytest.fixture
def mails(db):
    now = timezone.now()
    return {
        "given-up": make("given-up", gave_up_at=now),
        "tried": make("tried", next_attempt_at=now + datetime.timedelta(minutes=8)),
        "sent": make("sent", sent_at=now),
        "new": make("new", attempts=0, last_error=""),
    }


def test_what_failed_is_listed_with_its_reason(mails, admin_client):
    response = admin_client.get("/cms/mails/")
    html = response.content.decode()
    assert {entry.key for entry in response.context["object_list"]} == {"given-up", "tried"}
    assert "ConnectionRefusedError: [Errno 111]" in html
    assert html.count("review-alert") == 1
    assert "1 mail was given up after two days of attempts." in html
    response = admin_client.get("/cms/mails/?gave_up=true")
    assert {entry.key for entry in response.context["object_list"]} == {"given-up"}
    response = admin_client.get("/cms/mails/?gave_up=false")
    assert {entry.key for entry in response.context["object_list"]} == {"tried"}
    assert admin_client.get("/cms/mails/?gave_up=burn&language=xx&ordering=text").status_code == 200


def test_nothing_failed(db, admin_client):
    html = admin_client.get("/cms/mails/").content.decode()
    assert "Every mail was sent, or waits for its first attempt." in html
    assert "Try all that were given up again" not in html
    assert "could not be sent" not in admin_client.get("/cms/").content.decode()


def test_the_first_page_of_the_cms_warns(mails, admin_client, client, person):
    assert "1 mail could not be sent." in admin_client.get("/cms/").content.decode()
    client.force_login(person("editor", roles.EDITOR.name))
    assert "could not be sent" not in client.get("/cms/").content.decode()


def test_another_chance(mails, admin_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        html = admin_client.post("/cms/mails/again/", follow=True).content.decode()
    assert "1 mail is tried again." in html
    assert [message.to for message in mail.outbox] == [["given-up@example.org"]]
    assert set(Mail.objects.failed().values_list("key", flat=True)) == {"tried"}


def test_nobody_else_sees_or_sends(mails, client, person):
    for name in (roles.EDITOR.name, roles.PARTNER_MODERATOR.name, roles.ADMINISTRATOR.name):
        client.force_login(person(name, name))
        assert client.get("/cms/mails/").status_code == 302
        client.post("/cms/mails/again/")
    mails["given-up"].refresh_from_db()
    assert mails["given-up"].gave_up_at is not None


def test_it_is_asked_for_by_a_button_alone(mails, admin_client):
    assert admin_client.get("/cms/mails/again/").status_code == 405


# --- Everybody's choice --------------------------------------------------------------------------
def account(user, **values):
    """Return what the form sends of a user who changes neither name nor address."""
    type(user).objects.filter(pk=user.pk).update(first_name="Ana", last_name="Novak")
    return {
        "name_email-first_name": "Ana", "name_email-last_name": "Novak",
        "name_email-email": user.email,
        "locale-preferred_language": "sl", "locale-current_time_zone": "Europe/Ljubljana",
        "theme-theme": "system",
        "theme-contrast": "system", "theme-density": "default", **values,
    }  # fmt: skip


def test_a_rhythm_is_chosen_in_the_account(site, client, person):
    user = person("editor", roles.EDITOR.name)
    client.force_login(user)
    html = client.get("/cms/account/").content.decode()
    assert 'name="mail-rhythm"' in html
    assert 'name="mail-wants_reviews"' not in html
    response = client.post(
        "/cms/account/", account(user, **{"mail-rhythm": "daily", "mail-wants_reviews": "on"})
    )
    assert response.status_code == 302
    preference = MailPreference.objects.get()
    assert (preference.user, preference.rhythm, preference.wants_reviews) == (user, "daily", False)
    client.post("/cms/account/", account(user, **{"mail-rhythm": "burn"}))
    preference.refresh_from_db()
    assert preference.rhythm == "daily"


def test_administrators_are_asked_whether_they_want_reviews(site, admin_client, admin_user):
    assert 'name="mail-wants_reviews"' in admin_client.get("/cms/account/").content.decode()
    admin_client.post(
        "/cms/account/",
        account(admin_user, **{"mail-rhythm": "at_once", "mail-wants_reviews": "on"}),
    )
    assert MailPreference.objects.get().wants_reviews
