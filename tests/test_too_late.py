"""Whatever can no longer be done is refused in one way, in the CMS and behind visitors' links."""

import datetime
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conferences.contributions import flow as contributions
from conferences.models import ConferencePage, Contribution
from ecca_site.access import roles
from ecca_site.delivery.refusals import TOO_LATE
from ecca_site.intake import submissions
from ecca_site.intake.decisions import TooLate
from ecca_site.intake.submissions import new_stamp
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import GuestLink
from partners.applications import flow, views
from partners.models import Application, Invitation
from tests import factories
from tests.conferences.registering import link_in, open_conference, register
from tests.conferences.test_contributions import contribute
from tests.partners import joining

TYPED = "What somebody has typed"


@pytest.fixture(scope="module")
def kept_sections(keep):
    return keep(factories.add_partners_and_conferences)


@pytest.fixture
def sections(kept_sections, site, monkeypatch):
    monkeypatch.setattr(submissions, "QUICKEST", 0)
    return kept_sections()


@pytest.fixture
def signed_in_as(person):
    """Return a function that returns the browser of somebody who has a role."""

    def make(role):
        client = Client()
        client.force_login(person(role.key, role.name))
        return client

    return make


def is_refused(response, reason, typed=TYPED):
    """Return whether it is the page that says so, with its reason and with what was typed."""
    html = response.content.decode()
    sent = response.wsgi_request.method == "POST"
    assert response.status_code == (409 if sent else 410)
    assert f">{TOO_LATE}</h1>" in html
    assert typed in html
    assert (f'href="{response.wsgi_request.path}">See how it stands now' in html) == sent
    return reason in html


def submitted(sections, person):
    """Return a profile's review, asked for by an editor."""
    profile = factories.add_partner(sections["partners"])
    editor = person("editor", roles.EDITOR.name)
    profile.city = "Maribor"
    profile.save_revision(user=editor)
    profile.get_workflow().start(profile, editor)
    return type(profile).objects.get(pk=profile.pk).current_workflow_task_state


def test_a_review_that_another_decided(sections, person, signed_in_as):
    state = submitted(sections, person)
    other = person("other", roles.PARTNER_MODERATOR.name)
    state.task.specific.on_action(state, other, "approve")
    response = signed_in_as(roles.PARTNER_MODERATOR).post(
        reverse("moderation_review", args=[state.pk]), {"action": "reject", "comment": TYPED}
    )
    assert is_refused(response, "other has approved this meanwhile.")


def test_a_review_that_another_decides_at_the_same_moment(
    sections, person, signed_in_as, monkeypatch
):
    state = submitted(sections, person)
    other = person("other", roles.PARTNER_MODERATOR.name)
    task = type(state.task.specific)
    refuse = task._refuse_what_is_not_shown

    def decide_first(self, task_state, user):
        monkeypatch.setattr(task, "_refuse_what_is_not_shown", refuse)
        self.on_action(task_state, other, "reject", comment="No.")

    monkeypatch.setattr(task, "_refuse_what_is_not_shown", decide_first)
    response = signed_in_as(roles.PARTNER_MODERATOR).post(
        reverse("moderation_review", args=[state.pk]), {"action": "approve", "comment": TYPED}
    )
    assert is_refused(response, "other has asked for changes meanwhile.")


def test_a_dialogue_of_wagtail_is_led_to_the_queue(sections, person, signed_in_as):
    state = submitted(sections, person)
    other = person("other", roles.PARTNER_MODERATOR.name)
    state.task.specific.on_action(state, other, "approve")
    response = signed_in_as(roles.PARTNER_MODERATOR).post(
        reverse("moderation_review", args=[state.pk]), {"action": "approve"},
        headers={"x-requested-with": "XMLHttpRequest"},
    )  # fmt: skip
    assert response.json() == {"step": "success", "redirect": "/cms/moderation/"}


def test_an_address_of_a_guest_after_the_review(sections, person, client):
    state = submitted(sections, person)
    link = GuestLink.objects.create(revision=state.revision, expires_at=timezone.now())
    address = reverse("moderation_guest", args=[link.token])
    assert is_refused(client.get(address), "This address has ended", typed="")
    response = client.post(address, {"name": "Ana", "text": TYPED})
    assert is_refused(response, "This address has ended")


@pytest.fixture
def application(sections, client):
    application, _address = joining.confirmed(client)
    return application


