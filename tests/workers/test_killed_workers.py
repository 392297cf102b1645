"""Workers are killed in the midst of their work: nothing is lost, and nobody gets a mail twice.

All parts are real: workers are processes of their own, which ``SIGKILL`` ends as they write, and
mails go to a server. Only the clock is helped along, by the times that the database holds.
"""

import random
import signal
import subprocess
import sys
from collections import defaultdict

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale, Page

from conferences.models import Desk, Mailing, Registration
from conferences.tasks import send_mailing
from ecca_site.mail.models import Mail
from ecca_site.translation.languages import setup as languages
from ecca_site.translation.submission.requests import request_many
from ecca_site.uploads.images import RENDITION_SPECS, CustomImage, Rendition
from ecca_site.uploads.tasks import make_renditions
from ecca_site.workers.leases import LEASE, MOST_ATTEMPTS
from ecca_site.workers.models import Worker
from tests import factories
from tests.conferences.registering import open_conference
from tests.left_out import SEED
from tests.processes import ROOT, environment, manage

PAGES = 3
LATER = ("SUCCESSFUL", "FAILED")

pytestmark = [
    # The workers' database is the tests' own, which SQLite has in memory.
    pytest.mark.only_on("postgresql"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def registered(conference, number):
    desk = Desk.of(conference)
    people = [
        Registration(
            desk=desk,
            number=n,
            state="registered",
            language="en",
            name=f"N{n}",
            email=f"n{n}@example.org",
        )
        for n in range(1, number + 1)
    ]  # fmt: skip
    Registration.objects.bulk_create(people)
    return desk


@pytest.fixture
def work(site, queue, settings, tmp_path):
    """Return a function that hands work of every kind to the workers; it returns the mailing."""
    settings.MEDIA_ROOT = str(tmp_path / "media")

    def begin(people):
        index = factories.add_conference_index(site)
        desk = registered(open_conference(index), people)
        news = factories.add_news_index(site)
        pages = [factories.add_news(news, title=f"Wall {n}") for n in range(PAGES)]
        image = factories.make_image()
        image.renditions.all().delete()
        make_renditions.enqueue(image.pk)
        texts = {"en": {"subject": "Come", "text": "Bring boots."}}
        mailing = Mailing.objects.create(
            desk=desk, audience="registered", texts=texts, total=people
        )
        send_mailing.enqueue(mailing.pk)
        slovenian = Locale.objects.get(language_code="sl")
        request_many.enqueue([page.pk for page in pages], [slovenian.pk])
        languages.go_on.enqueue(languages.begin("pl").pk)
        return mailing

    return begin


def let_time_pass():
    """Let every lease be over, and every mail and task be due."""
    now = timezone.now()
    Worker.objects.update(seen_at=now - LEASE - LEASE)
    Mail.objects.filter(sent_at=None).update(next_attempt_at=now)
    DBTaskResult.objects.filter(status="READY", run_after__lt=now + LEASE * 10).update(
        run_after=now
    )


def kill_at(number, env):
    """Run a worker until it writes for the n-th time; return whether it lived that long."""
    command = [sys.executable, "-m", "tests.workers.mortal", str(number)]
    process = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=600
    )
    assert process.returncode in (0, -signal.SIGKILL), process.stderr
    return process.returncode == -signal.SIGKILL


def end_all(env):
    while DBTaskResult.objects.exclude(status__in=LATER).exists():
        let_time_pass()
        manage(env, "db_worker", "--batch", "--no-startup-delay", "--queue-name=*")


def assert_nothing_is_lost(mailing, sink):
    numbers = defaultdict(set)
    for address, message in sink.messages:
        numbers[address].add(message["Message-ID"])
    # A server that took a mail may take it again, under its number, as of one that was in doubt.
    wanted = {f"n{n}@example.org" for n in range(1, mailing.total + 1)}
    assert {address: len(found) for address, found in numbers.items()} == dict.fromkeys(wanted, 1)
    assert Mail.objects.filter(key__startswith="mailing:", sent_at=None).count() == 0
    image = CustomImage.objects.get()
    assert image.made.keys() == set(RENDITION_SPECS)
    assert Rendition.objects.filter(image=image).count() == len(RENDITION_SPECS)
    for rendition in Rendition.objects.all():
        assert rendition.file.storage.exists(rendition.file.name)
    drafts = Page.objects.filter(alias_of=None, live=False)
    originals = Page.objects.filter(locale__language_code="en", depth__gt=1, live=True).count()
    assert drafts.filter(locale__language_code="pl").count() == originals
    walls = [f"Wall {n}" for n in range(PAGES)]
    for code in ("sl", "pl"):
        titles = drafts.filter(locale__language_code=code, draft_title__startswith="Wall")
        assert sorted(titles.values_list("draft_title", flat=True)) == walls
    assert not DBTaskResult.objects.failed().exists()


@pytest.mark.parametrize(
    ("people", "deaths"), [(12, 4), pytest.param(190, 30, marks=pytest.mark.soak)]
)
def test_killed_workers_lose_nothing(work, sink, tmp_path, people, deaths, capsys):
    mailing, chance = work(people), random.Random(SEED)
    env = environment(tmp_path, EMAIL_URL=sink.url(), ECCA_VAR_DIR=str(tmp_path))
    env["TEST_MEDIA_ROOT"] = str(tmp_path / "media")
    killed = 0
    while killed < deaths and DBTaskResult.objects.exclude(status__in=LATER).exists():
        killed += kill_at(chance.randint(1, 6 * (people + 20) // deaths), env)
        let_time_pass()
    end_all(env)
    assert killed == deaths
    assert_nothing_is_lost(mailing, sink)
    with capsys.disabled():
        print(f"\n{killed} workers were killed, {len(sink.messages)} mails for {people} people")


# --- Leases --------------------------------------------------------------------------------------
def test_a_task_that_kills_its_workers_is_given_up_and_said(work, tmp_path):
    work(1)
    env = environment(tmp_path)
    DBTaskResult.objects.exclude(task_path__endswith="send_mailing").delete()
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["gone"] * MOST_ATTEMPTS)
    manage(env, "db_worker", "--batch", "--no-startup-delay")
    [task] = DBTaskResult.objects.all()
    assert (task.status, task.traceback) == ("FAILED", "The worker died.")
