"""Reminders of what nobody decides: once to its reviewers when it is due, as much later once to administrators."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from ecca_site.mail.outbox import Letter, post

from .items import with_clock
from .mails import PROFILES, facts, item_of, link, subject, tell_reviewers
from .models import Reminder, ReviewTask
from .workdays import due_on, working_days_after


def remind(today=None):
    """Write of what is overdue on ``today``, by default the present date. What was written once is not written again.

    Whose review ends, by whatever decision, needs no reminder; submitted again after a withdrawal it is still the same
    thing that waits.
    """
    today = today or timezone.localdate()
    days = dict(ReviewTask.objects.values_list("pk", "working_days"))
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=days)
    for state in with_clock(states).select_related("workflow_state__reminder", "revision", "task").order_by("pk"):
        allowed, reminder = days[state.task_id], getattr(state.workflow_state, "reminder", None)
        with transaction.atomic():
            if reminder is None:
                if due_on(state.clock_started_at, allowed) < today:
                    remind_once(state, today)
            elif reminder.escalated_on is None and working_days_after(reminder.reminded_on, allowed) < today:
                escalate(state, reminder, today)


def remind_once(state, today):
    reminder, is_new = Reminder.objects.get_or_create(
        workflow_state=state.workflow_state, defaults={"reminded_on": today}
    )
    if is_new and not remind_reviewers(state):
        escalate(state, reminder, today)  # there is nobody else


def remind_reviewers(state):
    return tell_reviewers(
        state,
        f"reminder:{state.workflow_state_id}",
        lambda: _("is overdue"),
        lambda item: _("%(name)s waits for your decision.") % {"name": item.submitter},
    )


def escalate(state, reminder, today):
    def compose():
        item = item_of(state)
        return Letter(
            subject=subject(item, _("nobody decides")),
            lines=(_("This is overdue, and nobody has decided it yet."),),
            facts=facts(item),
            action=_("Review it"),
            address=link(state),
        )

    for user in get_user_model().objects.filter(is_superuser=True, is_active=True).select_related(*PROFILES):
        post(user, f"escalation:{state.workflow_state_id}", compose)
    reminder.escalated_on = today
    reminder.save(update_fields=["escalated_on"])
