"""Whoever has a second factor gets in by it alone; what matters asks for it again."""

from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.tokens import default_token_generator
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.models import ModelLogEntry

from ecca_site.access import roles
from ecca_site.mail.models import Mail
from ecca_site.users.models import SignIn
from ecca_site.users.second_factor.adapters import passkeys_work

from .factors import (
    SECRET,
    code,
    code_of,
    give_code,
    is_in,
    let_time_pass,
    sign_in,
    sign_in_with_code,
    turn_on,
)

SECOND_STEP = "/cms/second-factor/authenticate/"
AGAIN = "/cms/second-factor/reauthenticate/"


@pytest.fixture
def ana(site, person):
    return person("ana", roles.PARTNER_MODERATOR.name)


@pytest.fixture
def administrator(site, person):
    user = person("administrator", roles.ADMINISTRATOR.name)
    turn_on(user)
    return user


@pytest.fixture
def chief(site, django_user_model):
    user = django_user_model.objects.create_superuser("chief", "chief@example.org", "x")
    turn_on(user)
    return user


# --- Signing in ----------------------------------------------------------------------------------
def test_without_a_second_factor_the_password_is_enough(ana, client):
    assert sign_in(client, "ana", next="/cms/account/")["Location"] == "/cms/account/"
    assert is_in(client)


def test_the_password_alone_gets_nobody_in_who_has_a_second_factor(ana, client):
    turn_on(ana)
    assert sign_in(client, "ana")["Location"] == SECOND_STEP
    assert client.get("/cms/")["Location"] == "/cms/login/?next=/cms/"
    assert not SignIn.objects.filter(user=ana).exists()


def test_the_code_of_the_app_gets_in_where_one_wanted_to_go(ana, client):
    turn_on(ana)
    sign_in(client, "ana", next="/cms/account/")
    assert give_code(client, code())["Location"] == "/cms/account/"
    assert is_in(client)


def test_a_code_counts_once_whatever_process_answers(ana, client):
    turn_on(ana)
    shown = code()
    sign_in(client, "ana")
    give_code(client, shown)
    other = Client()
    sign_in(other, "ana")
    assert give_code(other, shown).status_code == 200
    assert not is_in(other)


def test_an_earlier_code_does_not_count_after_a_later_one(ana, client):
    turn_on(ana)
    now, before = code(), code(-1)
    sign_in(client, "ana")
    give_code(client, now)
    other = Client()
    sign_in(other, "ana")
    assert give_code(other, before).status_code == 200


def test_a_recovery_code_gets_in_once(ana, client):
    recovery = turn_on(ana)[3]
    sign_in(client, "ana")
    assert give_code(client, recovery).status_code == 302
    other = Client()
    sign_in(other, "ana")
    assert give_code(other, recovery).status_code == 200


def test_wrong_codes_count_as_wrong_passwords(ana, client, settings):
    settings.AXES_ENABLED = True
    settings.ACCOUNT_RATE_LIMITS = False
    turn_on(ana)
    sign_in(client, "ana")
    answers = [give_code(client, "000000").status_code for _time in range(11)]
    assert answers == [200] * 9 + [429] * 2
    assert give_code(client, code()).status_code == 429
    assert sign_in(Client(), "ana").status_code == 429


WRONG_ANSWER = (
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA",'
    '"authenticatorData": "AA", "signature": "AA"}}'
)


def test_wrong_passkeys_count_as_wrong_passwords(ana, client, settings):
    settings.AXES_ENABLED = True
    settings.ACCOUNT_RATE_LIMITS = False
    turn_on(ana)
    sign_in(client, "ana")
    answers = [
        client.post(SECOND_STEP, {"credential": WRONG_ANSWER}).status_code for _time in range(11)
    ]
    assert answers == [200] * 9 + [429] * 2
    assert give_code(client, code()).status_code == 429
    assert sign_in(Client(), "ana").status_code == 429


def test_wrong_passkeys_count_where_one_is_asked_again(ana, client, settings):
    turn_on(ana)
    Authenticator.objects.create(user=ana, type=Authenticator.Type.WEBAUTHN, data={})
    sign_in_with_code(client, "ana")
    settings.AXES_ENABLED = True
    settings.ACCOUNT_RATE_LIMITS = False
    address = "/cms/second-factor/webauthn/reauthenticate/"
    answers = [
        client.post(address, {"credential": WRONG_ANSWER}).status_code for _time in range(11)
    ]
    assert answers == [302] * 9 + [429] * 2


