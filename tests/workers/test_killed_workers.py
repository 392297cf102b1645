"""Workers are killed in the midst of their work: nothing is lost, and nobody gets a mail twice.

All parts are real: workers are processes of their own, which ``SIGKILL`` ends as they write, the
database is one that is restarted, and mails go to a server. Only the clock is helped along, by the
times that the database holds.
"""

from collections import defaultdict
from dataclasses import dataclass

import pytest
from django.contrib.contenttypes.models import ContentType
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale, Page
from wagtail.search.models import IndexEntry

from conferences.models import Desk, Mailing, Registration
from conferences.tasks import send_mailing
from ecca_site.mail.models import Mail
from ecca_site.translation.languages import setup as languages
from ecca_site.translation.submission.requests import request_many
from ecca_site.uploads.images import RENDITION_SPECS, CustomImage, Rendition
from ecca_site.uploads.tasks import make_renditions
from ecca_site.workers.leases import MOST_ATTEMPTS
from news.models import NewsPage
from tests import factories
from tests.cluster import database_moved_to_a_cluster
from tests.conferences.registering import open_conference
from tests.processes import environment, manage

from .disasters import KINDS, Disasters, end_all

pytestmark = [
    # The workers' database is the tests' own, which SQLite has in memory.
    pytest.mark.only_on("postgresql"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@dataclass(frozen=True)
class Amount:
    """How much work there is."""

    people: int
    pages: int
    pictures: int


def titles_of(amount):
    return [f"Wall {number}" for number in range(amount.pages)]


def environment_of_work(folder, sink):
    env = environment(folder, EMAIL_URL=sink.url(), ECCA_VAR_DIR=str(folder))
    return env | {"TEST_MEDIA_ROOT": str(folder / "media")}


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

    def begin(amount):
        index = factories.add_conference_index(site)
        desk = registered(open_conference(index), amount.people)
        news = factories.add_news_index(site)
        pages = [factories.add_news(news, title=title) for title in titles_of(amount)]
        for number in range(amount.pictures):
            image = factories.make_image(f"Picture {number}")
            image.renditions.all().delete()
            make_renditions.enqueue(image.pk)
        texts = {"en": {"subject": "Come", "text": "Bring boots."}}
        mailing = Mailing.objects.create(
            desk=desk, audience="registered", texts=texts, total=amount.people
        )
        send_mailing.enqueue(mailing.pk)
        slovenian = Locale.objects.get(language_code="sl")
        request_many.enqueue([page.pk for page in pages], [slovenian.pk])
        languages.go_on.enqueue(languages.begin("pl").pk)
        return mailing

    return begin


def assert_nothing_is_lost(amount, mailing, sink):
    numbers = defaultdict(set)
    for address, message in sink.messages:
        numbers[address].add(message["Message-ID"])
    # A server that took a mail may take it again, under its number, as of one that was in doubt.
    wanted = {f"n{n}@example.org" for n in range(1, mailing.total + 1)}
    assert {address: len(found) for address, found in numbers.items()} == dict.fromkeys(wanted, 1)
    assert Mail.objects.filter(key__startswith="mailing:", sent_at=None).count() == 0
    assert CustomImage.objects.count() == amount.pictures
    for image in CustomImage.objects.all():
        assert image.made.keys() == set(RENDITION_SPECS)
        assert Rendition.objects.filter(image=image).count() == len(RENDITION_SPECS)
    for rendition in Rendition.objects.all():
        assert rendition.file.storage.exists(rendition.file.name)
    drafts = Page.objects.filter(alias_of=None, live=False)
    originals = Page.objects.filter(locale__language_code="en", depth__gt=1, live=True).count()
    assert drafts.filter(locale__language_code="pl").count() == originals
    for code in ("sl", "pl"):
        titles = drafts.filter(locale__language_code=code, draft_title__startswith="Wall")
        assert sorted(titles.values_list("draft_title", flat=True)) == titles_of(amount)
    indexed = IndexEntry.objects.filter(content_type=ContentType.objects.get_for_model(NewsPage))
    assert indexed.count() == NewsPage.objects.count()
    assert not DBTaskResult.objects.failed().exists()


@pytest.mark.parametrize(
    ("amount", "deaths"),
    [
        (Amount(people=12, pages=3, pictures=1), len(KINDS)),
        pytest.param(Amount(people=190, pages=6, pictures=10), 30, marks=pytest.mark.soak),
    ],
)
def test_killed_workers_lose_nothing(work, sink, tmp_path, amount, deaths, capsys):
    mailing = work(amount)
    env = environment_of_work(tmp_path, sink)
    killed = Disasters(env)
    killed.happen(deaths)
    end_all(env)
    assert killed.count.total() == deaths
    assert killed.count.keys() == KINDS.keys()
    assert_nothing_is_lost(amount, mailing, sink)
    with capsys.disabled():
        print(f"\nKilled: {killed}. {len(sink.messages)} mails for {amount.people} people.")


@pytest.mark.whole
@pytest.mark.needs("PostgreSQL's programs")
@pytest.mark.parametrize(
    ("amount", "restarts"),
    [
        (Amount(people=12, pages=3, pictures=1), len(KINDS)),
        pytest.param(Amount(people=190, pages=6, pictures=10), 30, marks=pytest.mark.soak),
    ],
)
def test_a_restart_of_the_database_loses_nothing(work, sink, tmp_path, amount, restarts, capsys):
    mailing = work(amount)
    with database_moved_to_a_cluster() as cluster:
        env = environment_of_work(tmp_path, sink)
        restarted = Disasters(
            env, lambda chance: cluster.restarting(chance.choice(("fast", "immediate")))
        )
        restarted.happen(restarts)
        end_all(env)
        assert restarted.count.total() == restarts
        assert restarted.count.keys() == KINDS.keys()
        assert_nothing_is_lost(amount, mailing, sink)
    with capsys.disabled():
        print(f"\nRestarted: {restarted}.")


# --- Leases --------------------------------------------------------------------------------------
def test_a_task_that_kills_its_workers_is_given_up_and_said(work, tmp_path):
    work(Amount(people=1, pages=1, pictures=1))
    env = environment(tmp_path)
    DBTaskResult.objects.exclude(task_path__endswith="send_mailing").delete()
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["gone"] * MOST_ATTEMPTS)
    manage(env, "db_worker", "--batch", "--no-startup-delay")
    [task] = DBTaskResult.objects.all()
    assert (task.status, task.traceback) == ("FAILED", "The worker died.")
