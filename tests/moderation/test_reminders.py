"""What nobody decides is reminded of once, then told to the administrators once; never twice."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from ecca_site.access import roles
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import withdraw
from ecca_site.moderation.reminders import remind
from partners.models import PartnerPage

MONDAY = datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.UTC)


def day(number):
    return MONDAY.date() + datetime.timedelta(number)


def told():
    """Return who was reminded of what since the last question."""
    mails = Mail.objects.exclude(key__startswith="submitted").select_related("user").order_by("pk")
    found = [(entry.key.partition(":")[0], entry.user.username) for entry in mails]
    mails.delete()
    return found


@pytest.fixture
def waiting(profile, submit, editor, moderator, admin_user):
    """Submitted on a Monday; a decision may take five working days."""
    state = submit(profile, editor)
    WorkflowState.objects.update(created_at=MONDAY)
    TaskState.objects.update(started_at=MONDAY)
    return state


def test_once_to_reviewers_then_once_to_administrators(waiting):
    for number in range(8):  # until the Monday on which it is due
        remind(day(number))
        assert told() == []
    remind(day(8))
    assert told() == [("reminder", "moderator")]
    for number in range(8, 16):
        remind(day(number))
        assert told() == [], number
    remind(day(16))
    assert told() == [("escalation", "admin")]
    for number in range(16, 400, 7):
        remind(day(number))
    assert told() == []


def test_old_mails_that_are_forgotten_are_not_written_again(waiting):
    remind(day(8))
    remind(day(20))
    assert len(told()) == 2
    Mail.objects.all().delete()
    remind(day(200))
    assert told() == []


def test_a_command_that_did_not_run_for_long_reminds_before_it_escalates(waiting):
    remind(day(300))
    assert told() == [("reminder", "moderator")]
    remind(day(301))
    assert told() == []
    remind(day(310))
    assert told() == [("escalation", "admin")]


def test_where_nobody_can_be_reminded_administrators_are_told(waiting, moderator):
    moderator.is_active = False
    moderator.save()
    remind(day(8))
    assert told() == [("escalation", "admin")]
    remind(day(100))
    assert told() == []


def test_what_was_decided_needs_no_reminder(waiting, moderator):
    waiting.task.specific.on_action(waiting, moderator, "approve")
    told()
    remind(day(8))
    assert told() == []


def test_submitted_again_after_a_withdrawal_it_is_the_same_thing(waiting, editor, profile):
    remind(day(8))
    told()
    withdraw(waiting, editor)
    PartnerPage.objects.get(pk=profile.pk).current_workflow_state.resume(user=editor)
    remind(day(9))
    assert told() == []


def test_those_who_wrote_it_are_not_reminded(profile, submit, person, admin_user):
    both = person("both", roles.EDITOR.name, roles.PARTNER_MODERATOR.name)
    submit(profile, both)
    WorkflowState.objects.update(created_at=MONDAY)
    remind(day(8))
    assert told() == [("no-reviewer", "admin"), ("escalation", "admin")]


def test_the_command_runs_it_for_today(waiting):
    call_command("remind")
    assert timezone.localdate() > day(8)
    assert told() == [("reminder", "moderator")]


def test_the_reminder_links_to_the_review(waiting, moderator):
    remind(day(8))
    entry = Mail.objects.get(key__startswith="reminder")
    assert entry.subject == "[English · partner profile] Stone: is overdue"
    assert f"/cms/moderation/{waiting.pk}/" in entry.text