def test_few_wrong_passkeys_are_taken_of_one_person_wherever_they_come_from(ana, monkeypatch):
    """Allauth counts what can be read, before it looks whether it is right."""
    turn_on(ana)
    monkeypatch.setattr(
        "allauth.mfa.webauthn.internal.auth.parse_authentication_response", lambda response: None
    )
    clients = [Client(REMOTE_ADDR=f"192.0.2.{number}") for number in range(6)]
    for each in clients:
        sign_in(each, "ana")
        each.post(SECOND_STEP, {"credential": WRONG_ANSWER})
    assert give_code(clients[0], code()).status_code == 200


def test_few_wrong_codes_are_taken_of_one_person_wherever_they_come_from(ana):
    turn_on(ana)
    clients = [Client(REMOTE_ADDR=f"192.0.2.{number}") for number in range(6)]
    for each in clients:
        sign_in(each, "ana")
        give_code(each, "000000")
    assert give_code(clients[0], code()).status_code == 200


@pytest.mark.parametrize("value", ["", "x" * 500, "\x00", "１２３４５６", "-1"])
def test_any_code_is_refused_in_words(ana, client, value):
    turn_on(ana)
    sign_in(client, "ana")
    answer = give_code(client, value)
    assert answer.status_code == 200
    assert '<li class="error">' in answer.content.decode()


@pytest.mark.parametrize(
    "credential",
    [
        *("", "{", "null", "[]", '"x"', "1", "{}", '{"id": 1}'),
        '{"id": "x", "rawId": "x", "response": {}}',
        (
            '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA",'
            '"authenticatorData": "AA", "signature": "AA"}}'
        ),
    ],
)
def test_any_answer_of_a_passkey_is_refused_in_words(ana, client, credential):
    turn_on(ana)
    sign_in(client, "ana")
    answer = client.post(SECOND_STEP, {"credential": credential})
    assert answer.status_code == 200
    assert not is_in(client)
    sign_in(client, "ana")
    give_code(client, code())
    for address in (
        "/cms/second-factor/webauthn/add/",
        "/cms/second-factor/webauthn/reauthenticate/",
    ):
        assert client.post(address, {"credential": credential}).status_code in (200, 302)
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_secret_of_another_site_key_lets_nobody_in(ana, client, settings):
    turn_on(ana)
    assert SECRET not in str(Authenticator.objects.get(type="totp").data)
    settings.SECRET_KEY = "another key of the site"
    sign_in(client, "ana")
    assert give_code(client, code()).status_code == 200
    settings.SECRET_KEY_FALLBACKS = ["demo-only-not-a-secret"]
    assert give_code(client, code()).status_code == 302


# --- Ways round ----------------------------------------------------------------------------------
def test_a_session_that_another_view_opened_by_the_password_is_ended(ana, client):
    turn_on(ana)
    client.force_login(ana)
    assert client.get("/cms/account/")["Location"] == "/cms/login/?next=/cms/account/"
    assert not SignIn.objects.filter(user=ana).exists()


def test_wagtails_other_page_to_sign_in_leads_to_ours(site, client):
    answer = client.get("/en/_util/login/")
    assert (answer.status_code, answer["Location"]) == (302, "/cms/login/")
    assert client.post("/en/_util/login/", {"username": "a", "password": "b"}).status_code == 302


def test_a_new_password_does_not_go_round_the_second_factor(ana, client):
    turn_on(ana)
    uid = urlsafe_base64_encode(force_bytes(ana.pk))
    token = default_token_generator.make_token(ana)
    address = reverse("wagtailadmin_password_reset_confirm", args=[uid, token])
    form = client.get(address, follow=True).redirect_chain[-1][0]
    new = {"new_password1": "a-long-passphrase-1", "new_password2": "a-long-passphrase-1"}
    assert client.post(form, new).status_code == 302
    assert not is_in(client)
    assert sign_in(client, "ana", "a-long-passphrase-1")["Location"] == SECOND_STEP


def test_the_password_does_not_prove_enough_where_there_is_a_second_factor(ana, client):
    turn_on(ana)
    sign_in_with_code(client, "ana")
    let_time_pass(client, 601)
    address = "/cms/second-factor/totp/deactivate/"
    assert client.post(address)["Location"] == f"{AGAIN}?next={quote(address, safe='')}"
    by_password = client.post("/cms/second-factor/password/", {"password": "x"})
    assert by_password["Location"] == AGAIN
    assert client.post(address).status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()


