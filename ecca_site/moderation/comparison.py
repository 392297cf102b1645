"""Two versions of a page beside each other: every text, picture and setting, with what differs marked in place."""

import datetime
import difflib
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bs4 import BeautifulSoup
from django.db import models
from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText

from ecca_site.core.dates import localized_date, localized_time

from .changes import BOOKKEEPING

LONGEST_WORD_DIFF = 4000  # words; above that, whole paragraphs are compared, which takes no time
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
    def content(self):
        return self.text, self.image.pk if self.image else None

    def __bool__(self):
        return bool(self.text or self.image)


@dataclass(frozen=True)
class Row:
    """A part before and after, and the same part of the page that this is a translation of."""

    before: Part | None
    after: Part | None
    source: Part | None = None

    @property
    def label(self):
        return (self.after or self.before).label

    @property
    def state(self):
        if not self.before:
            return "added" if self.after else "same"
        if not self.after:
            return "removed"
        return "same" if self.before.content == self.after.content else "changed"

    @property
    def state_in_words(self):
        return {"added": _("added"), "removed": _("removed"), "changed": _("changed")}.get(self.state, "")

    @cached_property
    def marked(self):
        """Both texts as HTML, with the words that went in ``del`` and those that came in ``ins``."""
        return mark(self.before.text if self.before else "", self.after.text if self.after else "")


def compare(before, after, source=None):
    """Return the rows of a comparison; ``before`` is None for a page that is not live, ``source`` for an original."""
    old = {part.key: part for part in parts_of(before)} if before else {}
    new = {part.key: part for part in parts_of(after)}
    original = {part.key: part for part in parts_of(source)} if source else {}
    rows = [Row(old.get(key), new.get(key), original.get(key)) for key in merged(list(old), list(new))]
    return [row for row in rows if row.before or row.after]


def merged(old, new):
    """Return the keys of both lists, each at its place: what is gone stands where it was."""
    keys = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "insert":
            keys += [key for key in old[a:b] if key not in new] if kind != "equal" else []
        keys += new[c:d]
    return list(dict.fromkeys(keys))


# --- Taking a version apart --------------------------------------------------------------------------------
def parts_of(page):
    """Return everything that people wrote or chose on a page, in the order of its fields."""
    parts = [*_fields(page, first=("title",))]
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        if name in BOOKKEEPING:
            continue
        label = str(relation.related_model._meta.verbose_name)
        for number, child in enumerate(getattr(page, name).all(), start=1):
            parts += _fields(child, prefix=f"{name}.{number}.", label=f"{label} {number}: ", skip={relation.field.name})
    return parts


def _fields(instance, first=(), prefix="", label="", skip=frozenset()):
    fields = [
        field
        for field in instance._meta.get_fields()
        if field.concrete and field.editable and not field.many_to_many and not field.auto_created
    ]
    fields = [field for field in fields if field.name not in BOOKKEEPING | skip | {"id", "sort_order"}]
    fields.sort(key=lambda field: (field.name not in first, field.name in PROMOTED))
    for field in fields:
        value = getattr(instance, field.name)
        name = label + str(field.verbose_name)
        key = prefix + field.name
        if isinstance(field, StreamField):
            yield from _stream(key, name, value)
        elif isinstance(field, RichTextField):
            yield Part(key, name, text_of_html(value))
        elif field.choices and not isinstance(value, list):
            yield Part(key, name, str(getattr(instance, f"get_{field.name}_display")() or ""))
        else:
            yield _plain(key, name, value, dict(getattr(field, "flatchoices", ()) or ()))


def _plain(key, label, value, names=None):
    if isinstance(value, AbstractImage):
        return Part(key, label, value.title, value)
    if isinstance(value, list):  # several choices, of which the order says nothing
        return Part(key, label, ", ".join(sorted(str((names or {}).get(item, item)) for item in value)))
    return Part(key, label, text_of(value))


def text_of(value):
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
    return localize(value) if isinstance(value, (int, float, Decimal)) else str(value)


def text_of_html(html):
    """Return the text of rich text, a paragraph a line, with its emphasis and where its links lead: else nobody saw."""
    soup = BeautifulSoup(html or "", "html.parser")
    for tag, sign in EMPHASIS.items():
        for part in soup(tag):
            part.insert(0, sign)
            part.append(sign)
    for link in soup("a"):
        goal = link.get("href") or f"{link.get('linktype', '')} {link.get('id', '')}".strip()
        link.append(f" [{goal}]")
    for item in soup("li"):
        item.insert(0, "• ")
    lines = [" ".join(block.get_text().split()) for block in soup.find_all(["p", "li", "h2", "h3", "h4"])]
    return "\n".join(line for line in lines if line) or " ".join(soup.get_text().split())


def _stream(key, label, stream):
    for block in stream:
        name = f"{label}: {block.block.label}"
        yield from _block(f"{key}.{block.id}", name, block.block, block.value)


def _block(key, label, block, value):
    if isinstance(value, blocks.StreamValue):
        yield from _stream(key, label, value)
    elif isinstance(block, blocks.BaseStructBlock) and hasattr(value, "items"):
        for name, child in block.child_blocks.items():
            yield from _block(f"{key}.{name}", f"{label}, {child.label}", child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for number, item in enumerate(value or [], start=1):
            yield from _block(f"{key}.{number}", f"{label} {number}", block.child_block, item)
    elif isinstance(value, RichText):
        yield Part(key, label, text_of_html(value.source))
    elif isinstance(value, AbstractImage):  # of an ImageBlock, which keeps the alternative text beside it
        alternative = "" if getattr(value, "decorative", False) else getattr(value, "contextual_alt_text", "") or ""
        yield Part(key, label, alternative or value.title, value)
    elif isinstance(block, blocks.ChoiceBlock):
        names = dict(block.field.choices) if isinstance(value, str) else {}
        yield Part(key, label, str(names.get(value, value or "")))
    elif isinstance(value, models.Model) or not hasattr(value, "items"):
        yield _plain(key, label, value)
    else:  # a table
        rows = value.get("data") or []
        yield Part(key, label, "\n".join(" | ".join(str(cell or "") for cell in row) for row in rows))


# --- Marking what differs ----------------------------------------------------------------------------------
def mark(before, after):
    """Return two pieces of HTML: the old text with what went marked, the new one with what came."""
    pattern = r"\s+|\w+|[^\w\s]"
    if len(before) + len(after) > 12 * LONGEST_WORD_DIFF:
        pattern = r"\n|[^\n]+"
    old, new = re.findall(pattern, before), re.findall(pattern, after)
    left, right = [], []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = escape("".join(old[a:b])), escape("".join(new[c:d]))
        left.append(gone if kind == "equal" or not gone else f"<del>{gone}</del>")
        right.append(come if kind == "equal" or not come else f"<ins>{come}</ins>")
    return mark_safe("".join(left)), mark_safe("".join(right))  # noqa: S308  escaped words in two tags of ours
