"""What publishing, approving, submitting and reviewing cost: so much, whatever the page holds.

Counted with a queue in the database, as on a server: what a worker does nobody waits for.
"""

from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.mail.models import Mail
from tests import factories
from tests.calls import calls_of
from tests.left_to_workers import do_what_was_left

from .conftest import change, fill, hand_in, publish_translation, request_translation

MOST_TO_PUBLISH = 120  # queries, with six translations
MOST_TO_SUBMIT = 120  # queries, of a translation of 40 texts
MOST_AFTERWARDS = 16  # queries: stamps, the ledger's chain, and readers' lists looked at again
MOST_TO_REVIEW = 40  # queries
MOST_CALLS_TO_REVIEW = 2000
LANGUAGES = ("es", "hu", "pl", "pt", "sl", "sr-latn")
TEXTS = 38  # of a body; title and summary make 40


def paragraphs(word):
    for number in range(TEXTS):
        yield "paragraph", f'<p data-block-key="key{number}">{word} {number}.</p>'


def build_index():
    index = factories.add_news_index(factories.home_of())
    for code in LANGUAGES:
        factories.home_of(code)
        factories.translated(index, code, title="News")
    setup_site()
    return index


def build_translated(index):
    body = [*paragraphs("Wall")][:2]
    item = factories.add_news(index, title="Old bricks", slug="old-bricks", body=body)
    for code in LANGUAGES:
        publish_translation(item, code)
    return item


@pytest.fixture(scope="module")
def kept_index(keep):
    return keep(build_index)


@pytest.fixture(scope="module")
def kept_translated(kept_index, keep):
    return keep(lambda: build_translated(kept_index()))


