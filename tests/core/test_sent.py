"""What the CMS's editors send is checked before it is read: an error beside the field, or a 400."""

import html
import json

import pytest
from django.urls import reverse
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield

from ecca_site.access import roles
from ecca_site.core import written
from ecca_site.core.sent import GONE, UNREADABLE_CHOICE
from tests import factories

from .test_drafts import COMMENTS, RICH, item

KINDS = written.Vocabulary({"unstyled", "unordered-list-item"}, {"LINK"})
TYPED = "Typed with care"


def content(*paragraphs, entities=None):
    return json.dumps({"blocks": list(paragraphs), "entityMap": entities or {}})


def paragraph(text="Bricks", **changes):
    return {"type": "unstyled", "text": text, "depth": 0, **changes}


def link(**data):
    return {"0": {"type": "LINK", "mutability": "MUTABLE", "data": data}}


def linked(offset=0, length=6, key=0):
    return paragraph(entityRanges=[{"offset": offset, "length": length, "key": key}])


DEEP = [paragraph(type="unordered-list-item", depth=depth) for depth in range(1500)]
MALFORMED = {
    "a list": "[]",
    "a string": '"x"',
    "a number": "1",
    "no JSON": "{",
    "brackets": "[" * 100_000,
    "objects": '{"blocks":' * 20_000,
    "text as blocks": '{"blocks": "x"}',
    "a number as block": '{"blocks": [1]}',
    "a block of an unknown kind": content(paragraph(type="header-nine")),
    "a block of no kind": content({"text": "x"}),
    "a list as kind": content(paragraph(type=[])),
    "the exporter's fallback": content(paragraph(type="fallback")),
    "a number as text": content(paragraph(text=1)),
    "1,500 nested lists": content(*DEEP),
    "a negative depth": content(paragraph(depth=-1)),
    "a text as depth": content(paragraph(depth="1")),
    "an unknown entity": content(entities={"0": {"type": "EMBED", "data": {}}}),
    "a list as entities": json.dumps({"blocks": [], "entityMap": []}),
    "a page by a word": content(linked(), entities=link(id="abc")),
    "a page of no number": content(linked(), entities=link(id=0)),
    "a page beyond numbers": content(linked(), entities=link(id=10**30)),
    "an object as address": content(linked(), entities=link(url={"a": 1})),
    "a number as address": content(linked(), entities=link(url=1)),
    "a range beyond the text": content(linked(length=99), entities=link(id=1)),
    "a negative range": content(linked(offset=-1), entities=link(id=1)),
    "a range of no entity": content(linked(key=7), entities=link(id=1)),
    "ranges that are none": content(paragraph(entityRanges=[1])),
    "a style of no name": content(paragraph(inlineStyleRanges=[{"offset": 0, "length": 1}])),
    "half a character": content(paragraph("\ud800")),
    "NUL": content(paragraph("a\0b")),
    "NUL in an address": content(linked(), entities=link(url="/\0")),
    "not a number": '{"blocks": [{"type": "unstyled", "text": "x", "depth": NaN}]}',
}  # fmt: skip
TABLES = {
    "nothing": "",
    "a list": "[]",
    "brackets": "[" * 100_000,
    "text as rows": '{"data": "x"}',
    "numbers as rows": '{"data": [1, 2]}',
    "rows of two lengths": '{"data": [["a"], ["b", "c"]]}',
    "an object as cell": '{"data": [[{}]]}',
    "half a character": '{"data": [["\\ud800"]]}',
    "NUL": '{"data": [["\\u0000"]]}',
    "no number": '{"data": [[1e999]]}',
    "looks of no cell": '{"data": [["a"]], "cell": [1]}',
    "a width of no cell": '{"data": [["a"]], "mergeCells": [{"row": 0}]}',
    "too many cells": json.dumps({"data": [["a"] * 300] * 100}),
    "a list as caption": '{"data": [["a"]], "table_caption": ["x"]}',
}


@pytest.mark.parametrize("sent", MALFORMED.values(), ids=MALFORMED)
def test_a_text_that_no_editor_makes_is_refused_with_words(sent):
    with pytest.raises(written.ValidationError) as refused:
        written.check_text(sent, KINDS)
    assert refused.value.message in (written.UNREADABLE, written.NOT_STORED)


@pytest.mark.parametrize("sent", [
    "null", content(), content(paragraph("😀 one")), content(linked(), entities=link(id=1)),
    content(linked(), entities=link(url="https://example.org")),
    content(paragraph("😀", inlineStyleRanges=[{"offset": 0, "length": 2, "style": "BOLD"}])),
])  # fmt: skip
def test_what_an_editor_makes_is_taken(sent):
    assert written.check_text(sent, KINDS) is None


@pytest.mark.parametrize("sent", TABLES.values(), ids=TABLES)
def test_a_table_that_no_editor_makes_is_refused_with_words(sent):
    with pytest.raises(written.ValidationError):
        written.check_table(sent)


def test_what_was_written_is_found_again_as_plain_text():
    sent = content(paragraph("One\0"), paragraph("Two", type="header-nine"))
    shown = [block["text"] for block in json.loads(written.as_text(sent))["blocks"]]
    assert shown == ["One", "Two"]
    shown = json.loads(written.as_table('{"data": [["a", "b"], ["c"]]}'))
    assert shown["data"] == [["a | b"], ["c"]]
    assert json.loads(written.as_text("no JSON"))["blocks"][0]["text"] == "no JSON"


# --- In the form of a page -----------------------------------------------------------------------
FIELDS = {"title": TYPED, "introduction": RICH, "lead_image": "", "hero_image": "", "logo": ""}


@pytest.fixture
def news(site):
    return factories.add_news(factories.add_news_index(site), title="Before")