# --- Setting it up -------------------------------------------------------------------------------
def set_up(client):
    assert client.get("/cms/second-factor/totp/activate/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    client.post("/cms/second-factor/totp/activate/", {"code": code_of(secret)})


def test_setting_an_app_up_ends_other_sessions_and_is_told_by_mail(
    ana, client, django_capture_on_commit_callbacks
):
    other = Client()
    sign_in(other, "ana")
    sign_in(client, "ana")
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    assert (is_in(client), is_in(other)) == (True, False)
    assert TOTP(Authenticator.objects.get(type="totp")).instance.user == ana
    mail = Mail.objects.get(address="ana@example.org")
    assert mail.subject == "Your account has a new second factor"
    page = client.get("/cms/second-factor/recovery-codes/").content.decode()
    assert page.count("<code>") == 10
    again = client.get("/cms/second-factor/recovery-codes/").content.decode()
    assert again.count("<code>") == 0


def test_setting_it_up_asks_for_the_password_after_ten_minutes(ana, client):
    sign_in(client, "ana")
    let_time_pass(client, 601)
    address = "/cms/second-factor/totp/activate/"
    asked = client.get(address)["Location"]
    assert asked == f"/cms/second-factor/password/?next={quote(address, safe='')}"
    answer = client.post(asked, {"password": "wrong"})
    assert (answer.status_code, '<li class="error">' in answer.content.decode()) == (200, True)
    assert client.post(asked, {"password": "x", "next": address})["Location"] == address
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "works"),
    [
        ("http://127.0.0.1:8000/", False),
        ("https://192.0.2.1/", False),
        ("https://[::1]:8000/", False),
        ("http://localhost:8000/", True),
        ("http://ecca.localhost/", True),
        ("https://www.ecca.example/", True),
        ("http://www.ecca.example/", False),
    ],
)
def test_passkeys_are_offered_where_browsers_allow_them(address, works, settings):
    settings.ALLOWED_HOSTS = ["*"]
    scheme, _, host = address.rstrip("/").partition("://")
    request = RequestFactory().get("/", secure=scheme == "https", headers={"Host": host})
    assert passkeys_work(request) is works


# --- Who must ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "must"),
    [
        (roles.ADMINISTRATOR, True),
        (roles.PARTNER_MODERATOR, True),
        (roles.EDITOR, False),
        (roles.CONFERENCE_MANAGER, False),
    ],
)
def test_who_may_decide_must_set_one_up_first(site, person, client, settings, role, must):
    settings.SECOND_FACTOR_REQUIRED = True
    person("bo", role.name)
    sign_in(client, "bo")
    answer = client.get("/cms/")
    assert answer.get("Location") == ("/cms/second-factor/" if must else None)
    assert client.get("/cms/second-factor/").status_code == 200
    script = client.post("/cms/", headers={"x-requested-with": "XMLHttpRequest"})
    assert (script.status_code == 403) is must


