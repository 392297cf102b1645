"""Whoever wrote or submitted a version does not approve it, and no decision is taken without its
reason.
"""

import pytest
from wagtail.models import PageLogEntry, TaskState

from ecca_site.access import roles
from ecca_site.intake.decisions import TooLate
from ecca_site.moderation.models import ReviewRefused
from partners.models import PartnerPage


def decide(state, user, action, comment=""):
    state.task.specific.on_action(state, user, action, comment=comment)


def actions(page, user):
    page = PartnerPage.objects.get(pk=page.pk)
    return [
        name for name, _label, _needs_form in page.current_workflow_task.get_actions(page, user)
    ]


def press(client, page, state, action, comment="", status=200):
    """Post a decision as the CMS's own button does."""
    address = f"/cms/pages/workflow/action/{page.pk}/{action}/{state.pk}/"
    response = client.post(address, {"comment": comment}, follow=True)
    assert response.status_code == status
    return response


@pytest.fixture
def both(person, site):
    """Somebody who edits and moderates."""
    return person("both", roles.EDITOR.name, roles.PARTNER_MODERATOR.name)


def test_another_person_decides(profile, submit, editor, moderator):
    state = submit(profile, editor)
    assert actions(profile, moderator) == ["reject", "approve", "approve"]
    decide(state, moderator, "approve")
    profile.refresh_from_db()
    assert profile.city == "Maribor"


def test_only_an_approval_without_a_word_is_one_press(
    profile, submit, editor, moderator, admin_user
):
    """What needs a comment, or may have one, opens a form first."""
    submit(profile, editor)
    page = PartnerPage.objects.get(pk=profile.pk)
    shown = page.current_workflow_task.get_actions(page, moderator)
    assert [(name, has_form) for name, _label, has_form in shown] == [
        ("reject", True),
        ("approve", False),
        ("approve", True),
    ]
    PartnerPage.objects.get(pk=page.pk).current_workflow_state.cancel(user=admin_user)
    submit(profile, admin_user, city="Koper")
    page = PartnerPage.objects.get(pk=profile.pk)
    shown = page.current_workflow_task.get_actions(page, admin_user)
    assert [(name, has_form) for name, _label, has_form in shown] == [
        ("reject", True),
        ("override", True),
    ]


def test_the_submitter_does_not_approve(profile, submit, both, client):
    state = submit(profile, both)
    assert actions(profile, both) == ["reject"]
    with pytest.raises(ReviewRefused, match="cannot approve it"):
        decide(state, both, "approve")
    client.force_login(both)
    press(client, profile, state, "approve", "fine", status=403)
    profile.refresh_from_db()
    assert profile.city == "Ljubljana"
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_the_writer_does_not_approve_what_another_submitted(profile, submit, editor, both):
    profile.city = "Celje"
    profile.save_revision(user=both)
    profile.get_workflow().start(profile, editor)
    state = PartnerPage.objects.get(pk=profile.pk).current_workflow_task_state
    with pytest.raises(ReviewRefused, match="cannot approve it"):
        decide(state, both, "approve")


def test_who_only_saved_it_once_more_has_not_written_it(profile, submit, editor, both):
    profile.city = "Celje"
    profile.save_revision(user=both)
    state = submit(profile, editor, city="Celje")  # the same text, saved again by pressing "Submit"
    assert state.revision.user == editor
    with pytest.raises(ReviewRefused, match="cannot approve it"):
        decide(state, both, "approve")


def test_who_wrote_an_earlier_version_may_approve_what_another_made_of_it(
    profile, submit, editor, both
):
    profile.city = "Celje"
    profile.save_revision(user=both)
    decide(submit(profile, editor, city="Koper"), both, "approve")
    profile.refresh_from_db()
    assert profile.city == "Koper"


def test_who_wrote_the_same_text_before_another_changed_it_does_not_approve_it(
    profile, submit, editor, both, admin_user
):
    """Words that are brought back are still those of whoever wrote them."""
    profile.city = "Celje"
    profile.save_revision(user=both)
    profile.city = "Koper"
    profile.save_revision(user=admin_user)
    state = submit(profile, editor, city="Celje")
    with pytest.raises(ReviewRefused, match="cannot approve it"):
        decide(state, both, "approve")


def test_a_superuser_overrides_with_a_reason_that_is_logged(profile, submit, admin_user):
    state = submit(profile, admin_user)
    assert actions(profile, admin_user) == ["reject", "override"]
    with pytest.raises(ReviewRefused, match="cannot approve it"):
        decide(state, admin_user, "approve", "mine")
    with pytest.raises(ReviewRefused, match="reason"):
        decide(state, admin_user, "override", "   ")
    decide(state, admin_user, "override", "Nobody else is in today.")
    profile.refresh_from_db()
    assert profile.city == "Maribor"
    log = PageLogEntry.objects.get(action="wagtail.workflow.approve")
    assert log.data["comment"] == "Nobody else is in today."


