"""What is running in the name of a worker that is gone is given back to the queue."""

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult

from ecca_site.workers.leases import LEASE, MOST_ATTEMPTS, Heart, take_up_again
from ecca_site.workers.models import Worker
from ecca_site.workers.queue import hand_over

SAID = []


@task()
def say(word):
    SAID.append(word)


@task()
def fail(kind):
    raise {"deadlock": OperationalError, "stopped": SystemExit, "bug": ValueError}[kind](kind)


@pytest.fixture(autouse=True)
def _nothing_said(db, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    SAID.clear()


def run(task_row):
    task_row.claim("w")
    DatabaseWorker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="w", excluded_queue_names=[],
    ).run_task(task_row)  # fmt: skip
    task_row.refresh_from_db()
    return task_row.status


def only_task():
    return DBTaskResult.objects.get()


@pytest.mark.parametrize(("age", "status"), [(LEASE / 2, "RUNNING"), (LEASE * 1.5, "READY")])
def test_a_task_is_given_back_once_its_worker_is_silent(age, status):
    hand_over(say, "a")
    Worker.objects.create(pk="w", seen_at=timezone.now() - age)
    only_task().claim("w")
    assert take_up_again() == (status == "READY")
    assert only_task().status == status


def test_a_task_of_a_worker_that_nobody_knows_is_given_back():
    hand_over(say, "a")
    only_task().claim("unknown")
    assert take_up_again() == 1
    assert run(only_task()) == "SUCCESSFUL"
    assert (SAID, only_task().worker_ids) == (["a"], ["unknown", "w"])


def test_the_last_worker_of_a_task_is_the_one_that_counts():
    hand_over(say, "a")
    for name in ("alive", "gone"):
        only_task().claim(name)
    Worker.objects.create(pk="alive", seen_at=timezone.now())
    assert take_up_again() == 1


@pytest.mark.parametrize(
    ("kind", "status"), [("deadlock", "READY"), ("stopped", "READY"), ("bug", "FAILED")]
)
def test_what_passes_is_tried_again_and_a_fault_is_not(kind, status):
    hand_over(fail, kind)
    assert run(only_task()) == status


def test_nothing_is_tried_for_ever():
    hand_over(fail, "deadlock")
    statuses = [run(only_task()) for _attempt in range(MOST_ATTEMPTS)]
    assert statuses == ["READY"] * (MOST_ATTEMPTS - 1) + ["FAILED"]


def test_a_worker_that_ends_leaves_no_trace(monkeypatch):
    # The thread would use a connection of its own.
    monkeypatch.setattr("ecca_site.workers.leases.BEAT_SECONDS", 3600)
    with Heart("w"):
        assert Worker.objects.get().pk == "w"
    assert not Worker.objects.exists()


def test_a_worker_outlives_a_database_that_is_away(monkeypatch):
    """The thread goes on after a beat that failed, until the worker ends."""
    beats = []

    def beat(self):
        beats.append(self)
        if len(beats) == 2:
            self.is_over.set()
        raise DatabaseError

    heart = Heart("w")
    monkeypatch.setattr("ecca_site.workers.leases.BEAT_SECONDS", 0)
    monkeypatch.setattr(Heart, "beat", beat)
    monkeypatch.setattr(connection, "close", lambda: None)
    heart._go_on()
    assert len(beats) == 2
