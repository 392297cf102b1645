"""Speakers, who are no pages, go live by the same review: from the editor to the ledger."""

import pytest
from django.core.management import CommandError
from django.test import TestCase
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page, WorkflowContentType, WorkflowState, WorkflowTask

from conferences.models import Speaker
from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import (
    Claim,
    GuestLink,
    LedgerEntry,
    ReviewRefused,
    ReviewTask,
    SealBroken,
)
from partners.models import Application, Message
from tests import factories
from tests.conferences.programmes import add_conference, session
from tests.moderation.speakers import (
    SPEAKERS,
    decide,
    edit,
    fresh,
    review,
    shown,
    submit,
    typed,
    verify,
)


@pytest.fixture
def other_manager(conferences, person):
    return person("other", roles.CONFERENCE_MANAGER.name)


@pytest.fixture
def conference(conferences, speaker):
    return add_conference(conferences, session("09:00", "10:00", "Bricks", speakers=[speaker.pk]))


def last_entry():
    return LedgerEntry.objects.filter(kind="conferences.speaker").last()


# --- The way -------------------------------------------------------------------------------------
def test_a_change_is_seen_after_its_approval_alone(conference, speaker, manager, reviewer, client):
    state = submit(client, manager, speaker, role="Chair", biography="Builds.")
    html = shown(client, conference)
    assert ("Director" in html, "Chair" in html, "Builds." in html) == (True, False, False)
    assert fresh(speaker).role == "Director"

    client.force_login(reviewer)
    html = client.get(review(state)).content.decode()
    assert "<del>Director</del>" in html
    assert "<ins>Chair</ins>" in html
    assert "<ins>Builds" in html
    assert decide(client, reviewer, state).status_code == 302
    html = shown(client, conference)
    assert ("Director" in html, "Chair" in html, "Builds." in html) == (False, True, True)
    entry = last_entry()
    assert (entry.act, entry.rule) == ("live", "review")
    assert entry.revision_number == fresh(speaker).live_revision_id
    assert entry.approved_at is not None
    assert entry.seal_digest != ""
    verify()


def test_those_who_decide_and_those_who_asked_get_mails(speaker, manager, reviewer, client):
    state = submit(client, manager, speaker)
    [mail] = Mail.objects.all()
    assert mail.subject == "[English · speaker] Ana Novak: waits for review"
    assert (mail.address, f"{review(state)}" in mail.text) == (reviewer.email, True)
    assert "What changes: role" in mail.text
    decide(client, reviewer, state)
    mail = Mail.objects.get(address=manager.email)
    assert mail.subject == "[English · speaker] Ana Novak: approved"
    assert reverse(f"{SPEAKERS}:edit", args=[speaker.pk]) in mail.text


def test_it_stands_in_the_queue_and_on_the_first_page_of_the_cms(
    speaker, manager, reviewer, client
):
    state = submit(client, manager, speaker)
    html = client.get("/cms/").content.decode()
    assert "Waiting for a decision" in html
    assert reverse(f"{SPEAKERS}:edit", args=[speaker.pk]) in html
    client.force_login(reviewer)
    assert review(state) in client.get("/cms/").content.decode()
    kind = state.revision.content_type_id
    for query, count in ((f"?kind={kind}", 1), ("?language=en", 1), ("?language=sl", 0)):
        html = client.get(reverse("moderation_queue") + query).content.decode()
        assert html.count(f'href="{review(state)}"') == count


def test_nobody_reviews_it_but_the_reviewers_of_its_language(
    speaker, manager, person, reviewer, client
):
    state = submit(client, manager, speaker)
    client.force_login(person("slovenian", roles.REVIEWER.group_name("sl")))
    assert client.get(review(state)).status_code in (302, 403)
    assert decide(client, manager, state).status_code in (302, 403)
    client.force_login(reviewer)
    assert client.get(review(state)).status_code == 200
    assert fresh(speaker).role == "Director"


