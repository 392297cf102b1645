"""What the queue says of an item.

What changes, since when, and no more queries for 500 than for 7.
"""

import csv
import datetime
import io
import json

import openpyxl
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.moderation.changes import changes_in_words
from ecca_site.moderation.models import ReviewTask, ask_for
from home.models import ContentPage, HomePage
from partners.models import PartnerPage
from tests import factories
from tests.many import copy_many

QUEUE = "/cms/moderation/"
QUERIES = 18  # of the whole page with the CMS around it, however long the queue is


def titles(response):
    return [state.item.title for state in response.context["object_list"]]


def reviews_of(state):
    return WorkflowState.objects.filter(pk=state.workflow_state_id)


def age(state, days):
    reviews_of(state).update(created_at=timezone.now() - datetime.timedelta(days))


@pytest.fixture
def signed_in(client, moderator):
    client.force_login(moderator)
    return client


def test_what_changes_is_said_in_words(profile, submit, editor, signed_in):
    submit(profile, editor, city="Maribor", website="https://example.org", seeks="Partners")
    [state] = signed_in.get(QUEUE).context["object_list"]
    assert state.item.changes == "what cooperation we seek, city, website"


def test_a_new_page_and_changed_blocks_are_named():
    from news.models import NewsPage

    def stream(*texts):
        return json.dumps(
            [{"type": "heading", "value": text, "id": str(key)} for key, text in enumerate(texts)]
        )

    before = {"title": "x", "body": stream("A", "B")}
    assert changes_in_words(NewsPage, None, {"title": "x"}) == "new page"
    assert (
        changes_in_words(NewsPage, before, {"title": "x", "body": stream("A", "C", "D")})
        == "2 blocks"
    )
    assert changes_in_words(NewsPage, before, {"title": "y", "body": stream("A", "B")}) == "title"
    assert changes_in_words(NewsPage, before, before) == "no change"


def test_a_block_put_before_others_does_not_count_them_as_moved():
    from news.models import NewsPage

    def stream(*keys):
        return {"body": json.dumps([{"type": "heading", "value": key, "id": key} for key in keys])}

    assert (
        changes_in_words(NewsPage, stream("a", "b", "c"), stream("new", "a", "b", "c")) == "1 block"
    )
    assert changes_in_words(NewsPage, stream("a", "b", "c"), stream("b", "c", "a")) == "1 block"
    assert changes_in_words(NewsPage, stream("a", "b", "c"), stream("c")) == "2 blocks"


def test_what_the_editor_itself_leaves_behind_is_no_change():
    before = {"introduction": "<p>Hello</p>", "working_languages": "|pl|en|"}
    after = {"introduction": '<p data-block-key="x1y2z">Hello</p>', "working_languages": "|en|pl|"}
    assert changes_in_words(PartnerPage, before, after) == "no change"
    bold = {
        "introduction": '<p data-block-key="x1y2z"><b>Hello</b></p>',
        "working_languages": "|en|",
    }
    assert changes_in_words(PartnerPage, before, bold) == "who we are, working languages"


def test_a_number_written_otherwise_is_no_change():
    before, after = (
        {"latitude": "46.05", "themes": "|design|"},
        {"latitude": "46.05000", "themes": "|design|"},
    )
    assert changes_in_words(PartnerPage, before, after) == "no change"
    assert (
        changes_in_words(PartnerPage, before, {"latitude": "46.06", "themes": "|design|"})
        == "latitude"
    )


def test_a_long_reason_is_cut_in_lists_and_whole_in_its_review(profile, editor, signed_in):
    reason = "Because of this and that. " * 150
    state = ask_for(profile, "delete", editor, reason).current_task_state
    for address in (QUEUE, "/cms/"):
        html = signed_in.get(address).content.decode()
        assert "asks to delete it: Because of this" in html
        assert html.count("Because of this and that.") < 10
    assert reason.strip() in signed_in.get(f"{QUEUE}{state.pk}/").content.decode()


def test_an_item_whose_page_is_gone_hides_no_other(partners, profile, submit, editor, signed_in):
    gone = submit(factories.add_partner(partners, title="Timber"), editor)
    submit(profile, editor)
    for rows in (Revision.objects.filter(pk=gone.revision_id), reviews_of(gone)):
        rows.update(object_id="999999999")
    assert titles(signed_in.get(QUEUE)) == ["Timber", "Stone"]
    assert signed_in.get(f"{QUEUE}{gone.pk}/").status_code in (403, 409, 410, 302)


