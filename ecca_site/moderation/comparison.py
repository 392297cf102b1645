"""Two versions of a page or a snippet beside each other.

They are compared by every text, picture and setting, and differences are marked in place.
"""

import datetime
import difflib
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.db.models import Field, ForeignObjectRel, Model
from django.db.models.options import Options
from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText

from ecca_site.core.streams import visits
from ecca_site.i18n.dates import localized_date, localized_time

from .changes import BOOKKEEPING
from .reviewed import Reviewed

LONGEST_WORD_DIFF = 4000  # words; beyond them paragraphs are compared, which takes no time
LETTERS_A_WORD = 12  # of both texts together
EMPHASIS = {"b": "*", "strong": "*", "i": "_", "em": "_"}
PROMOTED = ("slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at")


@dataclass(frozen=True)
class Part:
    """One value of a version, as a reader understands it."""

    key: str
    label: str
    text: str = ""
    image: AbstractImage | None = None

    @property
    def content(self) -> tuple[str, int | None]:
        return self.text, self.image.pk if self.image else None


@dataclass(frozen=True)
class Row:
    """A part before and after, and the same part of the page that this is a translation of.

    None stands for what holds nothing.
    """

    before: Part | None
    after: Part | None
    source: Part | None = None

    @property
    def label(self) -> str:
        part = self.after or self.before
        return part.label if part else ""

    @cached_property
    def state(self) -> str:
        if not self.before:
            return "added" if self.after else "same"
        if not self.after:
            return "removed"
        return "same" if self.before.content == self.after.content else "changed"

    @cached_property
    def state_in_words(self) -> str:
        words = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}
        return words.get(self.state, "")

    @cached_property
    def marked(self) -> tuple[SafeString, SafeString]:
        """Both texts as HTML, with gone words in ``del`` and new ones in ``ins``."""
        before = self.before.text if self.before else ""
        after = self.after.text if self.after else ""
        return mark(before, after)


def compare(before: Reviewed | None, after: Reviewed, source: Reviewed | None = None) -> list[Row]:
    """Return the rows of a comparison.

    ``before`` is None for what is not live, ``source`` for an original.
    """
    old = parts_by_key(before)
    new = parts_by_key(after)
    original = parts_by_key(source)
    keys = merged(list(old), list(new))
    rows = [Row(old.get(key), new.get(key), original.get(key)) for key in keys]
    return [row for row in rows if row.before or row.after]


def parts_by_key(version: Reviewed | None) -> dict[str, Part | None]:
    """Return the parts of a version by their keys, None for those that hold nothing."""
    found: dict[str, Part | None] = {}
    if version is not None:
        for part in parts_of(version):
            found[part.key] = part if part.text or part.image else None
    return found


def merged(old: list[str], new: list[str]) -> list[str]:
    """Return the keys of both lists, each at its place: what is gone stands where it was."""
    keys = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind in ("delete", "replace"):
            keys += [key for key in old[a:b] if key not in new]
        keys += new[c:d]
    return list(dict.fromkeys(keys))


# --- Taking a version apart ----------------------------------------------------------------------
def parts_of(version: Reviewed) -> list[Part]:
    """Return everything that people wrote or chose in a version, in the order of its fields."""
    parts = _fields(version, first=("title", "name"))
    for relation in get_all_child_relations(type(version)):
        name = relation.get_accessor_name()
        if name in BOOKKEEPING:
            continue
        label = str(relation.related_model._meta.verbose_name)
        for number, child in enumerate(getattr(version, name).all(), start=1):
            parts += _fields(
                child,
                prefix=f"{name}.{number}.",
                label=f"{label} {number}: ",
                skip=relation.field.name,
            )
    return parts


def _fields(
    instance: Model,
    first: tuple[str, ...] = (),
    prefix: str = "",
    label: str = "",
    skip: str = "",
) -> list[Part]:
    """Return the parts of a page, or of a row that belongs to it."""
    parts = []
    for field in written_fields(instance._meta, first):
        if field.name == skip:
            continue
        value = getattr(instance, field.name)
        name = label + str(field.verbose_name)
        key = prefix + field.name
        if isinstance(field, StreamField):
            for visit in visits(value.stream_block, value, name):
                key_within = ".".join([key, *visit.path])
                parts.append(_block(key_within, visit.label, visit.block, visit.value))
        elif isinstance(field, RichTextField):
            parts.append(Part(key, name, text_of_html(value or "")))
        elif field.choices and not isinstance(value, list):
            words = str(getattr(instance, f"get_{field.name}_display")() or "")
            parts.append(Part(key, name, words))
        else:
            names = dict(getattr(field, "flatchoices", ()) or ())
            parts.append(_plain(key, name, value, names))
    return parts