def test_a_new_speaker_is_a_draft_until_the_approval(conferences, manager, reviewer, client):
    client.force_login(manager)
    client.post(reverse(f"{SPEAKERS}:add"), typed(**{"action-submit": "1"}))
    speaker = Speaker.objects.get()
    page = add_conference(conferences, session("09:00", "10:00", "Bricks", speakers=[speaker.pk]))
    assert (speaker.live, speaker.name) == (False, "Ana Novak")
    assert "Ana Novak" not in shown(client, page)
    state = speaker.current_workflow_task_state
    client.force_login(reviewer)
    html = client.get(review(state)).content.decode()
    assert "Submitted, not live yet" in html
    assert "Ana Novak" in html
    decide(client, reviewer, state)
    assert "Ana Novak" in shown(client, page)
    verify()


def test_a_picture_is_compared_and_sealed(speaker, manager, reviewer, client):
    image = factories.make_image("Portrait")
    state = submit(client, manager, speaker, picture=str(image.pk))
    client.force_login(reviewer)
    html = client.get(review(state)).content.decode()
    assert "<ins>Portrait</ins>" in html
    image.file.name = factories.make_image("Another").file.name
    image.save()
    with pytest.raises(SealBroken, match="Portrait"):
        state.task.specific.on_action(state, reviewer, "approve")
    assert fresh(speaker).picture is None


# --- Decisions -----------------------------------------------------------------------------------
def test_whoever_wrote_it_does_not_approve_it(speaker, manager, reviewer, person, client):
    both = person("both", roles.CONFERENCE_MANAGER.name, roles.REVIEWER.group_name("en"))
    edit(client, both, speaker, role="Chair")
    state = submit(client, manager, speaker, role="Chair", biography="Builds.")
    with pytest.raises(ReviewRefused, match="wrote or submitted"):
        state.task.specific.on_action(state, both, "approve")
    response = decide(client, both, state)
    assert (response.status_code, fresh(speaker).role) == (422, "Director")
    decide(client, reviewer, state)
    assert fresh(speaker).role == "Chair"


def test_an_administrator_may_override_with_a_reason(speaker, admin_user, client):
    state = submit(client, admin_user, speaker)
    assert decide(client, admin_user, state, "override").status_code == 422
    assert fresh(speaker).role == "Director"
    decide(client, admin_user, state, "override", "Nobody else is in.")
    assert (fresh(speaker).role, last_entry().rule) == ("Chair", "override")


def test_what_is_sent_back_is_amended_and_submitted_again(speaker, manager, reviewer, client):
    state = submit(client, manager, speaker)
    assert decide(client, reviewer, state, "reject").status_code == 422
    decide(client, reviewer, state, "reject", "Of what?")
    client.force_login(manager)
    html = client.get(reverse(f"{SPEAKERS}:edit", args=[speaker.pk])).content.decode()
    assert "asks for changes: Of what?" in html
    assert "Submit again" in html
    again = submit(client, manager, speaker, role="Chair of the board")
    assert again.workflow_state_id == state.workflow_state_id
    decide(client, reviewer, again)
    assert fresh(speaker).role == "Chair of the board"


def test_a_version_that_was_decided_is_not_decided_again(
    speaker, manager, reviewer, admin_user, client
):
    state = submit(client, manager, speaker)
    decide(client, reviewer, state)
    response = decide(client, admin_user, state, "reject", "No.")
    assert response.status_code == 409
    assert fresh(speaker).role == "Chair"


def test_its_submitter_withdraws_it(speaker, manager, other_manager, client):
    state = submit(client, manager, speaker)
    address = reverse("moderation_withdraw_snippet", args=["conferences", "speaker", speaker.pk])
    client.force_login(other_manager)
    client.post(address)
    assert fresh(speaker).workflow_in_progress
    client.force_login(manager)
    assert address in client.get(reverse(f"{SPEAKERS}:edit", args=[speaker.pk])).content.decode()
    assert "Ana Novak" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    state.refresh_from_db()
    assert (state.status, fresh(speaker).workflow_in_progress) == ("cancelled", False)
    again = submit(client, manager, speaker, role="Member")
    assert again.workflow_state_id == state.workflow_state_id


