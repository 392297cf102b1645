"""One's own account: what asks for the password, and where one is signed in."""

import re
import time

import pytest
from django.test import Client

from ecca_site.access import roles
from ecca_site.mail.models import Mail
from ecca_site.users.devices import device_of, in_words
from ecca_site.users.models import SignIn
from ecca_site.users.sessions import public_name

from .factors import is_in, sign_in

ACCOUNT = "/cms/account/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0"
KIT = "AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/605.1"


@pytest.fixture
def ana(site, person):
    return person("ana", roles.PARTNER_MODERATOR.name)


def account(user, **changes):
    values = {
        "first_name": "Ana",
        "last_name": "Novak",
        "email": user.email,
        "current_password": "",
    }
    values |= changes
    return {f"name_email-{name}": value for name, value in values.items()} | {
        "locale-preferred_language": "en",
        "locale-current_time_zone": "Europe/Ljubljana",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
        "mail-rhythm": "at_once",
    }


@pytest.fixture
def named(ana, client):
    ana.first_name, ana.last_name = "Ana", "Novak"
    ana.save()
    client.force_login(ana)
    return ana


@pytest.mark.parametrize(
    ("change", "password", "error"),
    [
        (
            {"email": "new@example.org"},
            "",
            "Type your password to change your name or e-mail address.",
        ),
        ({"email": "new@example.org"}, "wrong", "This is not your password."),
        ({"first_name": "Eva"}, "", "Type your password to change your name or e-mail address."),
    ],
)
def test_a_name_or_address_changes_by_the_password_alone(named, client, change, password, error):
    answer = client.post(ACCOUNT, account(named, **change, current_password=password))
    named.refresh_from_db()
    assert (answer.status_code, error in answer.content.decode()) == (200, True)
    assert (named.first_name, named.email) == ("Ana", "ana@example.org")
    answer = client.post(ACCOUNT, account(named, **change, current_password="x"))
    named.refresh_from_db()
    assert answer.status_code == 302
    if "email" in change:
        assert link_to(change["email"])
    else:
        assert named.first_name == change["first_name"]


def test_nobody_takes_the_address_of_somebody_else(named, person, client):
    other = person("other")
    data = account(named, email=other.email.upper(), current_password="x")
    assert "There is an account with this address" in client.post(ACCOUNT, data).content.decode()
    named.refresh_from_db()
    assert named.email == "ana@example.org"


# --- Another address -----------------------------------------------------------------------------
def change_address(client, user, new="new@example.org", password="x"):
    return client.post(ACCOUNT, account(user, email=new, current_password=password), follow=True)


def link_to(address):
    mail = Mail.objects.filter(address=address).latest("pk")
    return re.search(r"/cms/account/address/\S+", mail.text)[0]


def test_another_address_counts_once_its_link_was_opened(named, client):
    html = change_address(client, named).content.decode()
    assert "We have mailed a link to new@example.org." in html
    named.refresh_from_db()
    assert named.email == "ana@example.org"
    [mail] = Mail.objects.all()
    assert (mail.address, mail.subject) == ("new@example.org", "Confirm your new e-mail address")
    page = client.get(link_to("new@example.org")).content.decode()
    assert "From now on the mails of your account go to new@example.org." in page
    named.refresh_from_db()
    assert named.email == "ana@example.org"
    client.post(link_to("new@example.org"))
    named.refresh_from_db()
    assert named.email == "new@example.org"


def test_the_old_address_is_told_of_a_new_one(named, client):
    client.post(ACCOUNT, account(named, email="new@example.org", current_password="wrong"))
    client.post(ACCOUNT, account(named, first_name="Eva", current_password="x"))
    assert not Mail.objects.exists()
    change_address(client, named)
    client.post(link_to("new@example.org"))
    mail = Mail.objects.latest("pk")
    assert mail.address == "ana@example.org"
    assert mail.subject == "Your account has a new e-mail address"
    assert "set a new password and tell an administrator" in mail.text


def test_whoever_had_no_address_is_not_written_to(named, client):
    named.email = ""
    named.save()
    change_address(client, named)
    client.post(link_to("new@example.org"))
    named.refresh_from_db()
    assert (named.email, Mail.objects.count()) == ("new@example.org", 1)


def test_the_second_click_shows_how_things_stand(named, client):
    change_address(client, named)
    link = link_to("new@example.org")
    client.post(link)
    for answer in (client.get(link, follow=True), client.post(link, follow=True)):
        assert "The mails of your account go to new@example.org." in answer.content.decode()
    assert Mail.objects.count() == 2


def test_a_link_for_another_account_says_so(named, person, client):
    change_address(client, named)
    other = person("eva", roles.PARTNER_MODERATOR.name)
    client.force_login(other)
    for send in (client.get, client.post):
        html = send(link_to("new@example.org"), follow=True).content.decode()
        assert "This link is for another account: sign in with that one" in html
        assert "new@example.org" not in html
    named.refresh_from_db()
    other.refresh_from_db()
    assert (named.email, other.email) == ("ana@example.org", "eva@example.org")