def test_the_queue_is_a_spreadsheet_without_formulas(partners, submit, editor, signed_in):
    submit(factories.add_partner(partners, title="=HYPERLINK(1)"), editor)
    response = signed_in.get(f"{QUEUE}?export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert rows[0][0] == "What"
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert len(rows) == 2


def test_what_no_spreadsheet_holds_is_left_out_of_it(partners, submit, editor, signed_in):
    """A line break of a slide, as it comes from the clipboard, is a letter that XML refuses."""
    submit(factories.add_partner(partners, title="One\x0btwo", slug="slide"), editor)
    response = signed_in.get(f"{QUEUE}?export=xlsx")
    content = b"".join(response) if response.streaming else response.content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [row[0] for row in sheet.values] == ["What", "One two"]


LANGUAGES = ("en", "sl", "pl", "es", "pt", "hu", "sr-latn")


def fill(number, editor):
    """Let so many new pages wait, in all languages in turn, by the few rows that a submission
    leaves.
    """
    kind, task = (
        ContentType.objects.get_for_model(ContentPage),
        ReviewTask.objects.get(name="Language review"),
    )
    base, workflow = (
        ContentType.objects.get_for_model(Page),
        Workflow.objects.get(name="Language review"),
    )
    pages = []
    for place, code in enumerate(LANGUAGES):
        home = HomePage.objects.get(locale__language_code=code)
        first = home.add_child(
            instance=ContentPage(title="Waiting 0", locale=home.locale, live=False)
        )
        copy_many(first, len(range(place, number, len(LANGUAGES))) - 1)
        pages += ContentPage.objects.filter(path__gte=first.path).child_of(home)
    about = [
        {"content_type": kind, "base_content_type": base, "object_id": str(page.pk)}
        for page in pages
    ]
    now, contents = timezone.now(), [page.serializable_data() for page in pages]
    revisions = Revision.objects.bulk_create(
        Revision(**each, content=content, user=editor, object_str=content["title"], created_at=now)
        for each, content in zip(about, contents, strict=True)
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = revision
    Page.objects.bulk_update([page.page_ptr for page in pages], ["latest_revision"])
    states = WorkflowState.objects.bulk_create(
        WorkflowState(workflow=workflow, requested_by=editor, **each) for each in about
    )
    task_states = TaskState.objects.bulk_create(
        TaskState(workflow_state=state, revision=revision, task=task)
        for state, revision in zip(states, revisions, strict=True)
    )
    for state, task_state in zip(states, task_states, strict=True):
        state.current_task_state = task_state
    WorkflowState.objects.bulk_update(states, ["current_task_state"])


def cost(client, address):
    """Return the number of queries and the response."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    return len(queries), response


@pytest.mark.whole
def test_500_items_in_7_languages_cost_what_7_cost(
    site, editor, admin_client, client, person, capsys
):
    for code in LANGUAGES:
        factories.home_of(code)
    setup_site()
    client.force_login(person("reviewer", *(roles.REVIEWER.group_name(code) for code in LANGUAGES)))
    fill(7, editor)
    few, response = cost(client, QUEUE)
    assert len(titles(response)) == 7
    fill(493, editor)
    many, response = cost(client, QUEUE)
    assert response.context["paginator"].count == 500
    assert {state.item.language for state in response.context["object_list"]} == {
        name for _code, name in settings.LANGUAGES
    }
    assert (few, many) == (QUERIES, QUERIES)
    for query in (
        "?language=sl",
        "?age=1",
        "?ordering=-due_at",
        "?ordering=organisation",
        "?claimed=mine",
        "?p=7",
    ):
        assert cost(client, QUEUE + query)[0] <= QUERIES + 2, query
    admins, _response = cost(admin_client, QUEUE)
    with CaptureQueriesContext(connection) as queries:
        exported = b"".join(client.get(f"{QUEUE}?export=csv").streaming_content)
    assert exported.count(b"Waiting ") == 500
    assert len(queries) <= QUERIES
    with capsys.disabled():
        print(f"\n500 items: {many} queries for a reviewer, {admins} queries for an administrator")


def test_the_time_of_the_first_submission_stays(profile, submit, editor, moderator, signed_in):
    state = submit(profile, editor)
    age(state, 4)
    state.task.specific.on_action(state, moderator, "reject", comment="More, please.")
    page = PartnerPage.objects.get(pk=profile.pk)
    page.current_workflow_state.resume(user=editor)
    [state] = signed_in.get(QUEUE).context["object_list"]
    assert state.item.age == 4
