"""Reviewers are asked about a translation that goes offline on a day before that day."""

import datetime

import pytest
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from ecca_site.access import roles
from ecca_site.mail.models import Mail
from ecca_site.moderation.ledger.verify import problems
from ecca_site.moderation.models import LedgerEntry, PageRequest
from ecca_site.translation.models import ExpiryAlong
from news.models import NewsPage
from tests.translation.conftest import publish_translation
from tests.translation.test_expiry import approve, let_time_pass, live, save

NEXT_DAY = "2031-06-01 12:00"


@pytest.fixture
def slovenian(item):
    return publish_translation(item, "sl")


@pytest.fixture
def editor(item, person):
    return person("editor", roles.EDITOR.name)


@pytest.fixture
def reviewer(item, person):
    return person("reviewer", roles.REVIEWER.group_name("en"))


@pytest.fixture
def slovenian_reviewer(item, person):
    return person("pregledovalka", roles.REVIEWER.group_name("sl"))


def tick():
    """Let the clock come by once."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("publish_scheduled")


@pytest.fixture
def asked(item, slovenian, editor, reviewer, slovenian_reviewer, client):
    """Return the request for the translation, whose original has a day to go offline."""
    approve(save(client, editor, item, slovenian), reviewer)
    tick()
    return PageRequest.objects.get()


def state_of(page):
    return NewsPage.objects.get(pk=page.pk).current_workflow_task_state


def decide(request, user, action="approve"):
    state = request.workflow_state.current_task_state
    with TestCase.captureOnCommitCallbacks(execute=True):
        state.task.specific.on_action(state, user, action, comment="No.")
    return PageRequest.objects.get(pk=request.pk)


def test_they_are_asked_once_when_the_day_is_approved(
    item, slovenian, editor, reviewer, slovenian_reviewer, client
):
    page = save(client, editor, item, slovenian)
    tick()
    assert not PageRequest.objects.exists()
    approve(page, reviewer)
    tick()
    tick()
    request = PageRequest.objects.get()
    assert request.page.pk == slovenian.pk
    assert request.not_before == datetime.datetime(2031, 5, 1, 10, tzinfo=datetime.UTC)
    assert request.workflow_state.requested_by == editor
    mail = Mail.objects.get(user=slovenian_reviewer)
    assert "asks to take it offline on 1 May 2031, 12:00" in mail.text
    assert "Its original, “Old bricks”, goes offline at that time." in mail.text


def test_a_review_names_the_day(asked, slovenian, slovenian_reviewer, client):
    client.force_login(slovenian_reviewer)
    review = reverse("moderation_review", args=[asked.workflow_state.current_task_state_id])
    assert "offline on 1 May 2031, 12:00" in client.get(review).content.decode()
    html = client.post(review, {"action": "approve"}, follow=True).content.decode()
    assert f"What was asked for “{slovenian.title}” is agreed to. It is done on its date." in html


def test_consent_takes_it_offline_on_the_day_and_not_before(
    asked, item, slovenian, slovenian_reviewer, monkeypatch
):
    decide(asked, slovenian_reviewer)
    assert live(item, slovenian) == [True, True]
    assert state_of(slovenian) is None
    tick()
    assert PageRequest.objects.count() == 1
    let_time_pass(monkeypatch)
    assert live(item, slovenian) == [False, False]
    entry = LedgerEntry.objects.filter(language="sl").last()
    assert (entry.act, entry.rule) == ("offline", "request")
    assert list(problems()) == []


def test_without_consent_it_stays_online(
    asked, item, slovenian, editor, slovenian_reviewer, monkeypatch
):
    decide(asked, slovenian_reviewer, "reject")
    tick()
    let_time_pass(monkeypatch)
    assert live(item, slovenian) == [False, True]
    assert PageRequest.objects.count() == 1
    [mail] = Mail.objects.filter(user=editor, subject="“Old bricks” went offline on its date")
    assert "did not agree" in mail.text


def test_a_question_that_is_open_on_the_day_stays_open(
    asked, item, slovenian, slovenian_reviewer, monkeypatch
):
    let_time_pass(monkeypatch)
    assert live(item, slovenian) == [False, True]
    assert PageRequest.objects.get() == asked
    decide(asked, slovenian_reviewer)
    assert live(slovenian) == [False]


def test_one_that_waits_for_something_else_is_asked_about_afterwards(
    item, slovenian, editor, reviewer, slovenian_reviewer, person, client
):
    translator = person("translator", roles.TRANSLATOR.group_name("sl"))
    slovenian = NewsPage.objects.get(pk=slovenian.pk)
    slovenian.summary = "Later"
    slovenian.save_revision(user=translator)
    slovenian.get_workflow().start(slovenian, translator)
    approve(save(client, editor, item, slovenian), reviewer)
    tick()
    assert not PageRequest.objects.exists()
    approve(NewsPage.objects.get(pk=slovenian.pk), slovenian_reviewer)
    tick()
    assert PageRequest.objects.get().page.pk == slovenian.pk


def test_another_version_for_the_same_day_asks_nothing_anew(
    asked, item, slovenian, editor, reviewer, slovenian_reviewer, client, monkeypatch
):
    decide(asked, slovenian_reviewer)
    page = NewsPage.objects.get(pk=item.pk)
    approve(save(client, editor, page, slovenian, title="Older bricks"), reviewer)
    tick()
    assert PageRequest.objects.get() == asked
    let_time_pass(monkeypatch)
    assert live(item, slovenian) == [False, False]


@pytest.mark.parametrize(("day", "number"), [(NEXT_DAY, 2), (None, 1)])
def test_another_day_or_none_ends_the_question(
    asked, item, slovenian, editor, reviewer, client, day, number
):
    page = NewsPage.objects.get(pk=item.pk)
    approve(save(client, editor, page, slovenian, day=day), reviewer)
    tick()
    asked.workflow_state.refresh_from_db()
    assert asked.workflow_state.status == WorkflowState.STATUS_CANCELLED
    assert PageRequest.objects.count() == number
    assert Mail.objects.filter(user=editor, subject__contains="what waited has ended").exists()


def test_consent_ends_with_another_version_of_the_translation_and_is_asked_for_anew(
    asked, slovenian, slovenian_reviewer, person
):
    decide(asked, slovenian_reviewer)
    slovenian = NewsPage.objects.get(pk=slovenian.pk)
    slovenian.summary = "Later"
    slovenian.save_revision(user=person("translator", roles.TRANSLATOR.group_name("sl")))
    slovenian.get_workflow().start(slovenian, person("other", roles.TRANSLATOR.group_name("sl")))
    approve(NewsPage.objects.get(pk=slovenian.pk), slovenian_reviewer)
    assert not ExpiryAlong.objects.exclude(request=None).exists()
    tick()
    assert PageRequest.objects.exclude(pk=asked.pk).get().not_before > timezone.now()


def test_whoever_may_do_it_alone_asks_nobody(item, slovenian, admin_user, client):
    save(client, admin_user, item, slovenian, action="action-publish")
    tick()
    assert not PageRequest.objects.exists()


def test_a_question_that_was_withdrawn_is_asked_on_the_day(
    asked, item, slovenian, editor, client, monkeypatch
):
    client.force_login(editor)
    client.post(reverse("moderation_withdraw", args=[slovenian.pk]))
    asked.workflow_state.refresh_from_db()
    assert asked.workflow_state.status == WorkflowState.STATUS_CANCELLED
    tick()
    assert PageRequest.objects.count() == 1
    let_time_pass(monkeypatch)
    assert PageRequest.objects.count() == 2
    assert live(item, slovenian) == [False, True]
