"""The changes of a submitted version, in words: "contact, 2 blocks, logo"."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

from ecca_site.core.streams import raw_rows

Content = dict[str, object]  # of a version, as it is stored

# The fields that Wagtail writes into a version besides those that people fill in.
BOOKKEEPING = {
    "pk",
    "path",
    "depth",
    "numchild",
    "translation_key",
    "locale",
    "live",
    "has_unpublished_changes",
    "draft_title",
    "first_published_at",
    "last_published_at",
    "live_revision",
    "latest_revision",
    "latest_revision_created_at",
    "content_type",
    "url_path",
    "owner",
    "locked",
    "locked_at",
    "locked_by",
    "expired",
    "alias_of",
    "comments",
    "wagtail_admin_comments",
    "page_ptr",
    "index_entries",
}
EDITOR_KEYS = re.compile(r' data-block-key="[^"]*"')
ROW_KEYS = {"id", "pk", "page", "sort_order"}


def written_content(content: Content) -> Content:
    """Return what people wrote or chose in the stored content of a version."""
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}


def changes_in_words(model: type[Model], before: Content | None, after: Content) -> str:
    """Return the changes between two versions of a page or snippet, as they are stored.

    ``before`` is None for what is new.
    """
    if before is None:
        return _("new page") if issubclass(model, Page) else _("new entry")
    words = []
    blocks = 0
    for field in [*model._meta.concrete_fields, *get_all_child_relations(model)]:
        name = field.name if field.concrete else field.get_accessor_name()
        if name not in after or name in BOOKKEEPING or before.get(name) == after[name]:
            continue
        old = before.get(name)
        new = after[name]
        if not field.concrete:
            if meaning(old) != meaning(new):
                words.append(str(field.related_model._meta.verbose_name_plural))
            continue
        old = field.to_python(old)  # "46.05" is "46.05000"
        new = field.to_python(new)
        if isinstance(field, StreamField):
            blocks += changed_blocks(old, new)
        elif meaning(old) != meaning(new):
            words.append(str(field.verbose_name))
    if blocks:
        words.append(ngettext("%(number)s block", "%(number)s blocks", blocks) % {"number": blocks})
    return ", ".join(words) or _("no change")


def changed_blocks(before: StreamValue, after: StreamValue) -> int:
    """Return how many blocks were added, removed, changed or moved between two values."""
    old = rows_by_key(before)
    new = rows_by_key(after)
    new_keys = list(new)
    stayed = set()
    for match in SequenceMatcher(None, list(old), new_keys, autojunk=False).get_matching_blocks():
        stayed.update(new_keys[match.b : match.b + match.size])
    changed = {key for key in stayed if old[key] != new[key]}
    added_or_removed = (old.keys() | new.keys()) - stayed  # what was moved counts as either
    return len(changed) + len(added_or_removed)


def rows_by_key(stream: StreamValue) -> dict[tuple[str, ...], tuple[str, object]]:
    """Return name and value of each block at any depth, by its path."""
    return {row.path: (row.block.name, meaning(row.value)) for row in raw_rows(stream)}


@lru_cache(maxsize=2048)
def without_traces(text: str) -> str:
    """Return a stored text without the keys that the editor of rich text gives to paragraphs."""
    return EDITOR_KEYS.sub("", text).replace("<br/>", "<br>").strip()


def meaning(value: object) -> object:
    """Return a stored value without the traces of editing that change nothing.

    These are the keys that the editor of rich text gives to paragraphs, the primary keys and places
    of rows, and the order of several choices.
    """
    if isinstance(value, str):
        return without_traces(value)
    if isinstance(value, dict):
        return {key: meaning(each) for key, each in value.items() if key not in ROW_KEYS}
    if isinstance(value, list):
        if all(isinstance(each, str) for each in value):
            return sorted(value)
        return [meaning(each) for each in value]
    return value