@pytest.fixture
def index(kept_index, site, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return kept_index()


@pytest.fixture
def item(kept_translated, index, person):
    """A news item with six translations, each with somebody who translates into its language."""
    for code in LANGUAGES:
        person(f"translator-{code}", roles.TRANSLATOR.group_name(code))
    return kept_translated()


@pytest.fixture
def editor(site, person):
    return person("editor", roles.EDITOR.name)


@pytest.fixture
def reviewer(site, person):
    return person("reviewer", *(roles.REVIEWER.group_name(code) for code in ("en", "sl")))


@contextmanager
def counted(after_commit):
    """Collect the queries of a request, and hold those that come when its transaction is over."""
    asked = []
    with CaptureQueriesContext(connection) as queries, after_commit() as callbacks:
        yield asked
    asked += of_server(queries)
    with CaptureQueriesContext(connection) as queries:
        for callback in callbacks:
            callback()
    assert len(of_server(queries)) <= MOST_AFTERWARDS


def of_server(queries):
    """Return the queries that a server asks; the outermost savepoints are transactions there."""
    asked = []
    depth = 0
    for query in queries:
        if query["sql"].startswith("SAVEPOINT"):
            depth += 1
        if depth != 1 or not query["sql"].startswith(("SAVEPOINT", "RELEASE")):
            asked.append(query["sql"])
        if query["sql"].startswith("RELEASE"):
            depth -= 1
    return asked


def form_of(page, **changes):
    """Return what the page editor sends: the page as it is, but for some changes."""
    data = {"title": page.title, "slug": page.slug, "summary": page.summary, "topic": page.topic}
    data |= {"date": str(page.date), "lead_image_alt": "", **changes}
    data |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    rows = [(row.block_type, rich_text(row.value.source)) for row in page.body]
    data |= nested_form_data({"body": streamfield(rows)})
    for number, row in enumerate(page.body):
        data[f"body-{number}-id"] = row.id
    return data


def submit(page, user):
    page.save_revision(user=user)
    page.get_workflow().start(page, user)
    state = type(page).objects.get(pk=page.pk).current_workflow_task_state
    return reverse("moderation_review", args=[state.pk])


def approve(client, address):
    assert client.post(address, {"action": "approve"}).status_code == 302


def tasks_for_mails():
    tasks = DBTaskResult.objects.values_list("task_path", flat=True)
    return sorted(path.rpartition(".")[2] for path in tasks if "write_to" in path)


# --- Publishing ----------------------------------------------------------------------------------
def test_a_page_with_six_translations_is_published_by_few_queries(
    item, client, admin_user, django_capture_on_commit_callbacks
):
    client.force_login(admin_user)
    address = reverse("wagtailadmin_pages:edit", args=[item.pk])
    client.get(address)
    change_of = {"change-kind": "major", "change-note": "Twice.", "action-publish": "1"}
    client.post(address, form_of(item, summary="They are used once.", **change_of))
    data = form_of(item, summary="They are used twice.", **change_of)
    with counted(django_capture_on_commit_callbacks) as queries:
        assert client.post(address, data).status_code == 302
    item.refresh_from_db()
    assert item.summary == "They are used twice."
    assert len(queries) <= MOST_TO_PUBLISH


def test_a_page_with_six_translations_is_approved_by_few_queries(
    item, client, editor, reviewer, django_capture_on_commit_callbacks
):
    client.force_login(reviewer)
    item.summary = "They are used once."
    approve(client, submit(item, editor))
    item.refresh_from_db()
    item.summary = "They are used twice."
    address = submit(item, editor)
    client.get(address)
    with counted(django_capture_on_commit_callbacks) as queries:
        approve(client, address)
    item.refresh_from_db()
    assert item.summary == "They are used twice."
    assert len(queries) <= MOST_TO_PUBLISH


def test_a_worker_writes_the_mails_of_a_publication(item, client, editor, reviewer):
    client.force_login(reviewer)
    item.summary = "They are used once."
    address = submit(item, editor)
    assert tasks_for_mails() == ["write_to_reviewers"]
    approve(client, address)
    assert tasks_for_mails() == [
        "write_to_reviewers",
        "write_to_submitters",
        "write_to_translators",
    ]
    assert not Mail.objects.exists()
    do_what_was_left("write_to")
    keys = [key.partition(":")[0] for key in Mail.objects.values_list("key", flat=True)]
    assert sorted(keys) == ["approved", *["source-change"] * 6, "submitted"]


# --- A translation -------------------------------------------------------------------------------
@pytest.fixture
def long_item(index):
    body = [*paragraphs("Wall")]
    return factories.add_news(index, title="Long walls", slug="long-walls", body=body)


def test_a_translation_of_40_texts_is_submitted_by_few_queries(
    long_item, client, person, reviewer, django_capture_on_commit_callbacks
):
    client.force_login(person("translator", roles.TRANSLATOR.group_name("sl")))
    translation = request_translation(long_item, "sl")
    fill(translation)
    page = long_item.get_translations().get(locale__language_code="sl")
    with counted(django_capture_on_commit_callbacks) as queries:
        assert hand_in(client, translation).status_code == 302
    assert type(page).objects.get(pk=page.pk).current_workflow_task_state
    assert len(queries) <= MOST_TO_SUBMIT


# --- A review ------------------------------------------------------------------------------------
@pytest.fixture
def changed(long_item, editor):
    """The review of a page of which every text was changed."""
    stream = long_item.body.stream_block
    rows = zip(long_item.body, paragraphs("Bricks"), strict=True)
    raw = [{"type": kind, "value": text, "id": row.id} for row, (kind, text) in rows]
    long_item.body = stream.to_python(raw)
    return submit(long_item, editor)


@pytest.fixture
def translated(long_item, client, editor):
    """The review of a translation that follows a change of its original."""
    slovenian = publish_translation(long_item, "sl")
    change(long_item, summary="They are used twice.")
    fill(request_translation(long_item, "sl"))
    return submit(slovenian, editor)


@pytest.fixture
def profile(index, editor):
    partner = factories.add_partner(factories.add_partner_index(factories.home_of()))
    setup_site()
    partner.city = "Maribor"
    return submit(partner, editor)


@pytest.fixture
def conference(index, editor):
    meeting = factories.add_conference(factories.add_conference_index(factories.home_of()))
    setup_site()
    meeting.title = "Another meeting"
    return submit(meeting, editor)


@pytest.mark.one_transaction
@pytest.mark.parametrize("name", ["changed", "translated", "profile", "conference"])
def test_a_review_is_opened_by_few_queries_and_calls(name, request, client, admin_user):
    address = request.getfixturevalue(name)
    client.force_login(admin_user)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= MOST_TO_REVIEW
    assert calls_of(lambda: client.get(address)) <= MOST_CALLS_TO_REVIEW
