"""What a moderator approves is what goes live.

Exactly the version that was submitted, at the time that it says.
"""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import TaskState, WorkflowTask

from ecca_site.moderation.models import ReviewTask
from partners.models import PartnerPage
from tests import factories


@pytest.fixture
def submitted(partners, editor):
    """A new profile that waits for its first approval."""
    page = partners.add_child(
        instance=PartnerPage(
            title="Brick", slug="brick", legal_name="Brick Ltd", country="SI", live=False
        )
    )
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    return reload(page)


def reload(page):
    return PartnerPage.objects.get(pk=page.pk)


def approve(state, user):
    state.task.specific.on_action(state, user, "approve")


def test_partner_pages_have_the_partner_moderation(submitted):
    assert submitted.get_workflow().name == "Partner moderation"


def test_a_submitted_page_is_not_public(submitted, client):
    assert client.get("/en/partners/brick/").status_code == 404


def test_a_moderator_without_page_permissions_publishes_by_approving(
    submitted, client, moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        approve(submitted.current_workflow_task_state, moderator)
    assert reload(submitted).live
    assert client.get("/en/partners/brick/").status_code == 200


def test_an_editor_may_not_decide(submitted, editor):
    assert submitted.current_workflow_task.get_actions(submitted, editor) == []
    assert not submitted.permissions_for_user(editor).can_publish()


# --- Exactly what was submitted ------------------------------------------------------------------
def test_a_version_saved_later_stays_a_draft(profile, submit, editor, moderator, admin_user):
    state = submit(profile, editor)
    profile.city = "Koper"
    later = profile.save_revision(user=admin_user)
    approve(state, moderator)
    page = reload(profile)
    assert (page.city, page.live_revision_id) == ("Maribor", state.revision_id)
    assert (page.latest_revision_id, page.has_unpublished_changes) == (later.pk, True)


def test_a_revert_by_the_api_of_the_cms_changes_nothing(
    profile, submit, editor, moderator, admin_client
):
    first = reload(profile).latest_revision_id
    state = submit(profile, editor)
    address = f"/cms/api/main/pages/{profile.pk}/action/revert_to_page_revision/"
    assert admin_client.post(address, {"revision_id": first}).status_code in (403, 404, 405)
    assert reload(profile).latest_revision_id == state.revision_id
    approve(state, moderator)
    assert reload(profile).city == "Maribor"


def test_a_revert_in_the_editor_is_refused_while_a_version_waits(
    profile, submit, editor, moderator, admin_client
):
    first = reload(profile).latest_revision_id
    state = submit(profile, editor)
    admin_client.post(f"/cms/pages/{profile.pk}/edit/", {"revision": first, "title": "Reverted"})
    assert reload(profile).latest_revision_id == state.revision_id
    approve(state, moderator)
    assert reload(profile).title == "Stone"


def test_the_comment_of_an_approval_stays_with_it(profile, submit, editor, moderator):
    state = submit(profile, editor)
    state.task.specific.on_action(state, moderator, "approve", comment="Well said.")
    assert TaskState.objects.get().comment == "Well said."


# --- At the time that it says --------------------------------------------------------------------
def in_days(days):
    return timezone.now().replace(microsecond=0) + datetime.timedelta(days)


def test_a_new_page_goes_live_at_its_time_and_not_before(submitted, moderator, editor, time_travel):
    state = submitted.current_workflow_task_state
    state.task.specific.on_action(state, moderator, "reject", comment="Not yet.")
    moment = in_days(3)
    page = reload(submitted)
    page.go_live_at = moment
    page.save_revision(user=editor)
    page.current_workflow_state.resume(user=editor)
    approve(reload(page).current_workflow_task_state, moderator)
    page = reload(page)
    assert (page.live, page.scheduled_revision.approved_go_live_at) == (False, moment)
    call_command("publish_scheduled")
    assert not reload(page).live
    time_travel(moment + datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    page = reload(page)
    assert (page.live, page.go_live_at) == (True, moment)


def test_a_change_of_a_live_page_waits_for_its_time(
    profile, submit, editor, moderator, time_travel
):
    moment = in_days(3)
    state = submit(profile, editor, city="Maribor", go_live_at=moment)
    approve(state, moderator)
    page = reload(profile)
    assert (page.live, page.city) == (True, "Ljubljana")
    assert page.scheduled_revision.pk == state.revision_id
    time_travel(moment + datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    page = reload(profile)
    assert (page.live, page.city, page.live_revision_id) == (True, "Maribor", state.revision_id)


def test_the_date_of_an_end_survives_the_approval_of_a_change(
    partners, submit, editor, moderator, time_travel
):
    moment = in_days(3)
    page = factories.add_partner(partners, title="Sand", expire_at=moment)
    approve(submit(page, editor), moderator)
    page = reload(page)
    assert (page.live, page.city, page.expire_at) == (True, "Maribor", moment)
    time_travel(moment + datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not reload(page).live


def test_an_approved_schedule_survives_while_the_page_is_locked_by_it(
    profile, submit, editor, moderator, client
):
    moment = in_days(3)
    approve(submit(profile, editor, city="Maribor", go_live_at=moment), moderator)
    client.force_login(editor)
    client.post(f"/cms/pages/{profile.pk}/edit/", {"title": "Other", "action-submit": "1"})
    page = reload(profile)
    assert page.scheduled_revision.approved_go_live_at == moment
    assert page.current_workflow_state is None


# --- Workflows of several steps ------------------------------------------------------------------
@pytest.fixture
def steps(profile):
    """The tasks of a workflow of three steps, which reviews the profile."""
    workflow = profile.get_workflow()
    tasks = [workflow.workflow_tasks.get().task]
    for number in (2, 3):
        task = ReviewTask.objects.create(name=f"Step {number}")
        task.groups.set(tasks[0].specific.groups.all())
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=number)
        tasks.append(task)
    return tasks


def test_every_step_is_asked_in_order_before_it_goes_live(
    profile, steps, submit, editor, moderator
):
    state = submit(profile, editor)
    for step in steps:
        assert (state.task_id, reload(profile).city) == (step.pk, "Ljubljana")
        approve(state, moderator)
        state = reload(profile).current_workflow_task_state
    assert (state, reload(profile).city) == (None, "Maribor")


def test_a_step_that_was_skipped_is_not_asked_again(profile, steps, submit, editor, moderator):
    state = submit(profile, editor)
    state.workflow_state.task_states.create(
        task=steps[1], revision=state.revision, status=TaskState.STATUS_SKIPPED
    )
    approve(state, moderator)
    state = reload(profile).current_workflow_task_state
    assert state.task_id == steps[2].pk
    approve(state, moderator)
    assert reload(profile).city == "Maribor"


def test_a_step_that_was_skipped_for_another_version_is_asked(
    profile, steps, submit, editor, moderator
):
    before = profile.save_revision(user=editor)
    state = submit(profile, editor)
    state.workflow_state.task_states.create(
        task=steps[1], revision=before, status=TaskState.STATUS_SKIPPED
    )
    approve(state, moderator)
    assert reload(profile).current_workflow_task_state.task_id == steps[1].pk