def test_who_may_publish_by_another_group_must_too(site, person, client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    editor = person("bo", roles.EDITOR.name)
    group = Group.objects.create(name="Publishers")
    site.group_permissions.create(
        group=group, permission=Permission.objects.get(codename="publish_page")
    )
    editor.groups.add(group)
    sign_in(client, "bo")
    assert client.get("/cms/")["Location"] == "/cms/second-factor/"


def test_who_removes_the_last_one_must_set_up_another(ana, client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    turn_on(ana)
    sign_in_with_code(client, "ana")
    assert client.get("/cms/").status_code == 200
    client.post("/cms/second-factor/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert client.get("/cms/")["Location"] == "/cms/second-factor/"
    assert Mail.objects.get().subject == "A second factor was removed from your account"


@pytest.mark.parametrize(
    "address", ["totp/deactivate/", "webauthn/keys/12/remove/", "webauthn/keys/12/edit/"]
)
def test_what_another_tab_has_removed_is_said_to_be_gone(ana, client, address):
    sign_in(client, "ana")
    for answer, status in (
        (client.get(f"/cms/second-factor/{address}"), 410),
        (client.post(f"/cms/second-factor/{address}"), 409),
    ):
        html = answer.content.decode()
        assert answer.status_code == status
        assert "This second factor is gone already." in html
        assert 'href="/cms/second-factor/"' in html


# --- What matters --------------------------------------------------------------------------------
def matters(user):
    group = Group.objects.order_by("pk").first()
    return [
        reverse("wagtailusers_groups:edit", args=[group.pk]),
        reverse("wagtailusers_users:edit", args=[user.pk]),
        reverse("wagtailusers_users:add"),
        reverse("wagtailadmin_workflows:add"),
        reverse("wagtailredirects:add"),
        reverse("second_factor_reset", args=[user.pk]),
        reverse("wagtail_bulk_action", args=["users", "user", "assign_role"]) + "?id=all",
    ]


def test_roles_and_settings_ask_again_after_ten_minutes(chief, client):
    sign_in_with_code(client, "chief")
    for address in matters(chief):
        assert client.get(address).status_code == 200, address
    let_time_pass(client, 601)
    for address in matters(chief):
        assert client.get(address)["Location"].startswith(f"{AGAIN}?next="), address
    assert client.get(reverse("wagtailusers_users:index")).status_code == 200
    asked = client.get(matters(chief)[0])["Location"]
    assert client.post(asked, {"code": code(1), "next": matters(chief)[0]}).status_code == 302
    assert client.get(matters(chief)[0]).status_code == 200


def test_what_was_typed_is_kept_when_ten_minutes_are_over(administrator, client):
    sign_in_with_code(client, "administrator")
    let_time_pass(client, 601)
    answer = client.post(reverse("wagtailredirects:add"), {"old_path": "/an-old-address/"})
    html = answer.content.decode()
    assert (answer.status_code, "Is it you?" in html, "/an-old-address/" in html) == (
        403,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/cms/moderation/1/", {"action": "override", "comment": "Because."}),
        ("/cms/pages/workflow/action/1/override/1/", {"comment": "Because."}),
        ("/cms/pages/1/edit/", {"workflow-action-name": "override"}),
    ],
)
def test_a_decision_against_the_rule_asks_again(administrator, client, address, form):
    sign_in_with_code(client, "administrator")
    let_time_pass(client, 601)
    assert "Is it you?" in client.post(address, form).content.decode()
    others = {name: "approve" for name in form if name != "comment"}
    if others:
        assert "Is it you?" not in client.post(address, others).content.decode()


def test_who_has_none_is_not_asked(chief, client):
    Authenticator.objects.all().delete()
    sign_in(client, "chief")
    for address in matters(chief):
        assert client.get(address).status_code == 200, address


# --- Lost ----------------------------------------------------------------------------------------
def test_an_administrator_resets_a_second_factor(ana, administrator, client):
    turn_on(ana)
    lost = Client()
    lost.cookies.clear()
    sign_in_with_code(lost, "ana")
    sign_in_with_code(client, "administrator")
    address = reverse("second_factor_reset", args=[ana.pk])
    assert "sets up a new second factor" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert not Authenticator.objects.filter(user=ana).exists()
    assert not is_in(lost)
    assert sign_in(lost, "ana")["Location"] == "/cms/"
    assert Mail.objects.get(address="ana@example.org").subject == "Your second factor was reset"
    entry = ModelLogEntry.objects.get(action="users.second_factor_reset")
    assert (entry.user, entry.object_id) == (administrator, str(ana.pk))
    assert "no second factor" in client.get(address).content.decode()


def test_others_reset_nothing(ana, administrator, chief, client):
    address = reverse("second_factor_reset", args=[chief.pk])
    assert client.get(address)["Location"].startswith("/cms/login/")
    client.post(address)
    client.force_login(ana)
    client.post(address)
    client.logout()
    sign_in_with_code(client, "administrator")
    assert client.post(address).status_code in (302, 403)
    assert Authenticator.objects.filter(user=chief).count() == 2


def test_a_command_resets_the_last_administrators(administrator, capsys):
    call_command("reset_second_factor", "administrator")
    assert not Authenticator.objects.exists()
    assert ModelLogEntry.objects.filter(action="users.second_factor_reset").count() == 1
    assert Mail.objects.get().subject == "Your second factor was reset"
    with pytest.raises(CommandError, match="no second factor"):
        call_command("reset_second_factor", "administrator")
    with pytest.raises(CommandError, match="nobody with the user name"):
        call_command("reset_second_factor", "nobody")
