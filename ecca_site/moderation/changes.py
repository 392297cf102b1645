"""What a submitted version changes, in words: "contact, 2 blocks, logo"."""

import re
from difflib import SequenceMatcher

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField

# What Wagtail writes into a version besides what people typed.
BOOKKEEPING = {
    "pk", "path", "depth", "numchild", "translation_key", "locale", "live", "has_unpublished_changes", "draft_title",
    "first_published_at", "last_published_at", "live_revision", "latest_revision", "latest_revision_created_at",
    "content_type", "url_path", "owner", "locked", "locked_at", "locked_by", "expired", "alias_of", "comments",
    "wagtail_admin_comments", "page_ptr", "index_entries",
}  # fmt: skip
EDITOR_KEYS = re.compile(r' data-block-key="[^"]*"')
ROW_KEYS = {"id", "pk", "page", "sort_order"}


def written_content(content):
    """Return what people wrote or chose in the stored content of a version."""
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}


def changes_in_words(model, before, after):
    """Return the changes between two stored contents of a page of ``model``; ``before`` is None for a new page."""
    if before is None:
        return _("new page")
    words, blocks = [], 0
    for field in [*model._meta.concrete_fields, *get_all_child_relations(model)]:
        name = field.name if field.concrete else field.get_accessor_name()
        if name not in after or name in BOOKKEEPING or before.get(name) == after[name]:
            continue
        old, new = before.get(name), after[name]
        if isinstance(field, StreamField):
            blocks += changed_blocks(field.to_python(old), field.to_python(new))
        elif not field.concrete:
            if meaning(old) != meaning(new):
                words.append(str(field.related_model._meta.verbose_name_plural))
        elif meaning(field.to_python(old)) != meaning(field.to_python(new)):  # "46.05" is "46.05000"
            words.append(str(field.verbose_name))
    if blocks:
        words.append(ngettext("%(number)s block", "%(number)s blocks", blocks) % {"number": blocks})
    return ", ".join(words) or _("no change")


def changed_blocks(before, after):
    """Return how many blocks were added, removed, changed or moved between two values of a stream."""
    old, new = rows_by_key(before), rows_by_key(after)
    matches = SequenceMatcher(None, list(old), list(new), autojunk=False).get_matching_blocks()
    stayed = {key for match in matches for key in list(new)[match.b : match.b + match.size]}
    changed = {key for key in stayed if old[key] != new[key]}
    return len(changed) + len(old.keys() | new.keys()) - len(stayed)


def rows_by_key(stream):
    return {
        row.get("id") or position: (row.get("type"), meaning(row.get("value")))
        for position, row in enumerate(stream.raw_data)
    }


def meaning(value):
    """Return a stored value without what editing leaves behind though nobody changed anything.

    That are the keys that the editor of rich text gives to paragraphs, the primary keys and places of rows, and the
    order of several choices.
    """
    if isinstance(value, str):
        return EDITOR_KEYS.sub("", value).replace("<br/>", "<br>").strip()
    if isinstance(value, dict):
        return {key: meaning(each) for key, each in value.items() if key not in ROW_KEYS}
    if isinstance(value, list):
        plain = all(isinstance(each, str) for each in value)
        return sorted(value) if plain else [meaning(each) for each in value]
    return value
