"""Handing work to the workers."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task, TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult


def hand_over(task: Task[..., Any], *args: Any, run_after: datetime | None = None) -> None:
    """Enqueue a task with what it follows from: both are there, or neither.

    Where the queue is in the database, that is part of the transaction; elsewhere it comes after.
    """
    if task.get_backend().supports_defer:
        task.using(run_after=run_after).enqueue(*args)
    else:
        transaction.on_commit(lambda: task.enqueue(*args))


def leave(task: Task[..., Any], *args: Any) -> None:
    """Leave to a worker what nobody waits for; without one do it at once, in this transaction."""
    if task.get_backend().supports_defer:
        hand_over(task, *args)
    else:
        task.call(*args)


def finish(context: TaskContext) -> None:
    """Call a task done in the transaction of its last act, so that this is not done again.

    A task that is not kept in the database is done at once, and cannot be done again.
    """
    kept = getattr(context.task_result, "db_result", None)
    if kept is not None:
        rows = DBTaskResult.objects.filter(pk=kept.pk)
        rows.update(status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())
