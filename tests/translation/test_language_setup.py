"""A language is added by one command or screen.

Drafts, groups and workflows, in steps that may be interrupted.
"""

from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from wagtail.models import GroupPagePermission, Locale, Page, WorkflowPage

from ecca_site.access import roles
from ecca_site.access.groups import group_of
from ecca_site.moderation.models import language_groups
from ecca_site.translation.languages import setup as languages
from ecca_site.translation.models import LanguageSetup, TranslationState
from tests import factories
from tests.many import copy_many

SCREEN = "/cms/translations/languages/"
MOST_WRITES = 60  # statements of one step


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(languages, "PAUSE_SECONDS", 0)


@pytest.fixture
def pages(site):
    """Eight English pages that are live, and a draft."""
    news, partners = factories.add_news_index(site), factories.add_partner_index(site)
    about = factories.add_content(site, title="About")
    made = [
        site, news, partners, about, factories.add_content(about, title="Below"),
        factories.add_news(news),
        factories.add_partner(partners, title="Stone"), factories.add_news(news),
    ]  # fmt: skip
    factories.add_news(news, title="Draft").unpublish()
    return made


@pytest.fixture
def hungarian(pages):
    """Hungarian, which the settings name and the database does not know yet."""
    Group.objects.filter(role_group__locale__language_code="hu").delete()
    Locale.objects.filter(language_code="hu").delete()


def run(*arguments):
    said = StringIO()
    call_command("add_language", *arguments, stdout=said)
    return said.getvalue()


def drafts(code="hu"):
    return list(Page.objects.filter(locale__language_code=code).order_by("path"))


def test_one_command_makes_tree_groups_workflows_and_rows_as_drafts(hungarian, pages, admin_client):
    said = run("hu")
    assert said.splitlines()[-1] == "hu: 8 of 8 pages have a draft."
    made = drafts()
    assert {page.translation_key for page in made} == {page.translation_key for page in pages}
    assert [page.live for page in made] == [False] * 8
    assert [page.alias_of_id for page in made] == [None] * 8
    home, partners = made[0], next(page for page in made if page.title == "Partners")
    translators = group_of(roles.TRANSLATOR, "hu")
    held = GroupPagePermission.objects.filter(group=translators, page=home)
    assert [permission.permission.codename for permission in held] == ["change_page"]
    locale = Locale.objects.get(language_code="hu")
    assert language_groups.translators().get(locale=locale).group == translators
    assert WorkflowPage.objects.get(page=partners).workflow.name == "Partner moderation"
    assert partners.get_children().first().get_workflow().name == "Partner moderation"
    assert TranslationState.objects.filter(page__in=made).count() == 8
    board = admin_client.get("/cms/translations/?language=hu")
    rows = [row for row in board.context["object_list"] if row.page.live]
    assert {row.cells["hu"].state for row in rows} == {"draft"}


def test_nothing_of_it_is_public(hungarian, client):
    run("hu")
    for address in ("/hu/", "/hu/news/", "/hu/about/"):
        assert client.get(address).status_code == 404
    assert "-hu-" not in client.get("/sitemap.xml").content.decode()
    assert client.get("/sitemap-hu-1.xml").status_code == 404


def test_run_again_it_makes_what_is_new_alone(hungarian, pages):
    run("hu")
    before = {page.pk for page in drafts()}
    item = factories.add_news(pages[1], title="New")
    run("hu")
    [new] = [page for page in drafts() if page.pk not in before]
    assert new.translation_key == item.translation_key


def test_what_is_translated_already_stays(pages):
    home = factories.home_of("sl")
    about = factories.translated(pages[3], "sl", title="O nas")
    run("sl")
    about.refresh_from_db()
    assert (about.title, about.live) == ("O nas", True)
    assert {page.live for page in drafts("sl") if page.pk not in (home.pk, about.pk)} == {False}


def statements_of_the_steps():
    """Return how many rows each step of setting Hungarian up writes, in a transaction of its
    own.
    """
    setup = languages.begin("hu")
    steps = languages.prepare(setup)
    numbers = []
    while True:
        with CaptureQueriesContext(connection) as queries:
            if next(steps, None) is None:
                return numbers
        writes = ("INSERT", "UPDATE", "DELETE")
        numbers.append(sum(query["sql"].startswith(writes) for query in queries))


@pytest.mark.whole
def test_a_step_holds_others_up_no_longer_on_a_large_site(hungarian, pages):
    """Whoever saves meanwhile waits for one step at most.

    What it writes depends on its page alone.
    """
    copy_many(pages[-1], 30)
    numbers = statements_of_the_steps()
    assert len(numbers) == 38
    assert max(numbers[:8]) >= max(numbers[-30:-1])
    assert max(numbers) <= MOST_WRITES


class Killed(BaseException):
    """What ends a process in the middle, and no code catches."""


