"""A partner's profile goes live when a moderator approves it, and not before."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from home import roles
from home.site_setup import setup_site
from partners.models import PartnerIndexPage, PartnerPage


def person(name, role_name):
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "x")
    user.groups.add(Group.objects.get(name=role_name))
    return user


@pytest.fixture
def index(site):
    page = site.add_child(instance=PartnerIndexPage(title="Partners", slug="partners"))
    setup_site()
    return page


@pytest.fixture
def submitted(index):
    page = index.add_child(
        instance=PartnerPage(title="Stone", slug="stone", legal_name="Stone Ltd", country="SI", live=False)
    )
    page.save_revision()
    editor = person("editor", roles.EDITOR.name)
    page.get_workflow().start(page, editor)
    return page


def test_partner_pages_have_the_partner_moderation(submitted):
    assert submitted.get_workflow().name == "Partner moderation"


def test_a_submitted_page_is_not_public(submitted, client):
    assert client.get("/en/partners/stone/").status_code == 404


def test_a_moderator_without_page_permissions_publishes_by_approving(
    submitted, client, django_capture_on_commit_callbacks
):
    moderator = person("moderator", roles.PARTNER_MODERATOR.name)
    task_state = submitted.current_workflow_task_state
    with django_capture_on_commit_callbacks(execute=True):
        task_state.task.specific.on_action(task_state, moderator, "approve")
    submitted.refresh_from_db()
    assert submitted.live
    assert client.get("/en/partners/stone/").status_code == 200


def test_an_editor_may_not_decide(submitted):
    task = submitted.current_workflow_task
    editor = get_user_model().objects.get(username="editor")
    assert task.get_actions(submitted, editor) == []
    assert not submitted.permissions_for_user(editor).can_publish()
