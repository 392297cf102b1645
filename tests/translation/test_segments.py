"""What of a page is text to translate, and how two versions of it differ."""

import datetime

import pytest
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from ecca_site.translation.localize import empty_blocks
from ecca_site.translation.localize.segments import (
    Content,
    content_of,
    count_words,
    difference,
    pairs,
)
from news.models import NewsPage
from tests import factories


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Bricks are used again.", 4),
        ('See <a id="a1">our partners&#x27; pages</a>', 4),
        ("Up-to-date in 2026, 3.5 %", 4),
        ("one<br>two", 2),
    ],
)
def test_words_are_counted_without_markup(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (["A wall."], ["A wall."], []),
        (["A wall."], ["Nothing alike"], [("A wall.", "Nothing alike")]),
        (["One wall.", "Two walls."], ["Two walls.", "One wall."], []),
        (["One wall.", "Two walls."], ["One wall.", "Two walls of clay."],
            [("Two walls.", "Two walls of clay.")]),
        (["One wall."], ["One wall.", "And a roof."], [(None, "And a roof.")]),
        (["One wall.", "And a roof."], ["One wall."], [("And a roof.", None)]),
        (["A wall.", "A roof."], ["A wall!", "xyz"],
            [("A wall.", "A wall!"), (None, "xyz"), ("A roof.", None)]),
    ],
)  # fmt: skip
def test_a_new_text_is_paired_with_the_one_that_it_replaces(before, after, changed):
    assert pairs(before, after) == changed


def test_a_field_without_texts_counts_once_and_one_with_texts_by_them():
    before = Content({"body.1": ["A"], "title": ["T"]}, {"body": "x", "lead_image": "x"})
    after = Content({"body.1": ["B b"], "title": ["T"]}, {"body": "y", "lead_image": "y"})
    found = difference(before, after)
    assert (found.texts, found.segments, found.words) == ([("body.1", "A", "B b")], 2, 2)


def test_what_only_one_version_has_has_changed():
    without = Content({}, {"body": "a"})
    more = Content({}, {"body": "a", "related_partner": "b"})
    assert difference(without, more).others == [("related_partner", None, "b")]
    assert difference(more, without).others == [("related_partner", "b", None)]


def test_order_and_pictures_are_no_texts_and_yet_content(site):
    index = factories.add_news_index(site)
    page = factories.add_news(index, body=[("heading", "One"), ("heading", "Two")])
    was = content_of(page)
    assert "slug" not in was.others
    for change in (
        {"lead_image": factories.make_image()},
        {"body": page.body.stream_block.to_python(list(reversed(page.body.raw_data)))},
    ):
        other = NewsPage.objects.get(pk=page.pk)
        for name, value in change.items():
            setattr(other, name, value)
        found = difference(was, content_of(other))
        assert ([name for name, *_rest in found.others], found.texts) == (list(change), [])


def test_facts_that_every_language_shares_are_nothing_to_translate(site):
    page = factories.add_news(factories.add_news_index(site))
    was = content_of(page)
    page.date, page.topic = datetime.date(2027, 1, 1), "funding"
    assert not difference(was, content_of(page))


def test_a_stream_that_does_not_mention_an_optional_text_is_taken_apart(site):
    raw = [
        {
            "type": "quote",
            "value": {"text": "Stone lasts."},
            "id": "7d4e9a0e-0000-4000-8000-000000000001",
        }
    ]
    body = NewsPage._meta.get_field("body").stream_block.to_python(raw)
    page = NewsPage(title="T", body=body, locale=site.locale)
    assert content_of(page).texts["body.7d4e9a0e-0000-4000-8000-000000000001.text"] == [
        "Stone lasts."
    ]


def test_localize_still_needs_the_workaround_for_it(site):
    block = (
        NewsPage._meta.get_field("body")
        .stream_block.child_blocks["quote"]
        .child_blocks["attribution"]
    )
    extractor = StreamFieldSegmentExtractor(NewsPage._meta.get_field("body"))
    with pytest.raises(TypeError):
        empty_blocks.extract(extractor, block, None)
