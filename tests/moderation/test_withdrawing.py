"""Whoever submitted takes a version back, changes it and submits it again.

It keeps its place in the queue.
"""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from ecca_site.access import roles
from ecca_site.intake.decisions import TooLate
from ecca_site.mail.models import Mail
from ecca_site.moderation.items import items_of, queue_of
from ecca_site.moderation.models import ReviewTask, withdraw
from partners.models import PartnerPage


@pytest.fixture
def partner(partners, profile, person):
    """Somebody of the organisation whose profile it is."""
    from ecca_site.access.site_setup import setup_site

    setup_site()
    return person("partner", roles.PARTNER_ORGANISATION.group_name("Stone"))


def reload(page):
    return PartnerPage.objects.get(pk=page.pk)


def back_date(state, days):
    moment = timezone.now() - datetime.timedelta(days)
    WorkflowState.objects.filter(pk=state.workflow_state_id).update(created_at=moment)
    TaskState.objects.filter(pk=state.pk).update(started_at=moment)


def edit(client, page, action, **changes):
    page = reload(page).get_latest_revision_as_object()
    values = {
        "title": page.title, "legal_name": page.legal_name, "country": page.country,
        "city": page.city,
        "partner_class": page.partner_class, "introduction": "null", "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0, "comments-MIN_NUM_FORMS": 0, "comments-MAX_NUM_FORMS": "",
        action: "1",
    }  # fmt: skip
    return client.post(f"/cms/pages/{page.pk}/edit/", values | changes)


def test_the_whole_way_in_the_editor(profile, partner, client, moderator):
    client.force_login(partner)
    edit(client, profile, "action-submit", city="Maribor")
    page = reload(profile)
    first = page.current_workflow_task_state
    back_date(first, 9)

    client.post(f"/cms/moderation/pages/{page.pk}/withdraw/")
    assert reload(profile).current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert not queue_of(moderator).exists()

    edit(client, profile, "action-save", city="Celje")
    edit(client, profile, "action-submit", city="Koper")
    [state] = items_of(queue_of(moderator))
    assert state.pk != first.pk
    assert state.revision.content["city"] == "Koper"
    assert (state.item.age, state.item.submitted_on) == (
        9,
        (timezone.localtime() - datetime.timedelta(9)).date(),
    )
    assert WorkflowState.objects.count() == 1
    assert reload(profile).city == "Ljubljana"
    actions = (
        PageLogEntry.objects.filter(page_id=page.pk).order_by("pk").values_list("action", flat=True)
    )
    steps = [
        action
        for action in actions
        if action.startswith(("wagtail.workflow", "moderation.withdraw"))
    ]
    assert steps == ["wagtail.workflow.start", "moderation.withdraw", "wagtail.workflow.resume"]


def test_a_withdrawn_review_cannot_be_decided(profile, submit, editor, moderator):
    state = submit(profile, editor)
    withdraw(state, editor)
    with pytest.raises(TooLate, match="editor has withdrawn this meanwhile"):
        state.task.specific.on_action(state, moderator, "approve")
    assert reload(profile).city == "Ljubljana"


def test_nobody_else_withdraws(profile, submit, editor, partner, moderator, client):
    state = submit(profile, editor)
    for user in (partner, moderator):
        client.force_login(user)
        client.post(f"/cms/moderation/pages/{profile.pk}/withdraw/")
        state.refresh_from_db()
        assert state.status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("button", ["action-cancel-workflow", "action-restart-workflow"])
def test_cancelling_leads_to_withdrawing(profile, submit, editor, client, button):
    state = submit(profile, editor)
    client.force_login(editor)
    response = edit(client, profile, button)
    assert response["Location"] == f"/cms/moderation/pages/{profile.pk}/withdraw/"
    state.workflow_state.refresh_from_db()
    assert state.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_whoever_had_claimed_it_is_told(profile, submit, editor, moderator, client):
    state = submit(profile, editor)
    client.force_login(moderator)
    client.post(f"/cms/moderation/{state.pk}/claim/")
    withdraw(state, editor)
    assert Mail.objects.get(key__startswith="withdrawn").user == moderator


def test_what_was_sent_back_can_be_given_up(profile, submit, editor, moderator, client):
    state = submit(profile, editor)
    state.task.specific.on_action(state, moderator, "reject", comment="No.")
    client.force_login(editor)
    html = client.get(f"/cms/moderation/pages/{profile.pk}/withdraw/").content.decode()
    assert "Give up the submission" in html
    client.post(f"/cms/moderation/pages/{profile.pk}/withdraw/")
    page = reload(profile)
    assert page.current_workflow_state is None
    assert page.get_latest_revision_as_object().city == "Maribor"
    assert page.city == "Ljubljana"


def test_the_comment_of_a_rejection_stands_in_the_editor(
    profile, submit, editor, moderator, client
):
    state = submit(profile, editor)
    state.task.specific.on_action(state, moderator, "reject", comment="Which bridge?")
    client.force_login(editor)
    html = client.get(f"/cms/pages/{profile.pk}/edit/").content.decode()
    assert "moderator asks for changes: Which bridge?" in html


def test_a_colleague_submits_again_and_both_hear_of_the_decision(
    profile, submit, editor, partner, moderator
):
    state = submit(profile, editor)
    state.task.specific.on_action(state, moderator, "reject", comment="No.")
    page = reload(profile)
    page.city = "Celje"
    page.save_revision(user=partner)
    page.current_workflow_state.resume(user=partner)
    state = reload(profile).current_workflow_task_state
    state.task.specific.on_action(state, moderator, "approve")
    assert {mail.user for mail in Mail.objects.filter(key__startswith="approved")} == {
        editor,
        partner,
    }


def test_what_was_sent_back_is_due_from_when_it_came_again(profile, submit, editor, moderator):
    ReviewTask.objects.update(working_days=5)
    state = submit(profile, editor)
    back_date(state, 30)
    [waiting] = items_of(queue_of(moderator))
    assert waiting.item.is_overdue
    state.task.specific.on_action(state, moderator, "reject", comment="More.")
    page = reload(profile)
    page.current_workflow_state.resume(user=editor)
    [waiting] = items_of(queue_of(moderator))
    assert (waiting.item.age, waiting.item.is_overdue) == (30, False)


def test_what_was_withdrawn_is_due_from_the_first_submission(profile, submit, editor, moderator):
    state = submit(profile, editor)
    back_date(state, 30)
    withdraw(state, editor)
    reload(profile).current_workflow_state.resume(user=editor)
    [waiting] = items_of(queue_of(moderator))
    assert waiting.item.is_overdue
