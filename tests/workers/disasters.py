"""What happens to workers in the midst of their work, at points that are drawn by a seed."""

import random
import subprocess
import sys
from collections import Counter
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ecca_site.mail.models import Mail
from ecca_site.workers.leases import LEASE, take_up_again
from ecca_site.workers.models import Worker
from tests.cluster import let_go
from tests.left_out import SEED
from tests.processes import ROOT, manage


class Kind:
    def __init__(self, most, *tasks):
        self.most = most
        self.tasks = tasks


# The tasks of each kind of work, and how many writes at most a worker lives through. Of a picture
# there are few.
KINDS = {
    "mailing": Kind(20, "conferences.tasks.send_mailing", "ecca_site.mail.tasks.deliver"),
    "renditions": Kind(3, "ecca_site.uploads.tasks.make_renditions"),
    "language set-up": Kind(12, "ecca_site.translation.languages.setup.go_on"),
    "search indexing": Kind(
        12,
        "modelsearch.tasks.insert_or_update_object_task",
        "wagtail.tasks.update_reference_index_task",
    ),
    "translation requests": Kind(12, "ecca_site.translation.submission.requests.request_many"),
}
ENDED = ("SUCCESSFUL", "FAILED")
MOST_TURNS = 50
A_WHILE = timedelta(hours=1)


def waiting():
    return DBTaskResult.objects.exclude(status__in=ENDED)


def let_time_pass():
    """Let every lease be over, and every mail and task be due."""
    now = timezone.now()
    Worker.objects.update(seen_at=now - LEASE - LEASE)
    take_up_again()
    Mail.objects.filter(sent_at=None).update(next_attempt_at=now)
    DBTaskResult.objects.filter(status="READY", run_after__lt=now + 2 * A_WHILE).update(
        run_after=now
    )


def end_all(env):
    """Let workers do all that is left, in a few turns."""
    for _turn in range(MOST_TURNS):
        if not waiting().exists():
            return
        let_time_pass()
        manage(env, "db_worker", "--batch", "--no-startup-delay", "--queue-name=*")


class Disasters:
    """Disasters of one sort, one after the other, as many in each kind of work as in another."""

    def __init__(self, env, make_command=None):
        self.env = env
        self.make_command = make_command
        self.chance = random.Random(SEED)
        self.count = Counter()

    def happen(self, number):
        """Let so many happen, each in a worker of its own, as long as there is work."""
        names = list(KINDS)
        self.chance.shuffle(names)
        while names and self.count.total() < number:
            name = names.pop(0)
            if self.happen_in(name):
                names.append(name)
            let_time_pass()

    def happen_in(self, name):
        """Run a worker until it meets its disaster; return whether it did.

        What is no work of this kind is left for later.
        """
        kind = KINDS[name]
        if not waiting().filter(task_path__in=kind.tasks).exists():
            return False
        others = waiting().filter(status="READY").exclude(task_path__in=kind.tasks)
        others.update(run_after=timezone.now() + A_WHILE)
        let_go()
        arguments = [str(self.chance.randint(1, kind.most)), *kind.tasks]
        if self.chance.random() < 0.5:
            arguments.append("--before")
        if self.make_command is not None:
            arguments.append(f"--command={self.make_command(self.chance)}")
        command = [sys.executable, "-m", "tests.workers.mortal", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=600
        )
        has_happened = "It happens." in done.stdout
        assert has_happened or done.returncode == 0, done.stderr
        if has_happened:
            self.count[name] += 1
        return has_happened

    def __str__(self):
        numbers = [f"{number} in {kind}" for kind, number in sorted(self.count.items())]
        return f"{', '.join(numbers)}; seed {SEED}"