@cache
def written_fields(options: Options, first: tuple[str, ...]) -> list[Field]:
    """Return the fields of a model that people fill in: some first, the promoted last."""
    skip = BOOKKEEPING | {"id", "sort_order"}
    fields = [field for field in options.get_fields() if _is_written(field)]
    fields = [field for field in fields if field.name not in skip]
    return sorted(fields, key=lambda field: (field.name not in first, field.name in PROMOTED))


def _is_written(field: Field | ForeignObjectRel) -> bool:
    """Return whether people write or choose what a field holds."""
    return field.concrete and field.editable and not field.many_to_many and not field.auto_created


def _plain(key: str, label: str, value: object, names: dict[str, str] | None = None) -> Part:
    if isinstance(value, AbstractImage):
        return Part(key, label, value.title, value)
    if isinstance(value, list):  # several choices, of which the order says nothing
        names = names or {}
        words = [str(names.get(item, item)) for item in value]
        return Part(key, label, ", ".join(sorted(words)))
    return Part(key, label, text_of(value))


def text_of(value: object) -> str:
    """Return a value as a reader of the active language understands it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        return f"{localized_date(value)}, {localized_time(localtime(value))}"
    if isinstance(value, datetime.date):
        return localized_date(value)
    if isinstance(value, Page):
        return value.title
    if isinstance(value, AbstractDocument):
        return f"{value.title} ({value.filename})"
    if isinstance(value, int | float | Decimal):
        return localize(value)
    return str(value)


@lru_cache(maxsize=2048)
def text_of_html(html: str) -> str:
    """Return the text of rich text, a paragraph a line, with its emphasis and its links' targets.

    Without these signs nobody would see that they were changed.
    """
    soup = BeautifulSoup(html, "html.parser")
    for tag, sign in EMPHASIS.items():
        for part in soup(tag):
            part.insert(0, sign)
            part.append(sign)
    for link in soup("a"):
        goal = link.get("href") or f"{link.get('linktype', '')} {link.get('id', '')}".strip()
        link.append(f" [{goal}]")
    for item in soup("li"):
        item.insert(0, "• ")
    lines = []
    for block in soup.find_all(["p", "li", "h2", "h3", "h4"]):
        if line := _one_line(block):
            lines.append(line)
    return "\n".join(lines) or _one_line(soup)


def _one_line(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _block(key: str, label: str, block: blocks.Block, value: Any) -> Part:
    if isinstance(value, RichText):
        return Part(key, label, text_of_html(value.source or ""))
    if isinstance(value, AbstractImage):
        return Part(key, label, _alternative(value) or value.title, value)
    if isinstance(block, blocks.ChoiceBlock):
        names = dict(block.field.choices) if isinstance(value, str) else {}
        return Part(key, label, str(names.get(value, value or "")))
    if isinstance(block, TableBlock):
        rows = (value or {}).get("data") or []
        lines = [" | ".join(map(text_of, row)) for row in rows]
        return Part(key, label, "\n".join(lines))
    return _plain(key, label, value)


def _alternative(image: AbstractImage) -> str:
    """Return the alternative text that an ``ImageBlock`` keeps beside its picture."""
    if getattr(image, "decorative", False):
        return ""
    return getattr(image, "contextual_alt_text", "")


# --- Marking what differs ------------------------------------------------------------------------
def mark(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Return the old text as HTML with what went marked, and the new one with what came."""
    pattern = r"\s+|\w+|[^\w\s]"
    if len(before) + len(after) > LETTERS_A_WORD * LONGEST_WORD_DIFF:
        pattern = r"\n|[^\n]+"
    old = re.findall(pattern, before)
    new = re.findall(pattern, after)
    left = []
    right = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone = escape("".join(old[a:b]))
        come = escape("".join(new[c:d]))
        if kind != "equal":
            gone = f"<del>{gone}</del>" if gone else ""
            come = f"<ins>{come}</ins>" if come else ""
        left.append(gone)
        right.append(come)
    # Words that were escaped, in two tags of ours.
    return mark_safe("".join(left)), mark_safe("".join(right))  # noqa: S308