def test_nobody_else_overrides(profile, submit, both):
    state = submit(profile, both)
    with pytest.raises(ReviewRefused):
        decide(state, both, "override", "I want it")


def test_a_rejection_needs_a_comment_and_keeps_it(profile, submit, editor, moderator, client):
    state = submit(profile, editor)
    with pytest.raises(ReviewRefused, match="reason"):
        decide(state, moderator, "reject")
    client.force_login(moderator)
    press(client, profile, state, "reject")
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    press(client, profile, state, "reject", "The city is missing.")
    state = TaskState.objects.get()
    assert (state.status, state.comment) == (TaskState.STATUS_REJECTED, "The city is missing.")


def test_who_comes_second_is_told(profile, submit, editor, moderator, client):
    state = submit(profile, editor)
    stale = TaskState.objects.get(pk=state.pk)
    decide(state, moderator, "approve")
    with pytest.raises(TooLate, match="moderator has approved this meanwhile"):
        stale.task.specific.on_action(stale, moderator, "reject", comment="late")
    assert TaskState.objects.get().status == TaskState.STATUS_APPROVED


def test_a_refusal_is_said_in_words(profile, submit, both, client, monkeypatch):
    state = submit(profile, both)
    client.force_login(both)
    # The page was open before the rule applied: the button is still there.
    monkeypatch.setattr(
        "ecca_site.moderation.models.ReviewTask.get_actions",
        lambda *args: [("approve", "Approve", False)],
    )
    response = press(client, profile, state, "approve")
    assert "Whoever wrote or submitted a version cannot approve it." in response.content.decode()


@pytest.mark.parametrize(
    "action", ["publish", "unpublish", "delete", "copy", "move", "revert_to_page_revision"]
)
def test_the_api_of_the_cms_acts_on_no_page(profile, admin_client, action):
    response = admin_client.post(f"/cms/api/main/pages/{profile.pk}/action/{action}/")
    assert response.status_code in (403, 404, 405)
    profile.refresh_from_db()
    assert profile.live


# --- By every route ------------------------------------------------------------------------------
ROUTES = {
    "the review page": ("/cms/moderation/{state}/", {"action": "approve"}),
    "the review page, as an override": (
        "/cms/moderation/{state}/",
        {"action": "override", "comment": "Mine."},
    ),
    "Wagtail's address": (
        "/cms/pages/workflow/action/{page}/approve/{state}/",
        {"comment": "Mine."},
    ),
    "Wagtail's address, as an override": (
        "/cms/pages/workflow/action/{page}/override/{state}/",
        {"comment": "Mine."},
    ),
    "Wagtail's dialogue": (
        "/cms/pages/workflow/collect_action_data/{page}/approve/{state}/",
        {"comment": "Mine."},
    ),
    "the editor": (
        "/cms/pages/{page}/edit/",
        {"action-workflow-action": "1", "workflow-action-name": "approve"},
    ),
    "the editor's publishing": (
        "/cms/pages/{page}/edit/",
        {"title": "Stone", "action-publish": "1"},
    ),
    "a bulk action": ("/cms/bulk/wagtailcore/page/publish/?id={page}", {}),
    "the API": ("/cms/api/main/pages/{page}/action/publish/", {}),
}


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_leads_round_the_rule(profile, submit, both, client, route):
    state = submit(profile, both)
    address, data = ROUTES[route]
    client.force_login(both)
    response = client.post(address.format(page=profile.pk, state=state.pk), data)
    assert response.status_code < 500
    profile.refresh_from_db()
    state.refresh_from_db()
    assert (profile.city, state.status) == ("Ljubljana", TaskState.STATUS_IN_PROGRESS)


def test_the_review_page_tells_authors_that_others_decide(profile, submit, both, client):
    state = submit(profile, both)
    client.force_login(both)
    html = client.get(f"/cms/moderation/{state.pk}/").content.decode()
    assert "somebody else approves it" in html
    assert 'value="approve"' not in html
    assert 'value="override"' not in html
    answer = client.post(f"/cms/moderation/{state.pk}/", {"action": "approve", "comment": "kept"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "comment": ["Whoever wrote or submitted a version cannot approve it."]
    }
    assert "kept" in answer.content.decode()


def test_a_superuser_overrides_on_the_review_page(profile, submit, admin_user, admin_client):
    state = submit(profile, admin_user)
    address = f"/cms/moderation/{state.pk}/"
    assert 'value="override"' in admin_client.get(address).content.decode()
    assert admin_client.post(address, {"action": "override", "comment": ""}).status_code == 422
    admin_client.post(address, {"action": "override", "comment": "Urgent."})
    profile.refresh_from_db()
    assert profile.city == "Maribor"
    entry = PageLogEntry.objects.get(action="moderation.override")
    assert (entry.user, entry.revision_id, entry.data["comment"]) == (
        admin_user,
        state.revision_id,
        "Urgent.",
    )