@pytest.mark.parametrize(
    "names", [("conferences", "conferencepage"), ("users", "user"), ("no", "such")]
)
def test_nothing_else_is_withdrawn_there(admin_user, client, names):
    client.force_login(admin_user)
    assert client.get(f"/cms/moderation/snippets/{'/'.join(names)}/1/withdraw/").status_code == 404


def test_a_reviewer_claims_it_and_asks_a_guest(speaker, manager, reviewer, client):
    state = submit(client, manager, speaker)
    client.force_login(reviewer)
    client.post(reverse("moderation_claim", args=[state.pk]))
    client.post(reverse("moderation_guest_add", args=[state.pk]))
    assert Claim.objects.get().user == reviewer
    client.logout()
    address = f"/review/{GuestLink.objects.get().token}/"
    assert "Ana Novak" in client.get(address).content.decode()
    assert "Chair" in client.get(f"{address}version/").content.decode()
    client.post(address, {"name": "Eva", "text": "Since when?"})
    client.force_login(reviewer)
    assert "Since when?" in client.get(review(state)).content.decode()


def test_every_step_of_its_workflow_is_taken(speaker, manager, reviewer, admin_user, client):
    workflow = WorkflowContentType.objects.get().workflow
    second = ReviewTask.objects.create(name="Board")
    WorkflowTask.objects.create(workflow=workflow, task=second, sort_order=1)
    state = submit(client, manager, speaker)
    decide(client, reviewer, state)
    assert fresh(speaker).role == "Director"
    following = fresh(speaker).current_workflow_task_state
    assert following.task_id == second.task_ptr_id
    decide(client, admin_user, following)
    assert fresh(speaker).role == "Chair"


# --- No way round --------------------------------------------------------------------------------
def test_a_manager_does_not_publish(speaker, manager, client):
    edit(client, manager, speaker, role="Chair", **{"action-publish": "1"})
    assert (fresh(speaker).role, fresh(speaker).has_unpublished_changes) == ("Director", True)
    html = client.get(reverse(f"{SPEAKERS}:edit", args=[speaker.pk])).content.decode()
    assert "Submit for review" in html
    assert 'name="action-publish"' not in html


def test_what_is_under_review_stays_as_it_was_submitted(
    speaker, manager, other_manager, admin_user, client
):
    state = submit(client, manager, speaker)
    for user in (manager, other_manager, admin_user):
        edit(client, user, speaker, role="Member")
        edit(client, user, speaker, role="Member", **{"action-publish": "1"})
    assert Speaker.objects.get().latest_revision_id == state.revision_id
    for name in ("unpublish", "delete"):
        client.force_login(admin_user)
        response = client.post(reverse(f"{SPEAKERS}:{name}", args=[speaker.pk]))
        assert response.url == reverse(f"{SPEAKERS}:edit", args=[speaker.pk])
    assert (fresh(speaker).live, fresh(speaker).role) == (True, "Director")


def test_no_form_for_a_copy_writes_over_the_original(speaker, manager, client):
    client.force_login(manager)
    address = f"/cms/snippets/conferences/speaker/copy/{speaker.pk}/"
    assert client.post(address, typed(role="Chair")).status_code == 404
    assert (fresh(speaker).live, fresh(speaker).role) == (True, "Director")


