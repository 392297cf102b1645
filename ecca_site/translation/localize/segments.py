"""The contents of pages that concern translators, and how two versions differ in them.

Versions are compared segment by segment.
"""

import difflib
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import BaseValue

from ecca_site.core.facts import stored_values
from ecca_site.core.streams import visits

TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.ChooserBlock)
# Two texts of one place that share less than this are two texts, not one that was changed.
LIKE = 0.5
TAG = re.compile(r"<[^>]+>")
# The rich text editor's own, added when it opens older text.
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


# Place, text before, text after; or name of a field, fingerprint before, fingerprint after.
Change = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Content:
    """The texts of a version by their places, and a fingerprint of the rest of each field."""

    texts: dict[str, list[str]]
    others: dict[str, str]


@dataclass(frozen=True)
class Difference:
    """The changes from one version to another.

    ``texts`` are (place, before, after), ``others`` fields with fingerprints before and after. A
    place is the content path of wagtail-localize, such as ``body.<identifier of a block>.title``;
    several texts share it where it is formatted text. ``before`` is None for a new text, ``after``
    for one that is gone.
    """

    texts: list[Change] = field(default_factory=list)
    others: list[Change] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.texts or self.others)

    @property
    def segments(self) -> int:
        """The number of changes: each text, and each field that changed without one."""
        names = [name for name, _before, _after in self.others]
        places = [place for place, _before, _after in self.texts]
        return len(self.texts) + len(fields_without_texts(names, places))

    @property
    def words(self) -> int:
        """The number of words of the new and changed texts, as they are now."""
        return sum(count_words(after) for _place, _before, after in self.texts if after)

    def as_json(self) -> dict[str, Any]:
        return {"texts": self.texts, "others": self.others}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Difference":
        texts = [tuple(row) for row in data.get("texts", [])]
        others = [tuple(row) for row in data.get("others", [])]
        return cls(texts, others)


def count_words(text: str) -> int:
    """Return the number of words in a text, which may hold tags and entities."""
    return len(WORD.findall(unescape(TAG.sub(" ", text))))


def fields_without_texts(names: Iterable[str], places: Iterable[str]) -> list[str]:
    """Return those of the names of changed fields in which no text has changed.

    Fields with changed texts, whose places are given, are counted by these texts.
    """
    with_texts = {field_of(place) for place in places}
    return [name for name in names if name not in with_texts]


def field_of(place: str) -> str:
    """Return the name of the field that a place is in."""
    return place.partition(".")[0]


# --- Taking a version apart ----------------------------------------------------------------------
def content_of(instance: Model) -> Content:
    """Return the contents of a page or snippet that concern its translations.

    These are texts, and everything that is copied to the translations.
    """
    texts: dict[str, list[str]] = {}
    others: dict[str, list[object]] = {}
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            texts.setdefault(segment.path, []).append(segment.string.data)
        else:
            others.setdefault(field_of(segment.path), []).append(_plain(segment))
    for translatable in get_translatable_fields(type(instance)):
        name = translatable.field_name
        model_field = translatable.get_field(type(instance))
        # Fields that cannot be replaced in a translation are ``staleness.shared``'s.
        if isinstance(translatable, SynchronizedField) and translatable.overridable:
            others.setdefault(name, []).append(stored_values(instance, [name])[name])
        elif isinstance(model_field, StreamField) and translatable.is_translated(instance):
            value = model_field.value_from_object(instance)
            others.setdefault(name, []).append(shape(value.stream_block, value))
    return Content(texts, {name: _fingerprint(values) for name, values in others.items()})


def shape(block: blocks.Block, value: Any) -> list[tuple[tuple[str, ...], object]]:
    """Return a stream without its texts and choices: its blocks, their order, their settings."""
    return [(visit.path, _setting(visit.block, visit.value)) for visit in visits(block, value)]


def _setting(block: blocks.Block, value: Any) -> object:
    if isinstance(block, ImageBlock):
        return bool(value and value.decorative)
    if isinstance(block, TEXTS) or hasattr(block, "get_translatable_segments"):
        return None
    return block.get_prep_value(value)


def _plain(segment: BaseValue) -> list[object]:
    """Return place and contents of a segment without what editing changes and nobody sees."""
    hidden = {"path", "order", "content_type", "translation_key"}
    rest = {}
    for name, value in vars(segment).items():
        if name not in hidden:
            rest[name] = BLOCK_KEY.sub("", str(value))
    return [segment.path, str(getattr(segment, "translation_key", "")), rest]


def _fingerprint(value: object) -> str:
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


# --- Comparing two versions ----------------------------------------------------------------------
def difference(before: Content, after: Content) -> Difference:
    """Return the ``Difference`` between two contents."""
    texts: list[Change] = []
    for place in dict.fromkeys([*after.texts, *before.texts]):
        for pair in pairs(before.texts.get(place, []), after.texts.get(place, [])):
            texts.append((place, *pair))
    others: list[Change] = []
    for name in sorted(before.others.keys() | after.others.keys()):
        old = before.others.get(name)
        new = after.others.get(name)
        if old != new:
            others.append((name, old, new))
    return Difference(texts, others)


def pairs(before: list[str], after: list[str]) -> list[tuple[str | None, str | None]]:
    """Return the changed texts of one place as pairs.

    A new text comes with the old one that it replaces, None where it replaces none; a text that is
    gone comes with None.
    """
    gone = list((Counter(before) - Counter(after)).elements())
    new = list((Counter(after) - Counter(before)).elements())
    if len(gone) == len(new) == 1:
        return [(gone[0], new[0])]
    found: list[tuple[str | None, str | None]] = []
    for text in new:
        best = _most_alike(text, gone)
        if best is not None:
            gone.remove(best)
        found.append((best, text))
    for text in gone:
        found.append((text, None))
    return found


def _most_alike(text: str, others: list[str]) -> str | None:
    """Return the one of other texts that is most like a text, None where none is like it."""
    best = max(others, key=lambda other: likeness(other, text), default=None)
    if best is None or likeness(best, text) < LIKE:
        return None
    return best


def likeness(one: str, other: str) -> float:
    """Return how much two texts share, from 0 to 1."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
