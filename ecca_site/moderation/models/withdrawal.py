"""Taking back what was submitted or asked for."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_cancelled

from ecca_site.users.models import User

from .authors import submitters_of
from .reviews import ReviewRefused, in_progress, log_step


@transaction.atomic
def withdraw(task_state: TaskState, user: User) -> None:
    """Give a submitted version back to whoever submitted it.

    Submitted again it keeps its place in the queue. A version that was withdrawn or sent back
    already is given up: submitted again it is something new.

    Raises:
        PermissionDenied: the user has not submitted it and is no superuser.
        TooLate: it was decided meanwhile.
    """
    if task_state.workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        if not may_withdraw(user, task_state.workflow_state):
            raise PermissionDenied
        task_state.workflow_state.cancel(user=user)
        return
    if hasattr(task_state.workflow_state, "page_request"):
        _withdraw_wish(task_state, user)
        return
    state = in_progress(task_state.pk)
    workflow_state = state.workflow_state
    if not may_withdraw(user, workflow_state):
        raise PermissionDenied
    log_step(state, "moderation.withdraw", user)
    state.status = TaskState.STATUS_CANCELLED
    state.finished_at = timezone.now()
    state.finished_by = user
    state.save()
    workflow_state.status = WorkflowState.STATUS_NEEDS_CHANGES
    workflow_state.save()
    task_cancelled.send(sender=type(state), instance=state, user=user)


def _withdraw_wish(task_state: TaskState, user: User) -> None:
    """Take back a request, with what was asked for other languages at once and still waits.

    Their rows are locked in the order in which a review that decides on several locks them.
    """
    if not may_withdraw(user, task_state.workflow_state):
        raise PermissionDenied
    wish = task_state.workflow_state.page_request.wish
    waiting = TaskState.objects.filter(
        workflow_state__page_request__wish=wish, status=TaskState.STATUS_IN_PROGRESS
    )
    keys = {task_state.pk, *waiting.values_list("pk", flat=True)}
    for key in sorted(keys):
        try:
            state = in_progress(key)
        except ReviewRefused:
            if key == task_state.pk:
                raise
            continue  # another language was decided meanwhile
        log_step(state, "moderation.withdraw", user)
        state.workflow_state.cancel(user=user)


def may_withdraw(user: User, workflow_state: WorkflowState) -> bool:
    """Return whether a user may take back what was submitted."""
    if not user.is_active:
        return False
    return user.is_superuser or user.pk in submitters_of(workflow_state.current_task_state)
