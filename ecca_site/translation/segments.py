"""What a translator has to do with in a page, and how two versions of it differ, segment by segment."""

import difflib
import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from django.core.serializers.json import DjangoJSONEncoder
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

LIKE = 0.5  # two texts of one place that share less than this are two texts, not one that was changed
TAG = re.compile(r"<[^>]+>")
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')  # the rich text editor's own, added when it opens older text
WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


@dataclass(frozen=True)
class Content:
    """The texts of a version by their places, and a fingerprint of what else each of its fields holds."""

    texts: dict[str, list[str]]
    others: dict[str, str]


@dataclass(frozen=True)
class Difference:
    """What makes one version another: texts as (place, before, after), and fields with fingerprints before and after.

    A place is the content path of wagtail-localize, such as ``body.<identifier of a block>.title``; several texts share
    it where it is formatted text. ``before`` is None for a new text, ``after`` for one that is gone.
    """

    texts: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    others: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    def __bool__(self):
        return bool(self.texts or self.others)

    @property
    def segments(self):
        return len(self.texts) + len(fields_without_texts(self.others, [place for place, *_rest in self.texts]))

    @property
    def words(self):
        return sum(count_words(after) for _place, _before, after in self.texts if after)

    def as_json(self):
        return {"texts": self.texts, "others": self.others}

    @classmethod
    def from_json(cls, data):
        return cls(*([tuple(row) for row in data.get(name, [])] for name in ("texts", "others")))


def count_words(text):
    """Return the number of words in a text of wagtail-localize, which may hold tags and entities."""
    return len(WORD.findall(unescape(TAG.sub(" ", text))))


def fields_without_texts(others, places):
    """Return the names of changed fields in which no text has changed: those that have are counted by their texts."""
    with_texts = {place.partition(".")[0] for place in places}
    return [name for name, *_rest in others if name not in with_texts]


# --- Taking a version apart ----------------------------------------------------------------------------------
def content_of(instance):
    """Return what of a page or snippet concerns its translations: texts, and everything that is copied to them."""
    texts, others = {}, {}
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            texts.setdefault(segment.path, []).append(segment.string.data)
        else:
            others.setdefault(segment.path.partition(".")[0], []).append(_plain(segment))
    data = instance.serializable_data()
    for translatable in get_translatable_fields(type(instance)):
        name = translatable.field_name
        model_field = translatable.get_field(type(instance))
        if isinstance(translatable, SynchronizedField) and translatable.overridable:  # of the others see ``shared``
            others.setdefault(name, []).append(data.get(name))
        elif isinstance(model_field, StreamField) and translatable.is_translated(instance):
            value = model_field.value_from_object(instance)
            others.setdefault(name, []).append(shape(value.stream_block, value))
    return Content(texts, {name: _fingerprint(values) for name, values in others.items()})


def shape(block, value):
    """Return what a stream holds besides texts and what is chosen: its blocks, their order, dates, choices."""
    if isinstance(block, ImageBlock):
        return bool(value and value.decorative)
    if isinstance(block, blocks.StreamBlock):
        return [(child.id, child.block_type, shape(child.block, child.value)) for child in value]
    if isinstance(block, blocks.ListBlock):
        return [(child.id, shape(child.block, child.value)) for child in value.bound_blocks]
    if isinstance(block, blocks.StructBlock):
        return {name: shape(child, value.get(name)) for name, child in block.child_blocks.items()}
    is_text = isinstance(block, (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.ChooserBlock))
    if is_text or hasattr(block, "get_translatable_segments"):
        return None
    return block.get_prep_value(value)


def _plain(segment):
    hidden = {"path", "order", "content_type", "translation_key"}
    rest = {name: BLOCK_KEY.sub("", str(value)) for name, value in vars(segment).items() if name not in hidden}
    return [segment.path, str(getattr(segment, "translation_key", "")), rest]


def _fingerprint(value):
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


# --- Comparing two versions ----------------------------------------------------------------------------------
def difference(before, after):
    """Return the ``Difference`` between two contents."""
    texts = []
    for place in dict.fromkeys([*after.texts, *before.texts]):
        texts += [(place, *pair) for pair in pairs(before.texts.get(place, []), after.texts.get(place, []))]
    names = sorted(before.others.keys() | after.others.keys())
    changes = [(name, before.others.get(name), after.others.get(name)) for name in names]
    return Difference(texts, [change for change in changes if change[1] != change[2]])


def pairs(before, after):
    """Return what changed in the texts of one place as pairs: each new text with the old one that it replaces."""
    gone, new = list((Counter(before) - Counter(after)).elements()), list((Counter(after) - Counter(before)).elements())
    if len(gone) == len(new) == 1:
        return [(gone[0], new[0])]
    found = []
    for text in new:
        best = max(gone, key=lambda old: likeness(old, text), default=None)
        if best is not None and likeness(best, text) >= LIKE:
            gone.remove(best)
            found.append((best, text))
        else:
            found.append((None, text))
    return [*found, *((text, None) for text in gone)]


def likeness(one, other):
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