def test_the_chooser_of_a_programme_makes_nobody(conferences, manager, client):
    client.force_login(manager)
    address = "/cms/snippets/choose/conferences/speaker/create/"
    client.post(address, {**typed(), "prefix": "x"}, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert not Speaker.objects.exists()


def test_an_older_version_saved_meanwhile_does_not_slip_through(speaker, manager, reviewer, client):
    state = submit(client, manager, speaker)
    later = fresh(speaker)
    later.role = "Unread"
    later.save_revision()
    decide(client, reviewer, state)
    assert fresh(speaker).role == "Chair"


def test_what_visitors_cannot_be_shown_is_not_approved(
    speaker, manager, reviewer, admin_user, client, monkeypatch
):
    state = submit(client, manager, speaker)

    def broken(self, request, mode_name):
        raise ValueError("no template")

    monkeypatch.setattr(Speaker, "get_preview_template", broken)
    response = decide(client, reviewer, state)
    assert (response.status_code, fresh(speaker).role) == (422, "Director")
    assert Mail.objects.filter(address=admin_user.email, subject__contains="Ana Novak").exists()


def test_the_ledger_tells_of_a_speaker_who_went_live_by_nothing(speaker):
    verify()
    Speaker.objects.create(name="Nobody", locale=speaker.locale)
    with pytest.raises(CommandError):
        verify()


def test_a_speaker_taken_offline_is_shown_nowhere(conference, speaker, client):
    calendar = f"/en/conference/{conference.pk}/calendar.ics"
    refs = reverse("conference_session_ics", args=[conference.pk, ref_of(conference)])
    assert "Ana Novak" in client.get(refs).content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        speaker.unpublish()
    for address in (conference.url, calendar, refs):
        response = client.get(address)
        assert response.status_code == 200
        assert "Ana Novak" not in response.content.decode()
    assert last_entry().act == "offline"
    verify()


def ref_of(conference):
    from conferences.programme import programme_of

    return programme_of(conference).sessions[0].ref


# --- Speakers and pages are not mixed up ---------------------------------------------------------
def test_a_speaker_is_not_taken_for_the_page_of_the_same_number(
    speaker, manager, reviewer, person, client, site
):
    profile = factories.add_partner(factories.add_partner_index(site), title="Stone")
    setup_site()
    Application.objects.create(
        profile=profile, state="submitted", legal_name="Stone", mailbox="x@example.org",
        partner_class="cluster", country="SI", language="en",
    )  # fmt: skip
    Speaker.objects.filter(pk=speaker.pk).delete()
    same = Speaker.objects.create(pk=profile.pk, name="Same number", locale=speaker.locale)
    same.save_revision().publish()
    state = submit(client, manager, same, name="Same number", role="Chair")
    assert "Stone" not in client.get("/cms/").content.decode()
    client.force_login(reviewer)
    html = client.get(review(state)).content.decode()
    assert "Same number" in html
    assert "Stone" not in html
    decide(client, reviewer, state, "reject", "No.")
    assert not Message.objects.exists()  # the applicant is asked nothing
    steps = ModelLogEntry.objects.filter(action="wagtail.workflow.reject")
    assert steps.get().object_id == str(same.pk)
    page = Page.objects.get(pk=profile.pk)
    assert page.current_workflow_state is None


# --- The workflow --------------------------------------------------------------------------------
def test_the_workflow_is_that_of_the_section_of_conferences(conferences, speaker):
    assert speaker.get_workflow() == conferences.get_workflow()


def test_the_set_up_leaves_another_workflow_and_does_not_leave_none(speaker):
    from wagtail.models import Workflow

    given = WorkflowContentType.objects.get()
    ours = given.workflow
    other = Workflow.objects.create(name="By the board")
    WorkflowContentType.objects.update(workflow=other)
    setup_site()
    assert speaker.get_workflow() == other
    WorkflowContentType.objects.all().delete()
    setup_site()
    assert speaker.get_workflow() == ours


def test_what_waits_ends_with_the_speaker(speaker, manager, admin_user, reviewer, client):
    state = submit(client, manager, speaker)
    decide(client, reviewer, state, "reject", "Of what?")
    client.force_login(admin_user)
    client.post(reverse(f"{SPEAKERS}:delete", args=[speaker.pk]))
    assert not Speaker.objects.exists()
    assert not WorkflowState.objects.exists()
    mail = Mail.objects.filter(address=manager.email).last()
    assert mail.subject == "“Ana Novak”: what waited has ended"
    assert "It was deleted." in mail.text