def test_a_kill_in_the_middle_loses_nothing(hungarian, monkeypatch):
    request, count = languages.request_translation, []

    def kill(*args):
        count.append(1)
        if len(count) == 4:
            request(*args)
            raise Killed
        return request(*args)

    monkeypatch.setattr(languages, "request_translation", kill)
    with pytest.raises(Killed):
        run("hu")
    assert 3 <= len(drafts()) <= 4
    assert LanguageSetup.objects.get().finished_at is None
    assert run().splitlines()[-1] == "hu: 8 of 8 pages have a draft."
    keys = [page.translation_key for page in drafts()]
    assert len(keys) == len(set(keys)) == 8
    assert LanguageSetup.objects.get().finished_at


def test_a_page_that_fails_is_named_and_the_others_go_on(
    hungarian, pages, monkeypatch, admin_client, caplog
):
    request = languages.request_translation

    def fail(page, *args):
        if page.pk == pages[5].pk:
            raise ValueError("no such thing")
        return request(page, *args)

    monkeypatch.setattr(languages, "request_translation", fail)
    said = StringIO()
    call_command("add_language", "hu", stdout=StringIO(), stderr=said)
    assert said.getvalue().strip() == f"hu: page {pages[5].pk} has none: ValueError: no such thing"
    assert len(drafts()) == 7
    assert "no such thing" in admin_client.get(SCREEN).content.decode()
    monkeypatch.setattr(languages, "request_translation", request)
    run("hu")
    assert len(drafts()) == 8
    assert LanguageSetup.objects.get().failures == {}


@pytest.mark.parametrize("code", ["xx", "en", "", "HU"])
def test_an_unknown_language_is_refused_with_those_there_are(pages, code, admin_client):
    with pytest.raises(CommandError, match="sl, pl, es, pt, hu, sr-latn"):
        run(code)
    if code:
        assert admin_client.post(f"{SCREEN}{code}/").status_code == 404
    assert not LanguageSetup.objects.exists()


# --- By the queue --------------------------------------------------------------------------------
@pytest.fixture
def workers(settings, db):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return settings


def steps():
    return DBTaskResult.objects.ready().filter(
        task_path="ecca_site.translation.languages.setup.go_on"
    )


def waiting():
    return steps().count()


def work():
    """Let a worker do the step that waits."""
    step = steps().get()
    step.claim("worker")
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id="worker",
        excluded_queue_names=[],
    ).run_task(step)
    assert DBTaskResult.objects.get(pk=step.pk).status == "SUCCESSFUL"


def test_the_queue_works_in_short_steps_each_with_a_successor(
    hungarian, workers, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(languages, "BATCH_SECONDS", 0)
    with django_capture_on_commit_callbacks(execute=True):
        run("hu", "--queue")
    assert (waiting(), drafts()) == (1, [])
    setup = LanguageSetup.objects.get()
    for number in range(1, 9):
        work()
        assert (waiting(), len(drafts())) == (1, number)
    work()
    setup.refresh_from_db()
    assert setup.finished_at
    assert waiting() == 0, "a finished language makes no more tasks"


# --- By the screen -------------------------------------------------------------------------------
def test_one_screen_sets_a_language_up_step_by_step(hungarian, monkeypatch, admin_client):
    monkeypatch.setattr(
        languages, "BATCH_SECONDS", 0
    )  # where no worker is, each request does one page
    assert 'data-go-on="' not in admin_client.get(SCREEN).content.decode()
    for number in range(1, 9):
        assert admin_client.post(f"{SCREEN}hu/")["Location"] == SCREEN
        html = admin_client.get(SCREEN).content.decode()
        assert f"{number} of 8 pages" in html
        assert 'data-go-on="send"' in html
    html = admin_client.post(f"{SCREEN}hu/", follow=True).content.decode()
    assert "Magyar is set up." in html
    assert 'data-go-on="' not in html
    assert len(drafts()) == 8


def test_the_screen_looks_on_where_workers_do_the_work(hungarian, workers, admin_client):
    admin_client.post(f"{SCREEN}hu/")
    assert 'data-go-on="look"' in admin_client.get(SCREEN).content.decode()


def test_the_screen_is_for_administrators(pages, client, person):
    for group in (
        roles.EDITOR.name,
        roles.TRANSLATOR.group_name("sl"),
        roles.REVIEWER.group_name("sl"),
    ):
        client.force_login(person(group, group))
        assert client.get(SCREEN).status_code == 302
        assert client.post(f"{SCREEN}hu/").status_code == 302
    assert not LanguageSetup.objects.exists()
    client.force_login(person("boss", roles.ADMINISTRATOR.name))
    assert client.get(SCREEN).status_code == 200
    assert client.get(f"{SCREEN}hu/").status_code == 405
    assert client.post(f"{SCREEN}hu/", follow=True).status_code == 200


def test_every_language_of_the_settings_is_on_the_screen(pages, admin_client):
    html = admin_client.get(SCREEN).content.decode()
    for code, name in settings.LANGUAGES:
        assert (f">{name}</th>" in html) == (code != "en")
