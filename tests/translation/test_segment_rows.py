"""What localize keeps of a page's segments is the same by few queries as by many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)

from conferences.models import Speaker
from ecca_site.translation.localize.segment_rows import refresh_one_by_one, refresh_segments
from tests import factories
from tests.conferences.programmes import add_conference, add_speaker, session

from .conftest import publish_translation

SEGMENTS = (StringSegment, TemplateSegment, RelatedObjectSegment, OverridableSegment)
VALUES = {
    StringSegment: ("string__data", "string__locale", "attrs"),
    TemplateSegment: ("template__template", "template__template_format", "template__string_count"),
    RelatedObjectSegment: ("object", "object__content_type"),
    OverridableSegment: ("data_json",),
}


@pytest.fixture
def meeting(site):
    """A page that has segments of every kind, twice the same text, and a link in it."""
    speaker = add_speaker("Ana", role="Engineer")
    return add_conference(
        factories.add_conference_index(site),
        session("09:00", "10:00", "Bricks", abstract="Again.", speakers=[speaker.pk]),
        session("10:00", "11:00", "Bricks", speakers=[speaker.pk]),
        rooms=["1"], tracks=["A"], lead_image=factories.make_image(),
        body=[
            ("paragraph",
             '<p>One <a href="https://example.org/">wall</a>.</p><p>Two <b>walls</b>.</p>'),
            ("heading", "What next"), ("paragraph", "<p>Two <b>walls</b>.</p>"),
        ],
    )  # fmt: skip


def rows_of(source):
    found = {
        model: sorted(
            model.objects.filter(source=source).values_list("context__path", "order", *names)
        )
        for model, names in VALUES.items()
    }
    contexts = TranslationContext.objects.filter(object_id=source.object_id)
    return found, sorted(contexts.values_list("path", "path_id", "field_path"))


def forget(source):
    for model in SEGMENTS:
        model.objects.filter(source=source).delete()
    TranslationContext.objects.filter(object_id=source.object_id).delete()


def test_the_rows_are_those_that_localize_makes_itself(meeting):
    source, _created = TranslationSource.get_or_create_from_instance(meeting)
    made = rows_of(source)
    assert all(made[0].values()), "each kind is tried"
    forget(source)
    refresh_one_by_one(source)
    assert rows_of(source) == made
    forget(source)
    refresh_segments(source)
    assert rows_of(source) == made


def test_after_a_change_they_are_the_same_and_what_did_not_change_is_kept(meeting):
    source, _created = TranslationSource.get_or_create_from_instance(meeting)
    [kept] = StringSegment.objects.filter(source=source, string__data="We meet.")
    raw = meeting.body.get_prep_value()
    meeting.body = [
        raw[2],
        {"type": "heading", "value": "New", "id": "6ccb3c4a-0000-4000-8000-000000000000"},
        raw[0],
    ]
    source, _created = TranslationSource.update_or_create_from_instance(meeting)
    made = rows_of(source)
    assert "New" in [row[2] for row in made[0][StringSegment]]
    assert "What next" not in [row[2] for row in made[0][StringSegment]]
    assert StringSegment.objects.get(pk=kept.pk).string_id == kept.string_id
    refresh_one_by_one(source)
    assert rows_of(source) == made


def test_what_is_no_page_is_kept_the_same_way(meeting):
    source, _created = TranslationSource.get_or_create_from_instance(Speaker.objects.get())
    made = rows_of(source)
    assert {row[2] for row in made[0][StringSegment]} >= {"Ana", "Engineer"}
    forget(source)
    refresh_one_by_one(source)
    assert rows_of(source) == made


# --- How many queries ----------------------------------------------------------------------------
def cost_of(function, *args):
    with CaptureQueriesContext(connection) as queries:
        function(*args)
    return len(queries)


def article(news, number):
    body = [("paragraph", f"<p>{number}: wall {place}.</p>") for place in range(number)]
    page = factories.add_news(news, title=f"Walls {number}", slug=f"walls-{number}", body=body)
    for code in ("sl", "pl"):
        publish_translation(page, code)
    return page


@pytest.mark.whole
def test_publishing_100_paragraphs_costs_the_queries_of_10(news):
    costs = []
    for number in (10, 100):
        page = type(article(news, number)).objects.get(slug=f"walls-{number}")
        raw = page.body.get_prep_value()
        raw[0]["value"] = f"<p>Another first wall of {number}.</p>"
        page.body = page.body.stream_block.to_python(raw)
        costs.append(cost_of(page.save_revision().publish))
    assert costs[0] == costs[1] < 140


def test_localize_itself_still_asks_for_each_paragraph(news):
    """Where this fails, ``segment_rows`` may go."""
    few, many = (
        TranslationSource.objects.get_for_instance(article(news, number)) for number in (2, 4)
    )
    assert cost_of(refresh_one_by_one, many) >= cost_of(refresh_one_by_one, few) + 12