@pytest.fixture
def editor(person, client):
    client.force_login(person("editor", roles.EDITOR.name))
    return client


def form_with(*blocks, **changes):
    fields = {**FIELDS, "body": streamfield(list(blocks)), "slug": "typed", "lead_image_alt": ""}
    return {**nested_form_data({**fields, **COMMENTS}), "date": "2026-01-01", **changes}


def send(client, page, data):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def errors_in(response):
    return response.context["form"].errors.as_data()


def data_of(error):
    return error.as_json_data() if hasattr(error, "as_json_data") else {"messages": error.messages}


def test_a_malformed_text_in_a_block_is_an_error_beside_it_and_stays(news, editor):
    sent = content(*[paragraph("Kept line"), *DEEP])
    response = send(editor, news, form_with(("heading", "Fine"), ("paragraph", sent)))
    assert response.status_code == 200
    [error] = errors_in(response)["body"]
    assert data_of(error) == {"blockErrors": {1: {"messages": [str(written.UNREADABLE)]}}}
    shown = html.unescape(response.content.decode())
    assert TYPED in shown
    assert "Kept line" in shown
    assert not Revision.objects.for_instance(news).filter(content__title=TYPED).exists()


def test_a_malformed_part_within_lists_is_named_by_its_place(news, editor):
    rows = {"count": "1", "0": item({"title": "Who?", "text": "[]"})}
    response = send(editor, news, form_with(("accordion", {"title": "", "items": rows})))
    [error] = errors_in(response)["body"]
    parts = data_of(error)["blockErrors"][0]["blockErrors"]
    answer = parts["items"]["blockErrors"][0]["blockErrors"]["text"]
    assert answer == {"messages": [str(written.UNREADABLE)]}


@pytest.mark.parametrize(("sent", "message"), [
    ("abc", UNREADABLE_CHOICE), ("9" * 21, UNREADABLE_CHOICE), ("-1", UNREADABLE_CHOICE),
    ("²", UNREADABLE_CHOICE), ("[]", UNREADABLE_CHOICE), ("123456", GONE),
])  # fmt: skip
def test_a_choice_that_cannot_be_read_is_an_error_beside_it(news, editor, sent, message):
    response = send(editor, news, form_with(lead_image=sent))
    assert response.status_code == 200
    assert [error.messages for error in errors_in(response)["lead_image"]] == [[str(message)]]
    assert TYPED in response.content.decode()
    figure = {"image": {"image": sent, "alt_text": "", "decorative": ""}, "caption": "A wall"}
    response = send(editor, news, form_with(("image", figure)))
    assert "A wall" in response.content.decode()
    [error] = errors_in(response)["body"]
    image = data_of(error)["blockErrors"][0]["blockErrors"]["image"]
    assert image == {"blockErrors": {"image": {"messages": [str(message)]}}}


def test_a_table_that_cannot_be_read_is_an_error_beside_it(news, editor):
    table = {"caption": "Stages", "cells": '{"data": [["Kept cell", {}]]}'}
    response = send(editor, news, form_with(("table", table)))
    [error] = errors_in(response)["body"]
    cells = data_of(error)["blockErrors"][0]["blockErrors"]["cells"]
    assert cells == {"messages": [str(written.UNREADABLE)]}
    assert "Kept cell" in response.content.decode()


@pytest.mark.parametrize("changes", [
    {"body-count": "abc"}, {"body-count": "-1"}, {"body-count": "1000000"},
    {"body-count": "9" * 99}, {"body-count": "²"}, {"body-0-type": "unknown"},
    {"body-0-type": ""}, {"body-0-order": "x"},
    {"body-1-order": "0"}, {"body-0-id": "a\0b"}, {"body-0-id": "x" * 999}, {"body-0-order": "-1"},
    {"body-0-value": None}, {"body-count": None}, {"body-0-type": None}, {"body-0-deleted": None},
])  # fmt: skip
def test_blocks_that_make_no_sense_are_refused_whole_with_what_was_typed(news, editor, changes):
    data = form_with(("heading", "First heading"), ("heading", "Second heading"))
    for name, value in changes.items():
        data.pop(name, None)
        if value is not None:
            data[name] = value
    response = send(editor, news, data)
    assert response.status_code == 400
    assert TYPED in response.content.decode()
    assert "Second heading" in response.content.decode()
    assert Page.objects.get(pk=news.pk).draft_title == "Before"


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_year_at_the_end_of_the_calendar_is_refused_and_stays(news, editor, year):
    response = send(editor, news, form_with(date=f"{year}-01-01"))
    assert response.status_code == 200
    [error] = errors_in(response)["date"]
    assert error.messages == ["Enter a year between 1900 and 2999."]
    assert f"{year}-01-01" in response.content.decode()


@pytest.mark.parametrize("sent", ["abc", "9" * 21, "a\0b"])
def test_a_chooser_of_a_form_of_wagtails_own_refuses_what_is_no_key(site, admin_client, sent):
    data = {"old_path": "/x", "redirect_page": sent, "is_permanent": "on", "redirect_link": ""}
    response = admin_client.post(reverse("wagtailredirects:add"), data)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["redirect_page"]
    assert 'value="/x"' in response.content.decode()


def test_two_blocks_with_one_identifier_become_two(news, editor):
    data = form_with(("heading", "First"), ("heading", "Second"))
    data |= {"body-0-id": "one", "body-1-id": "one"}
    assert send(editor, news, data).status_code == 302
    body = Page.objects.get(pk=news.pk).specific.get_latest_revision_as_object().body
    assert [block.value for block in body] == ["First", "Second"]
    assert len({block.id for block in body}) == 2
