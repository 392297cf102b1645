"""A worker that is killed as it writes for the n-th time, as by ``kill -9``.

Run as ``python -m tests.workers.mortal N``; see ``test_killed_workers``.
"""

import os
import signal
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402  after the set-up
from django.db import connection  # noqa: E402

WRITING = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE")


class Death:
    """Comes before a statement is sent, or after it was."""

    def __init__(self, number):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        if not sql.startswith(WRITING):
            return execute(sql, params, many, context)
        self.left -= 1
        if self.left == 0 and sql.startswith("INSERT"):
            os.kill(os.getpid(), signal.SIGKILL)
        result = execute(sql, params, many, context)
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


connection.execute_wrappers.append(Death(int(sys.argv[1])))
call_command("db_worker", "--batch", "--no-startup-delay", "--queue-name=*", verbosity=0)