def test_an_older_link_does_not_take_a_later_address_back(named, client):
    change_address(client, named)
    change_address(client, named, "later@example.org")
    client.post(link_to("later@example.org"))
    answer = client.post(link_to("new@example.org"))
    assert answer.status_code == 409
    assert "Your e-mail address was changed meanwhile." in answer.content.decode()
    named.refresh_from_db()
    assert named.email == "later@example.org"


def test_an_address_that_somebody_else_got_meanwhile_stays_theirs(named, person, client):
    change_address(client, named)
    other = person("other")
    other.email = "NEW@example.org"
    other.save()
    answer = client.post(link_to("new@example.org"))
    assert answer.status_code == 409
    assert "There is an account with this address already." in answer.content.decode()
    named.refresh_from_db()
    assert named.email == "ana@example.org"


def test_a_link_is_for_its_own_account_alone(named, person, client):
    change_address(client, named)
    link = link_to("new@example.org")
    other = person("other", roles.EDITOR.name)
    client.force_login(other)
    assert client.post(link)["Location"] == "/cms/"
    other.refresh_from_db()
    assert other.email == "other@example.org"
    client.logout()
    assert client.get(link)["Location"].startswith("/cms/login/?next=")
    named.refresh_from_db()
    assert named.email == "ana@example.org"


def test_a_link_lasts_a_day(named, client, monkeypatch):
    change_address(client, named)
    link = link_to("new@example.org")
    for wrong in (f"{link[:-3]}x/", "/cms/account/address/x/"):
        assert client.post(wrong).status_code == 409
    later = time.time() + 25 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    answer = client.post(link)
    assert answer.status_code == 409
    assert "This link has run out" in answer.content.decode()
    named.refresh_from_db()
    assert named.email == "ana@example.org"


def test_few_links_go_to_one_mailbox(named, client):
    for _time in range(3):
        change_address(client, named)
    answer = change_address(client, named, "new+more@example.org")
    assert "Too many forms came with this e-mail address" in answer.content.decode()
    assert Mail.objects.count() == 3


def test_the_rest_of_the_page_changes_without_the_password(named, client):
    answer = client.post(ACCOUNT, account(named) | {"locale-preferred_language": "sl"})
    assert answer.status_code == 302
    named.refresh_from_db()
    assert named.wagtail_userprofile.preferred_language == "sl"


# --- Sessions ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {KIT}", "Safari on iPhone"),
        (f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/140.0 Edg/140.0", "Edge on Windows"),
        (f"Mozilla/5.0 (Linux; Android 15) {KIT} Chrome/140.0", "Chrome on Android"),
        ("curl/8 (Linux)", "Linux"),
        ("", "Unknown device"),
    ],
)  # fmt: skip
def test_a_device_in_words(user_agent, words):
    assert in_words(device_of(user_agent)) == words


def test_the_page_lists_ones_own_sessions_and_ends_one(ana, person, client):
    person("bo", roles.EDITOR.name)
    there, stranger = Client(), Client()
    sign_in(client, "ana")
    there.post("/cms/login/", {"username": "ana", "password": "x"}, headers={"User-Agent": FIREFOX})
    sign_in(stranger, "bo")
    html = client.get(ACCOUNT).content.decode()
    assert html.count('form="end-session"') == 1
    assert "Firefox on Windows" in html
    keys = SignIn.objects.values_list("session_key", flat=True)
    assert not any(key in html for key in keys)
    bo, other = (each.session.session_key for each in (stranger, there))
    for key in (bo, other):
        client.post(f"{ACCOUNT}sessions/{public_name(key)}/end/")
    assert (is_in(client), is_in(there), is_in(stranger)) == (True, False, True)


def test_a_session_ends_by_a_form_alone(ana, client):
    sign_in(client, "ana")
    key = client.session.session_key
    client.get(f"{ACCOUNT}sessions/{public_name(key)}/end/")
    assert is_in(client)


def test_a_row_keeps_device_and_times_and_nothing_else_of_a_person(ana, client):
    sign_in(client, "ana")
    row = SignIn.objects.get(user=ana)
    assert {field.name for field in SignIn._meta.fields} == {
        "session_key", "session_data", "expire_date", "user", "device", "started_at",
        "last_used_at",
    }  # fmt: skip
    assert row.started_at == row.last_used_at
    session = client.session
    session["last_used_at"] -= 601
    session.save()
    client.get(ACCOUNT)
    row.refresh_from_db()
    assert row.started_at <= row.last_used_at
    ana.delete()
    assert not SignIn.objects.filter(pk=row.pk).exists()