def test_an_application_that_another_declined(application, person, signed_in_as):
    state = application.profile.current_workflow_state.current_task_state
    Application.objects.update(state=Application.State.DECLINED)
    response = signed_in_as(roles.PARTNER_MODERATOR).post(
        reverse("partner_application", args=[state.pk, application.pk]),
        {"action": "ask", "text": TYPED},
    )
    assert is_refused(response, "Somebody has decided on this application already.")
    assert application.messages.count() == 0


def test_an_answer_that_nobody_waits_for(application, client):
    address = joining.link_in(joining.last_mail())
    response = client.post(address, {"stamp": new_stamp(), "text": TYPED})
    assert is_refused(response, "No answer is needed any more")


def test_an_answer_that_a_colleague_gave_at_the_same_moment(application):
    with pytest.raises(TooLate, match="No answer is needed any more"):
        flow.answer(application, TYPED)
    assert application.messages.count() == 0


@pytest.fixture
def invitation(application, person):
    state = application.profile.current_workflow_state.current_task_state
    state.task.specific.on_action(state, person("boss", roles.PARTNER_MODERATOR.name), "approve")
    return Invitation.objects.get()


def test_an_invitation_that_was_used(invitation, client):
    address = joining.link_in(joining.last_mail(), "invitation")
    Invitation.objects.update(accepted_at=timezone.now())
    html = client.get(address).content.decode()
    assert client.get(address).status_code == 410
    assert f">{TOO_LATE}</h1>" in html
    assert "This link was used or is too old." in html
    assert f'href="{reverse("wagtailadmin_login")}">Sign in</a>' in html


def test_an_invitation_that_is_used_at_the_same_moment(invitation, django_user_model):
    Invitation.objects.update(accepted_at=timezone.now())
    people = django_user_model.objects.count()
    with pytest.raises(TooLate, match="This link was used"):
        views.make_account(invitation, {"first_name": "A", "last_name": "B", "password": "x"})
    assert django_user_model.objects.count() == people


@pytest.fixture
def meeting(sections):
    return open_conference(
        sections["conferences"],
        call_deadline_at=timezone.now() + datetime.timedelta(days=9),
        capacity=1,
        has_waiting_list=False,
    )


def test_the_last_place_that_another_took(meeting, client):
    register(client, meeting, "First")
    response = register(client, meeting, "Second", organisation=TYPED)
    assert is_refused(response, "All places are taken.", typed="")


def test_a_registration_after_its_end(meeting, client):
    ConferencePage.objects.update(registration_closes_at=timezone.now())
    assert is_refused(register(client, meeting, TYPED), "Registration is closed.")


def test_a_change_of_what_is_cancelled(meeting, client):
    register(client, meeting)
    address = link_in(Mail.objects.latest("pk"))
    client.post(address, {"action": "cancel"})
    response = client.post(address, {"stamp": new_stamp(), "name": TYPED})
    assert is_refused(response, "This registration is cancelled, or the conference is over.")


def test_a_contribution_after_the_call(meeting, client):
    ConferencePage.objects.update(call_deadline_at=timezone.now())
    response = contribute(client, meeting, abstract=TYPED)
    assert is_refused(response, "No contributions are taken at the moment.")


@pytest.mark.parametrize("action", ["accept", "decline"])
def test_a_contribution_that_another_decided(meeting, client, signed_in_as, person, action):
    contribute(client, meeting)
    item = Contribution.objects.get()
    contributions.decline(item, person("first", roles.CONFERENCE_MANAGER.name), "No.")
    data = {"day": "2031-06-10", "start": "09:00", "end": "09:30", "kind": "talk"}
    response = signed_in_as(roles.CONFERENCE_MANAGER).post(
        reverse("conference_contribution", args=[item.pk]),
        {**data, "action": action, "answer": TYPED},
    )
    assert is_refused(response, "Somebody has decided on this contribution already.")
    item.refresh_from_db()
    assert item.answer == "No."


def test_nobody_else_says_it():
    """409 stands in one place; whoever wants it raises ``TooLate``."""
    rooms = ("ecca_site", "home", "news", "partners", "conferences", "search")
    files = [path for room in rooms for path in (settings.BASE_DIR / room).rglob("*.py")]
    said = re.compile(r"HTTPStatus\.CONFLICT|status=409")
    found = [path for path in files if said.search(path.read_text())]
    assert found == [settings.BASE_DIR / "ecca_site/delivery/refusals.py"]
