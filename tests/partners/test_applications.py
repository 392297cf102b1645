"""From the form to join, by way of moderation, to an organisation with people."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from ecca_site.intake.submissions import new_stamp
from ecca_site.mail.models import Mail
from partners.applications import flow
from partners.applications.erasure import erase_address, erase_what_is_due
from partners.applications.links import address_of_invitation
from partners.models import Application, Invitation, PartnerPage, PartnerTeam
from tests import factories

from .joining import FIELDS, apply, confirmed, last_mail, link_in

pytestmark = pytest.mark.usefixtures("directory", "quick")


def review_of(application):
    return application.profile.current_workflow_state.current_task_state


def decide(desk, application, action, text="Because."):
    address = reverse("partner_application", args=[review_of(application).pk, application.pk])
    return desk.post(address, {"action": action, "text": text})


def approve(desk, application):
    return desk.post(
        reverse("moderation_review", args=[review_of(application).pk]), {"action": "approve"}
    )


@pytest.mark.parametrize("language", ["en", "sl", "pl", "es", "pt", "hu", "sr"])
def test_the_form_is_there_in_every_language_without_a_cookie(client, language):
    factories.home_of("sr-latn" if language == "sr" else language)
    response = client.get(f"/{language}/apply/partner/")
    assert response.status_code == 200
    assert not response.cookies
    assert b'name="members_sme"' in response.content


def test_each_class_is_asked_what_it_needs(client):
    asked = {
        kind: client.get(f"/en/apply/{kind}/").context["form"]
        for kind in ("partner", "supporting", "associated")
    }
    names = {kind: {field.name for field in form.shown_fields} for kind, form in asked.items()}
    assert names["supporting"] == {
        "legal_name",
        "country",
        "website",
        "mailbox",
        "offers",
        "consent",
    }
    assert names["associated"] - names["supporting"] == {"seeks", "themes"}
    assert names["partner"] - names["associated"] == {
        "members_sme", "members_large", "members_research", "members_public"
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"legal_name": ""}, {"country": "XX"}, {"website": "no address"}, {"mailbox": "nobody"},
        {"offers": ""},
        {"offers": "a" * 3001}, {"members_sme": "-1"}, {"members_sme": "9" * 30},
        {"themes": ["magic"]},
        {"consent": ""}, {"fax": "1"}, {"mailbox": "a" * 150 + "@example.org"},
    ],
)  # fmt: skip
def test_a_wrong_field_saves_nothing_and_keeps_what_was_typed(client, wrong):
    response = apply(client, **{"seeks": "Friends in timber", **wrong})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(wrong)
    assert b"Friends in timber" in response.content
    assert not Application.objects.exists()
    assert not Mail.objects.exists()


def test_an_old_stamp_loses_nothing(client):
    response = apply(client, stamp="forged")
    assert response.status_code == 422
    assert b"Timber Cluster" in response.content
    again = apply(client, stamp=response.context["form"].data["stamp"])
    assert again.status_code == 302


def test_two_organisations_of_one_name_both_get_a_draft(client):
    first, _address = confirmed(client)
    second, _address = confirmed(client, mailbox="other@timber.example")
    assert [first.profile.slug, second.profile.slug] == ["timber-cluster", "timber-cluster-1"]


def test_sending_twice_is_one_application(client):
    stamp = new_stamp()
    assert [apply(client, stamp=stamp).status_code for _ in range(2)] == [302, 302]
    assert Application.objects.count() == Mail.objects.count() == 1


def test_too_many_of_one_address_are_refused(client):
    assert [apply(client).status_code for _ in range(6)] == [302] * 5 + [429]
    assert Application.objects.count() == 5


def test_one_too_many_of_a_network_keeps_what_was_typed(client, settings):
    settings.FORM_LIMITS = {**settings.FORM_LIMITS, "application": {"network": 1, "mailbox": 5}}
    apply(client, mailbox="first@timber.example")
    refused = apply(client, mailbox="second@timber.example")
    values = {name: refused.context["form"][name].value() for name in FIELDS}
    assert (refused.status_code, values) == (
        429,
        {**FIELDS, "mailbox": "second@timber.example", "consent": True},
    )
    assert Application.objects.count() == 1


def test_an_application_counts_only_when_confirmed_by_a_button(client):
    apply(client)
    application, address = Application.objects.get(), link_in(last_mail())
    assert (application.state, application.consent_version) == ("unconfirmed", "2026-11")
    assert client.get(address).status_code == 200
    application.refresh_from_db()
    assert application.state == "unconfirmed"
    assert not PartnerPage.objects.exists()
    for _ in range(2):
        client.post(address, {"action": "confirm"})
    page = PartnerPage.objects.get()
    assert (page.live, page.legal_name, page.country) == (False, "Timber Cluster", "AT")
    assert page.workflow_in_progress
    assert client.get(address[:-4] + "x/").status_code == 404


def test_the_draft_is_in_the_applicants_language_where_it_has_a_directory(client, directory):
    factories.home_of("sl")
    factories.translated(directory, "sl", "Partnerji", slug="partnerji")
    factories.home_of("pl")
    languages = [
        confirmed(client, language=code, mailbox=f"{code}@example.org")[
            0
        ].profile.locale.language_code
        for code in ("sl", "pl")
    ]
    assert languages == ["sl", "en"]
    assert last_mail("sl@example.org").language == "sl"


def test_a_name_without_a_letter_of_an_address_is_no_error(client):
    application, _address = confirmed(client, legal_name="漢字")
    assert application.profile.slug


def test_the_moderator_sees_application_draft_and_what_is_similar(client, desk, directory):
    factories.add_partner(
        directory, title="Elder", legal_name="Elder", website="https://timber.example/"
    )
    assert b"Elder" not in apply(client, mailbox="first@example.org").content
    application, _address = confirmed(client)
    response = desk.get(reverse("moderation_review", args=[review_of(application).pk]))
    text = response.content.decode()
    assert response.status_code == 200
    assert "The same name or domain: Elder, Timber Cluster" in " ".join(text.split())
    assert "office@timber.example" in text


def test_question_and_answer(client, desk):
    application, address = confirmed(client)
    assert decide(desk, application, "ask", "How many are you?").status_code == 302
    assert "How many are you?" in last_mail().text
    assert b"How many are you?" in client.get(address).content
    assert client.post(address, {"stamp": new_stamp(), "text": ""}).status_code == 422
    assert (
        client.post(address, {"stamp": new_stamp(), "text": "We are <b>40</b>."}).status_code == 302
    )
    assert client.post(address, {"stamp": new_stamp(), "text": "Again"}).status_code == 409
    application.refresh_from_db()
    assert application.state == "submitted"
    page = desk.get(reverse("moderation_review", args=[review_of(application).pk])).content
    assert b"We are &lt;b&gt;40&lt;/b&gt;." in page


def test_requested_changes_reach_the_applicant_whose_answer_brings_the_draft_back(client, desk):
    application, address = confirmed(client)
    review = reverse("moderation_review", args=[review_of(application).pk])
    assert desk.post(review, {"action": "reject", "comment": "Which region?"}).status_code == 302
    assert "Which region?" in last_mail().text
    client.post(address, {"stamp": new_stamp(), "text": "Styria"})
    assert PartnerPage.objects.get().workflow_in_progress


def test_declining_tells_the_reason_and_takes_the_draft(client, desk, django_user_model):
    application, address = confirmed(client)
    assert decide(desk, application, "decline", "").status_code == 422
    assert decide(desk, application, "decline", "Not in construction.").status_code == 302
    assert "Not in construction." in last_mail().text
    assert b"Not in construction." in client.get(address).content
    assert not PartnerPage.objects.exists()
    assert not django_user_model.objects.filter(email="office@timber.example").exists()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("end", ["decline", "erase"])
def test_nothing_is_left_of_the_organisation_of_a_draft_that_never_went_live(client, desk, end):
    before = Group.objects.count(), Collection.objects.count()
    application, _address = confirmed(client)
    assert PartnerTeam.objects.exists()
    if end == "decline":
        decide(desk, application, "decline")
    else:
        erase_address(application.mailbox)
    assert not PartnerTeam.objects.exists()
    assert (Group.objects.count(), Collection.objects.count()) == before


def test_others_cannot_decide(client, desk, django_user_model):
    application, _address = confirmed(client)
    address = reverse("partner_application", args=[review_of(application).pk, application.pk])
    assert client.post(address, {"action": "decline", "text": "No"}).status_code == 403
    other = django_user_model.objects.create_user("other", "other@example.org", "x")
    client.force_login(other)
    assert client.post(address, {"action": "decline", "text": "No"}).status_code != 200
    application.refresh_from_db()
    assert application.state == "submitted"


def test_approval_invites_and_the_invitation_works_once(client, desk, django_user_model):
    application, _address = confirmed(client)
    assert approve(desk, application).status_code == 302
    application.refresh_from_db()
    assert (application.state, application.profile.live) == ("admitted", True)
    link = link_in(last_mail(), "invitation")
    weak = client.post(
        link, {"stamp": new_stamp(), "first_name": "A", "last_name": "B", "password": "12345"}
    )
    assert weak.status_code == 422
    assert not django_user_model.objects.filter(username="office@timber.example").exists()
    data = {
        "stamp": new_stamp(),
        "first_name": "A",
        "last_name": "B",
        "password": "long-enough-timber-7",
    }
    assert client.post(link, data).status_code == 302
    assert client.post(link, data).url == "/cms/login/", "of a second click the first one counts"
    data["stamp"] = new_stamp()
    assert (client.post(link, data).status_code, client.get(link).status_code) == (409, 410)
    user = django_user_model.objects.get(username="office@timber.example")
    team = PartnerTeam.objects.get(translation_key=application.profile.translation_key)
    assert list(user.groups.all()) == [team.group]
    assert client.login(username=user.username, password="long-enough-timber-7")
    assert (
        client.get(reverse("wagtailadmin_pages:edit", args=[application.profile.pk])).status_code
        == 200
    )
    colleagues = reverse("partner_invitations")
    asked = [client.post(colleagues, {"email": f"c{n}@timber.example"}) for n in range(5)]
    assert [response.status_code for response in asked] == [302, 302, 302, 302, 422]
    assert client.post(colleagues, {"email": "c1@timber.example"}).status_code == 422
    assert "/invitation/" in last_mail("c1@timber.example").text


def test_an_invitation_ends_after_a_fortnight(client, desk):
    application, _address = confirmed(client)
    approve(desk, application)
    link = link_in(last_mail(), "invitation")
    assert client.get(link).status_code == 200
    Invitation.objects.update(created_at=timezone.now() - datetime.timedelta(days=14))
    ended = address_of_invitation(Invitation.objects.get())
    assert client.get(ended).status_code == 410


def people_of(team, *names):
    users = [
        get_user_model().objects.create_user(f"{name}@timber.example", f"{name}@timber.example")
        for name in names
    ]
    team.group.user_set.set(users)
    return users


def invite(team, name):
    try:
        flow.invite(team, f"{name}@timber.example", "en")
    except flow.CannotInvite:
        return False
    return True


def test_people_of_now_and_open_invitations_count_and_nobody_of_the_past(directory):
    team = PartnerTeam.objects.get(translation_key=factories.add_partner(directory).translation_key)
    assert [invite(team, name) for name in "abcdef"] == [True] * 5 + [False]
    team.invitations.update(accepted_at=timezone.now())
    people = people_of(team, *"abcde")
    assert not invite(team, "f")
    people[0].delete()
    assert invite(team, "a")  # the same address may come back
    assert not invite(team, "f")
    people[1].is_active = False
    people[1].save()
    assert not invite(
        team, "b"
    )  # the account is still there, and is given back by an administrator
    assert invite(team, "f")


def test_an_invitation_that_is_too_old_takes_no_place_and_is_sent_again(directory):
    team = PartnerTeam.objects.get(translation_key=factories.add_partner(directory).translation_key)
    assert [invite(team, name) for name in "aabcde"] == [True, False, True, True, True, True]
    team.invitations.update(created_at=timezone.now() - datetime.timedelta(days=15))
    assert invite(team, "a")
    assert Mail.objects.filter(address="a@timber.example").count() == 2
    assert team.invitations.filter(email="a@timber.example").count() == 1


def test_the_page_of_colleagues_shows_who_is_there_now(client, directory):
    team = PartnerTeam.objects.get(translation_key=factories.add_partner(directory).translation_key)
    people = people_of(team, "here", "gone")
    assert invite(team, "coming")
    team.invitations.create(email="gone@timber.example", language="en", accepted_at=timezone.now())
    people[1].delete()
    client.force_login(people[0])
    text = client.get(reverse("partner_invitations")).content.decode()
    assert "here@timber.example: has an account" in text
    assert "coming@timber.example: invited" in text
    assert "gone@timber.example" not in text


def test_silence_is_erased_after_months_and_an_open_review_is_not(client):
    waiting, _address = confirmed(client)
    apply(client, mailbox="silent@example.org")
    assert erase_what_is_due() == 0
    assert erase_what_is_due(timezone.now() + datetime.timedelta(days=200)) == 1
    silent = Application.objects.latest("pk")
    assert (silent.mailbox, silent.legal_name) == ("", "")
    assert not Mail.objects.filter(address="silent@example.org").exists()
    waiting.refresh_from_db()
    assert waiting.mailbox == "office@timber.example"


def test_similar_ones_cost_two_queries(client, directory, django_assert_num_queries):
    for _ in range(3):
        factories.add_partner(directory, legal_name="Timber Cluster")
    application, _address = confirmed(client)
    with django_assert_num_queries(2):
        assert len(flow.similar_to(application)) == 3
    assert FIELDS["legal_name"] == application.legal_name


def test_the_moderator_learns_that_nobody_of_the_cms_submitted_it(client, desk):
    application, _address = confirmed(client)
    page = desk.get(reverse("moderation_review", args=[review_of(application).pk])).content.decode()
    assert "<dd>somebody without an account, " in page
    assert (
        "somebody without an account has submitted this for review."
        in last_mail("moderator@example.org").text
    )


def test_pages_of_the_cms_have_a_heading(client, desk):
    application, _address = confirmed(client)
    page = desk.get(
        reverse("partner_application", args=[review_of(application).pk, application.pk])
    )
    assert page.content.decode().count("<h1") == 1


def test_one_form_makes_one_application_even_at_the_same_moment(client):
    application, _address = confirmed(client)
    application.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        application.save()


def test_the_mail_that_asks_to_confirm_repeats_nothing_that_was_typed(client):
    apply(client, legal_name="Win a prize", offers="Prizes.")
    mail = last_mail()
    assert "rize" not in mail.subject + mail.text + mail.html
