"""What is left to a worker waits with what it follows from, or is done with it."""

import pytest
from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from ecca_site.workers.queue import leave

done = []


@task()
def note(name):
    done.append(name)


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def test_a_worker_gets_it_in_the_transaction(db, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    leave(note, "kept")
    with transaction.atomic():
        leave(note, "taken back")
        transaction.set_rollback(True)
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [["kept"]]
    assert done == []


def test_without_a_worker_it_is_done_at_once(db):
    leave(note, "done")
    assert done == ["done"]
