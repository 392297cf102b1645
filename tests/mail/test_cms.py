"""Administrators see what no mail server took, and give it another chance.

Everybody chooses a rhythm.
"""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from ecca_site.access import roles
from ecca_site.mail import tasks
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


# --- One mail -------------------------------------------------------------------------------------
def test_it_can_be_read_corrected_and_tried_again(
    mails, admin_client, django_capture_on_commit_callbacks
):
    address = f"/cms/mails/{mails['given-up'].pk}/"
    assert address in admin_client.get("/cms/mails/").content.decode()
    Mail.objects.filter(key="given-up").update(text="The door opens at nine.", html="x")
    html = admin_client.get(address).content.decode()
    assert "The door opens at nine." in html
    assert "ConnectionRefusedError: [Errno 111]" in html
    with django_capture_on_commit_callbacks(execute=True):
        response = admin_client.post(address, {"address": "right@example.org"}, follow=True)
    assert "This mail is tried again." in response.content.decode()
    assert [message.to for message in mail.outbox] == [["right@example.org"]]
    assert Mail.objects.get(key="given-up").sent_at is not None


def test_one_that_waits_for_its_next_attempt_is_tried_now(
    mails, admin_client, django_capture_on_commit_callbacks
):
    before = mails["tried"]
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(f"/cms/mails/{before.pk}/", {"address": before.address})
    assert [message.to for message in mail.outbox] == [["tried@example.org"]]
    # The same number: a server that took it before it broke delivers it once.
    assert message_id(mail.outbox[0]) == message_id(tasks.message(before))


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b@c", "x" * 300 + "@example.org", "a\0@b.org"]
)
def test_what_is_no_address_is_refused_beside_its_field(mails, admin_client, address):
    path = f"/cms/mails/{mails['given-up'].pk}/"
    response = admin_client.post(path, {"address": address})
    assert response.status_code == 422
    assert "address" in response.context["form"].errors
    assert "autofocus" in response.content.decode()
    mails["given-up"].refresh_from_db()
    assert mails["given-up"].address == "given-up@example.org"


def test_what_was_sent_meanwhile_is_not_sent_again(mails, admin_client):
    path = f"/cms/mails/{mails['sent'].pk}/"
    for response in (
        admin_client.get(path, follow=True),
        admin_client.post(path, {"address": "x@example.org"}, follow=True),
    ):
        assert "This mail has been sent meanwhile." in response.content.decode()
    assert not mail.outbox
    assert admin_client.get("/cms/mails/999999/").status_code == 404


def test_nobody_else_reads_one(mails, client, person):
    path = f"/cms/mails/{mails['given-up'].pk}/"
    for name in (roles.EDITOR.name, roles.ADMINISTRATOR.name):
        client.force_login(person(name, name))
        assert client.get(path).status_code == 302
        client.post(path, {"address": "mine@example.org"})
    mails["given-up"].refresh_from_db()
    assert mails["given-up"].address == "given-up@example.org"


# --- What mail programs read ----------------------------------------------------------------------
def message_id(message):
    return message.extra_headers["Message-ID"]


@pytest.mark.django_db
def test_its_number_bears_the_domain_of_the_site(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://circular.example:8443"
    assert message_id(tasks.message(make("new"))).endswith("@circular.example>")


def test_mails_of_the_cms_lead_to_their_rhythm_and_asked_for_ones_do_not(site, person):
    user = person("editor", roles.EDITOR.name)
    told = tasks.message(make("told", user=user))
    assert told.extra_headers["List-Unsubscribe"].endswith("/cms/account/#tab-notifications>")
    for other in (make("stranger"), make("message:1", user=user)):
        assert "List-Unsubscribe" not in tasks.message(other).extra_headers
