"""Workflows and sections: what people set stays, what ``setup_site`` gave follows the roles."""

from dataclasses import replace

from django.contrib.auth.models import Group
from wagtail.models import Workflow, WorkflowPage

from ecca_site.access import roles
from ecca_site.access.models import ReviewWorkflow, SectionWorkflow
from ecca_site.access.site_setup import setup_site

from .saying import say


def test_a_workflow_that_people_made_stays_where_they_put_it(news, monkeypatch):
    own = Workflow.objects.create(name="Press office")
    WorkflowPage.objects.create(page=news, workflow=own)
    say(monkeypatch, *roles.ROLES, workflows=roles.WORKFLOWS[:1])
    assert WorkflowPage.objects.get(page=news).workflow == own
    assert Workflow.objects.get(name="Press office").active is True


def test_an_assignment_that_people_changed_stays_when_its_section_is_gone(news, monkeypatch):
    own = Workflow.objects.create(name="Press office")
    index = news.get_parent().get_children().get(slug="partners")
    WorkflowPage.objects.filter(page=index).update(workflow=own)
    say(monkeypatch, *roles.ROLES, workflows=roles.WORKFLOWS[:1])
    assert WorkflowPage.objects.get(page=index).workflow == own


def test_a_workflow_of_ours_that_people_gave_to_another_section_stays_there(news):
    WorkflowPage.objects.create(page=news, workflow=Workflow.objects.get(name="Partner moderation"))
    setup_site()
    assert news.get_workflow().name == "Partner moderation"


def test_how_long_a_review_may_take_is_left_to_people(news):
    task = Workflow.objects.get(name="Partner moderation").tasks[0].specific
    task.working_days = 12
    task.save()
    setup_site()
    task.refresh_from_db()
    assert task.working_days == 12


def test_a_workflow_that_people_gave_to_a_section_of_ours_stays(news):
    own = Workflow.objects.create(name="Press office")
    index = news.get_parent().get_children().get(slug="partners")
    WorkflowPage.objects.filter(page=index).update(workflow=own)
    setup_site()
    assert WorkflowPage.objects.get(page=index).workflow == own


def test_a_workflow_that_people_gave_to_a_section_before_it_was_said_stays(news, monkeypatch):
    own = Workflow.objects.create(name="Press office")
    WorkflowPage.objects.create(page=news, workflow=own)
    review = roles.Review("news", "News review", section=roles.NEWS)
    say(monkeypatch, *roles.ROLES, workflows=[*roles.WORKFLOWS, review])
    assert news.get_workflow() == own
    assert not SectionWorkflow.objects.filter(page=news).exists()


def test_a_section_whose_workflow_people_took_away_has_it_again(news):
    index = news.get_parent().get_children().get(slug="partners")
    WorkflowPage.objects.filter(page=index).delete()
    setup_site()
    assert WorkflowPage.objects.get(page=index).workflow.name == "Partner moderation"


def test_a_section_that_another_review_is_said_for_gets_that_one(news, monkeypatch):
    board = roles.Review("board", "Board", section=roles.PARTNERS, roles=(roles.EDITOR,))
    say(monkeypatch, *roles.ROLES, workflows=[roles.WORKFLOWS[0], board])
    index = news.get_parent().get_children().get(slug="partners")
    assert index.get_workflow().name == "Board"
    assert Workflow.objects.get(name="Partner moderation").active is False


def test_a_workflow_that_people_closed_stays_closed(news):
    Workflow.objects.get(name="Partner moderation").deactivate()
    setup_site()
    index = news.get_parent().get_children().get(slug="partners")
    assert Workflow.objects.get(name="Partner moderation").active is False
    assert index.get_workflow().name == "Language review"
    assert not WorkflowPage.objects.filter(page=index).exists()


def test_workflow_and_task_that_people_renamed_are_still_the_same(news):
    made = ReviewWorkflow.objects.get(review="partner")
    Workflow.objects.filter(pk=made.workflow_id).update(name="Admission")
    made.task.name = "Admitting"
    made.task.save()
    before = Workflow.objects.count()
    setup_site()
    index = news.get_parent().get_children().get(slug="partners")
    assert index.get_workflow().name == "Admission"
    assert [task.name for task in index.get_workflow().tasks] == ["Admitting"]
    assert Workflow.objects.count() == before


def test_who_else_decides_is_left_to_people(news, monkeypatch):
    task = ReviewWorkflow.objects.get(review="partner").task
    own = Group.objects.create(name="Board")
    task.groups.add(own)
    task.is_for_language_reviewers = False
    task.save()
    setup_site()
    task.refresh_from_db()
    assert task.is_for_language_reviewers is False
    names = sorted(group.name for group in task.groups.all())
    assert names == ["Board", "Partner moderators"]
    said = replace(roles.WORKFLOWS[1], roles=(roles.EDITOR,))
    say(monkeypatch, *roles.ROLES, workflows=[roles.WORKFLOWS[0], said])
    names = sorted(group.name for group in task.groups.all())
    assert names == ["Board", "Communications editors"]


def test_what_the_review_is_told_anew_counts_again(news, monkeypatch):
    said = replace(roles.WORKFLOWS[1], is_for_language_reviewers=False)
    say(monkeypatch, *roles.ROLES, workflows=[roles.WORKFLOWS[0], said])
    task = ReviewWorkflow.objects.get(review="partner").task
    assert task.is_for_language_reviewers is False
    changed = replace(said, is_for_language_reviewers=True)
    say(monkeypatch, *roles.ROLES, workflows=[roles.WORKFLOWS[0], changed])
    task.refresh_from_db()
    assert task.is_for_language_reviewers is True
