"""Leases of tasks: what a worker did not end, because it died, another one does again.

django-tasks-db never looks again at a task that was begun. Here a worker says every few seconds
that it is alive; what is running in the name of a worker that has fallen silent is given back to
the queue. A worker that was only held up may go on meanwhile: every task may run twice.
"""

import logging
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResult, TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from .models import Worker

logger = logging.getLogger(__name__)

BEAT_SECONDS = 5
LEASE = timedelta(minutes=1)
# A task that takes its workers along, as by eating up their memory, is not begun for ever.
MOST_ATTEMPTS = 10
DIED = "The worker died."
# No fault of the task: the database was away or ended a deadlock, or somebody stopped the worker.
PASSING = {
    f"{error.__module__}.{error.__qualname__}"
    for error in (OperationalError, InterfaceError, SystemExit, KeyboardInterrupt)
}


class Heart:
    """Says that a worker is alive, in a thread of its own, and looks after those that are not."""

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self.is_over = Event()
        self.thread = Thread(target=self._go_on, daemon=True)

    def __enter__(self) -> "Heart":
        self.beat()
        self.thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.is_over.set()
        self.thread.join()
        Worker.objects.filter(pk=self.worker_id).delete()

    def beat(self) -> None:
        Worker.objects.update_or_create(pk=self.worker_id, defaults={"seen_at": timezone.now()})
        take_up_again()

    def _go_on(self) -> None:
        while not self.is_over.wait(BEAT_SECONDS):
            try:
                self.beat()
            except DatabaseError as error:  # it is asked again
                logger.warning("The worker cannot say that it is alive: %s", error)
            finally:
                connection.close()


@transaction.atomic
def take_up_again() -> int:
    """Give back what is running in the name of workers that are gone; return how much that was."""
    # The tasks come first: a worker says that it is alive before it begins one.
    running = list(DBTaskResult.objects.running().select_for_update(skip_locked=True))
    if not running:
        return 0
    end = timezone.now() - LEASE
    alive = set(Worker.objects.filter(seen_at__gt=end).values_list("pk", flat=True))
    lost = [task for task in running if not alive.intersection(task.worker_ids[-1:])]
    for task in lost:
        logger.warning("The worker of the task %s (%s) died", task.pk, task.task_path)
        _give_back(task, DIED)
    Worker.objects.filter(seen_at__lt=end - LEASE).delete()
    return len(lost)


def _give_back(task: "DBTaskResult[..., Any]", reason: str) -> None:
    """Put a task back into the queue, or call it failed where it was begun too often."""
    if len(task.worker_ids) >= MOST_ATTEMPTS:
        logger.error("The task %s (%s) is given up: %s", task.pk, task.task_path, reason)
        task.status = TaskResultStatus.FAILED
        task.finished_at = timezone.now()
        task.traceback = task.traceback or reason
    else:
        task.status = TaskResultStatus.READY
        task.finished_at = None
    task.save(update_fields=["status", "finished_at", "traceback"])


def try_again(task_result: "TaskResult[Any]", **kwargs: Any) -> None:
    """Give back a task that failed for a reason that passes."""
    if task_result.status != TaskResultStatus.FAILED or not hasattr(task_result, "db_result"):
        return
    [error] = task_result.errors
    if error.exception_class_path in PASSING:
        _give_back(task_result.db_result, error.exception_class_path)


def connect() -> None:
    task_finished.connect(try_again, sender=DatabaseBackend)
