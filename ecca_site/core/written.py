"""What editors of rich texts and of tables send as JSON.

Its length and depth are bounded before it is parsed, its shape before anything reads it. What
cannot be read is kept as plain text, so that whoever wrote it finds it again.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ecca_site.intake.json_input import Unreadable, is_storable, parse, storable

DEEPEST_LIST = 6  # the editor itself stops earlier
MOST_CELLS = 20_000
GREATEST_KEY = 2**31 - 1  # of a row in the database
EMPTY = ("", "null")  # what editors send where nobody has written anything

UNREADABLE = _(
    "This could not be read as it was sent. What could be kept stands here: check it and save "
    "again."
)
TOO_LONG = _("This is too long. Divide it.")
NOT_STORED = _("This holds characters that cannot be stored. They were taken out: check it.")


@dataclass(frozen=True)
class Vocabulary:
    """The kinds of paragraphs, and of links and the like, that a place allows in its text."""

    blocks: Collection[str]
    entities: Collection[str]


def _expect(is_so: bool) -> None:
    if not is_so:
        raise Unreadable


def check_text(sent: str, vocabulary: Vocabulary) -> None:
    """Check the content of an editor of rich texts.

    Raises:
        ValidationError: with the reason for whoever wrote it.
    """
    if sent in EMPTY:
        return
    try:
        _check_content(parse(sent), vocabulary)
    except Unreadable:
        raise ValidationError(UNREADABLE) from None


def _check_content(content: Any, vocabulary: Vocabulary) -> None:
    _expect(isinstance(content, dict))
    paragraphs = content.get("blocks", [])
    entities = content.get("entityMap", {})
    _expect(isinstance(paragraphs, list) and isinstance(entities, dict))
    for entity in entities.values():
        _check_entity(entity, vocabulary)
    for paragraph in paragraphs:
        _check_paragraph(paragraph, entities, vocabulary)


def _check_entity(entity: Any, vocabulary: Vocabulary) -> None:
    _expect(isinstance(entity, dict) and _is_one_of(entity.get("type"), vocabulary.entities))
    data = entity.get("data", {})
    _expect(isinstance(data, dict))
    for name, value in data.items():
        _expect(value is None or isinstance(value, str | int))
        if isinstance(value, str) and not is_storable(value):
            raise ValidationError(NOT_STORED)
        if name == "id" and value is not None:
            _expect(is_key(value))
        elif name in ("url", "href") and value is not None:
            _expect(isinstance(value, str))


def _check_paragraph(paragraph: Any, entities: dict[str, Any], vocabulary: Vocabulary) -> None:
    _expect(isinstance(paragraph, dict) and _is_one_of(paragraph.get("type"), vocabulary.blocks))
    text = paragraph.get("text", "")
    _expect(isinstance(text, str))
    if not is_storable(text):
        raise ValidationError(NOT_STORED)
    _expect(_is_whole(paragraph.get("depth", 0), DEEPEST_LIST))
    key = paragraph.get("key", "")
    _expect(isinstance(key, str) and is_storable(key))
    length = len(text.encode("utf-16-le")) // 2  # browsers count so
    for span in _spans(paragraph, "entityRanges", length):
        _expect(isinstance(span.get("key"), str | int) and str(span["key"]) in entities)
    for span in _spans(paragraph, "inlineStyleRanges", length):
        _expect(isinstance(span.get("style"), str))


def _spans(paragraph: dict[str, Any], name: str, length: int) -> list[dict[str, Any]]:
    spans = paragraph.get(name, [])
    _expect(isinstance(spans, list))
    for span in spans:
        _expect(isinstance(span, dict))
        offset = span.get("offset")
        _expect(_is_whole(offset, length))
        _expect(_is_whole(span.get("length"), length - offset))
    return spans


def _is_one_of(kind: Any, kinds: Collection[str]) -> bool:
    return isinstance(kind, str) and kind in kinds


def _is_whole(value: Any, greatest: int) -> bool:
    return type(value) is int and 0 <= value <= greatest


def is_key(value: object) -> bool:
    """Return whether something can be the key of a row."""
    text = str(value)
    is_number = re.fullmatch("[0-9]{1,10}", text) is not None
    return is_number and 0 < int(text) <= GREATEST_KEY


def check_table(sent: str) -> None:
    """Check the content of an editor of tables.

    Raises:
        ValidationError: with the reason for whoever wrote it.
    """
    if sent == "null":
        return
    try:
        _check_table(parse(sent))
    except Unreadable:
        raise ValidationError(UNREADABLE) from None


def _check_table(table: Any) -> None:
    _expect(isinstance(table, dict))
    rows = table.get("data", [])
    _expect(isinstance(rows, list))
    number = 0
    for row in rows:
        _expect(isinstance(row, list) and len(row) == len(rows[0]))
        number += len(row)
        for cell in row:
            _check_cell(cell)
    if number > MOST_CELLS:
        raise ValidationError(TOO_LONG)
    for name in ("cell", "mergeCells"):
        parts = table.get(name) or []
        _expect(isinstance(parts, list))
        for part in parts:
            _check_part(part, name)
    for name in ("table_caption", "table_header_choice"):
        value = table.get(name) or ""
        _expect(isinstance(value, str))
        if not is_storable(value):
            raise ValidationError(NOT_STORED)


def _check_cell(cell: Any) -> None:
    _expect(cell is None or (isinstance(cell, str | int | float) and not isinstance(cell, bool)))
    if isinstance(cell, str) and not is_storable(cell):
        raise ValidationError(NOT_STORED)


def _check_part(part: Any, kind: str) -> None:
    """Check what a table says of the looks or the width of one cell."""
    _expect(isinstance(part, dict))
    names = ["row", "col"]
    if kind == "mergeCells":
        names += ["rowspan", "colspan"]
    for name in names:
        _expect(_is_whole(part.get(name), MOST_CELLS))
    for value in part.values():
        _expect(value is None or isinstance(value, str | int))
        _expect(is_storable(str(value)))


def as_text(sent: str) -> str:
    """Return what an editor of rich texts may show instead of what could not be read."""
    paragraphs = []
    for line in _lines_in(sent):
        paragraphs.append({"type": "unstyled", "text": storable(line), "depth": 0})
    return json.dumps({"blocks": paragraphs, "entityMap": {}})


def as_table(sent: str) -> str:
    """Return what an editor of tables may show instead of what could not be read."""
    rows = [[storable(line)] for line in _lines_in(sent)]
    return json.dumps({"data": rows, "table_header_choice": "neither"})


def _lines_in(sent: str) -> list[str]:
    """Return the lines that somebody wrote, as far as they can be told from their wrapping."""
    try:
        content = parse(sent)
    except Unreadable:
        return sent.splitlines()
    if isinstance(content, str):
        return content.splitlines()
    if not isinstance(content, dict):
        return [sent]
    paragraphs = content.get("blocks")
    if isinstance(paragraphs, list):
        return [_text_of(paragraph) for paragraph in paragraphs]
    rows = content.get("data")
    if isinstance(rows, list):
        return [_text_of_row(row) for row in rows]
    return [sent]


def _text_of(paragraph: Any) -> str:
    if isinstance(paragraph, dict) and isinstance(paragraph.get("text"), str):
        return paragraph["text"]
    return json.dumps(paragraph, ensure_ascii=False)


def _text_of_row(row: Any) -> str:
    if not isinstance(row, list):
        return json.dumps(row, ensure_ascii=False)
    return " | ".join(cell for cell in row if isinstance(cell, str))
