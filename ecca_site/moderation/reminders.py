"""Reminders of what nobody decides.

One goes to the reviewers when a decision is due, and one, as much later, to administrators.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState

from .items import with_clock
from .mails import tell_administrators, tell_reviewers
from .models import Reminder, ReviewTask
from .workdays import due_on, working_days_after


def remind(today: datetime.date | None = None) -> None:
    """Write of what is overdue on ``today``, by default the present date; of each thing once.

    A review that has ended, by whatever decision, needs no reminder; a version that is submitted
    again after a withdrawal is still the same thing that waits.
    """
    today = today or timezone.localdate()
    days = dict(ReviewTask.objects.values_list("pk", "working_days"))
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=days)
    related = with_clock(states).select_related("workflow_state__reminder", "revision", "task")
    for state in related.order_by("pk"):
        with transaction.atomic():
            _remind_of(state, days[state.task_id], today)


def _remind_of(state: TaskState, allowed: int, today: datetime.date) -> None:
    """Write of one review, which may take so many working days, if it is time."""
    reminder = getattr(state.workflow_state, "reminder", None)
    if reminder is None:
        if due_on(state.clock_started_at, allowed) < today:
            remind_once(state, today)
        return
    if reminder.escalated_on is not None:
        return
    if working_days_after(reminder.reminded_on, allowed) < today:
        escalate(state, reminder, today)


def remind_once(state: TaskState, today: datetime.date) -> None:
    """Remind the reviewers, or tell administrators where there is nobody else."""
    reminder, is_new = Reminder.objects.get_or_create(
        workflow_state=state.workflow_state, defaults={"reminded_on": today}
    )
    if is_new and not remind_reviewers(state):
        escalate(state, reminder, today)


def remind_reviewers(state: TaskState) -> int:
    """Write to everybody who can decide; return how many these are."""
    return tell_reviewers(
        state,
        f"reminder:{state.workflow_state_id}",
        gettext_lazy("is overdue"),
        gettext_lazy("%(name)s waits for your decision."),
    )


def escalate(state: TaskState, reminder: Reminder, today: datetime.date) -> None:
    """Tell administrators that nobody decides."""
    tell_administrators(
        state,
        f"escalation:{state.workflow_state_id}",
        gettext_lazy("nobody decides"),
        gettext_lazy("This is overdue, and nobody has decided it yet."),
    )
    reminder.escalated_on = today
    reminder.save(update_fields=["escalated_on"])
