"""A worker to which something happens as it writes for the n-th time in a task of some kind.

It is killed, as by ``kill -9``, or a command is run that takes its database away. Run as
``python -m tests.workers.mortal``; see ``disasters``.
"""

import argparse
import os
import shlex
import signal
import subprocess

import django

django.setup()

from django.core.management import call_command  # noqa: E402  after the set-up
from django.db import connection  # noqa: E402
from django_tasks.signals import task_finished, task_started  # noqa: E402

WRITING = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE")


class Disaster:
    """Comes before a statement is sent, or after it was."""

    def __init__(self, options):
        self.left = options.number
        self.is_before = options.before
        self.command = options.command
        self.tasks = set(options.tasks)
        self.is_near = False

    def begin(self, task_result, **kwargs):
        self.is_near = task_result.task.module_path in self.tasks

    def end(self, **kwargs):
        self.is_near = False

    def __call__(self, execute, sql, params, many, context):
        if not (self.is_near and sql.startswith(WRITING)):
            return execute(sql, params, many, context)
        self.left -= 1
        if self.left == 0 and self.is_before:
            self.happen()
        result = execute(sql, params, many, context)
        if self.left == 0 and not self.is_before:
            self.happen()
        return result

    def happen(self):
        print("It happens.", flush=True)
        if not self.command:
            os.kill(os.getpid(), signal.SIGKILL)
        subprocess.run(shlex.split(self.command), check=True, stdout=subprocess.DEVNULL)


parser = argparse.ArgumentParser()
parser.add_argument("number", type=int)
parser.add_argument("tasks", nargs="+")
parser.add_argument("--before", action="store_true")
parser.add_argument("--command", default="")
disaster = Disaster(parser.parse_args())
# Of any sender: django-tasks-db names the backend at one time and its class at another.
task_started.connect(disaster.begin)
task_finished.connect(disaster.end)
connection.execute_wrappers.append(disaster)
call_command("db_worker", "--batch", "--no-startup-delay", "--queue-name=*", verbosity=0)
