"""PO files of translations, out and in again: a file is taken whole or not at all."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

import polib
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
)

from ecca_site.i18n.languages import babel_locale, plural_forms
from ecca_site.users.models import User

from .access import translations_for
from .cleaning import clean_text
from .machine import MACHINE, MANUAL
from .po_checks import Change, ask_checks
from .po_syntax import MOST_ERRORS, at_line, read
from .store import Key, key_of, segments_of, texts_of
from .targets import Target, label_of_target, model_of, target_in

MAX_SIZE = 2 * 1024 * 1024  # bytes; the longest page of the site exports to a fiftieth of it
ID_HEADER = "X-WagtailLocalize-TranslationID"
TOOL = "PO file"


def export(translation: Translation) -> polib.POFile:
    """Return the PO file of a translation; what a machine wrote and nobody confirmed is fuzzy.

    A text that stands twice at the same place is one entry, as both share their translation.
    """
    model = model_of(translation.source)
    texts = texts_of(translation)
    po = polib.POFile(wrapwidth=100)
    po.header = (
        f"{translation.source.object_repr}: "
        f"{translation.source.locale} → {translation.target_locale}"
    )
    changed_at = max((text.updated_at for text in texts.values()), default=timezone.now())
    po.metadata = {
        "Project-Id-Version": "ecca-site",
        "POT-Creation-Date": _moment(translation.source.last_updated_at),
        "PO-Revision-Date": _moment(changed_at),
        "Language": babel_locale(translation.target_locale.language_code),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(translation.target_locale.language_code),
        ID_HEADER: str(translation.uuid),
    }
    for segment in segments_of(translation).values():
        text = texts.get((segment.string_id, segment.context_id))
        entry = polib.POEntry(
            msgctxt=segment.context.path,
            msgid=segment.string.data,
            comment=_comment(segment, target_in(model, segment.context)),
        )
        if text is not None:
            entry.msgstr = text.data
            if text.translation_type == MACHINE:
                entry.flags.append("fuzzy")
        po.append(entry)
    return po


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M%z")


def _comment(segment: StringSegment, target: Target | None) -> str:
    """Return which field it is, and where its links lead, a line each."""
    lines = []
    if label := label_of_target(target):
        lines.append(label)
    links = json.loads(segment.attrs or "null") or {}
    for name, attrs in links.items():
        if "href" in attrs:
            lines.append(f"{name}: {attrs['href']}")
    return "\n".join(lines)


@dataclass
class Import:
    """The changes of a file, before or after they are saved, and how many texts are left out."""

    changes: list[Change] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # of the changes, each with its line
    unchanged: int = 0
    untranslated: int = 0
    fuzzy: int = 0
    outdated: int = 0  # texts that the page no longer has


def check(content: bytes, translation: Translation, user: User) -> Import:
    """Return the changes that a file would bring to a translation.

    Raises:
        ValidationError: it is broken, belongs elsewhere, or holds texts that may not be saved: each
        with its line.
    """
    po = read(content)
    _check_header(po, content, translation, user)
    segments = segments_of(translation)
    texts = texts_of(translation)
    model = model_of(translation.source)
    entries = [entry for entry in po if not entry.obsolete]
    if not entries:
        raise ValidationError(_("This file holds no texts."))
    outdated = _outdated_keys(translation, entries, segments)
    result = Import()
    errors = []
    seen: set[Key] = set()
    for entry in entries:
        key = key_of(entry.msgctxt or "", entry.msgid)
        try:
            if reason := _refusal(entry, key, segments, outdated, seen):
                raise ValidationError(reason)
            seen.add(key)
            if entry.fuzzy:
                result.fuzzy += 1
            elif not entry.msgstr:
                result.untranslated += 1
            elif key in outdated:
                result.outdated += 1
            else:
                segment = segments[key]
                text = texts.get((segment.string_id, segment.context_id))
                _add(result, entry, segment, text, target_in(model, segment.context))
        except ValidationError as error:
            errors += [at_line(entry.linenum, message) for message in error.messages]
    refused, result.asked = ask_checks(result.changes, translation)
    errors += refused
    if errors:
        raise ValidationError(errors[:MOST_ERRORS])
    return result


def _check_header(po: polib.POFile, content: bytes, translation: Translation, user: User) -> None:
    """Refuse a file that is for another translation or in another language.

    Raises:
        ValidationError: with the line of the header.
    """
    uuid = po.metadata.get(ID_HEADER)
    if not uuid:
        reason = _("The header does not say which translation this file is for (%s).") % ID_HEADER
        raise at_line(1, reason)
    if uuid != str(translation.uuid):
        raise at_line(_line_with(ID_HEADER, content), _other_translation(uuid, user))
    language = po.metadata.get("Language", "")
    wanted = babel_locale(translation.target_locale.language_code)
    if language and re.split("[_@-]", language.lower())[0] != wanted.split("_")[0]:
        names = {"found": language[:40], "wanted": wanted}
        reason = _("The language is %(found)s instead of %(wanted)s.") % names
        raise at_line(_line_with("Language:", content), reason)


def _other_translation(uuid: str, user: User) -> str:
    """Return which translation a file is for, as far as the user may know it."""
    if _is_uuid(uuid):
        other = translations_for(user).filter(uuid=uuid).first()
        if other is not None:
            names = {"title": other.source.object_repr, "language": other.target_locale}
            return _("This file is for “%(title)s” in %(language)s.") % names
    return _("This file is for another page, language or site.")


def _line_with(name: str, content: bytes) -> int:
    """Return the number of the first line that holds a name, 1 where none does."""
    lines = content.decode("utf-8", "replace").splitlines()
    for number, line in enumerate(lines, start=1):
        if name in line:
            return number
    return 1


def _is_uuid(text: str) -> bool:
    try:
        Translation._meta.get_field("uuid").to_python(text)
    except ValidationError:
        return False
    return True


def _outdated_keys(
    translation: Translation, entries: list[polib.POEntry], segments: Collection[Key]
) -> set[Key]:
    """Return the keys of texts that the page had once.

    Whoever works on a file for weeks may find some of them gone.
    """
    unknown = {}
    for entry in entries:
        if entry.msgctxt:
            key = key_of(entry.msgctxt, entry.msgid)
            if key not in segments:
                unknown[entry.msgctxt, entry.msgid] = key
    if not unknown:
        return set()
    hashes = {String._get_data_hash(msgid): msgid for _path, msgid in unknown}
    strings = String.objects.filter(locale=translation.source.locale_id, data_hash__in=hashes)
    texts = {hashes[found] for found in strings.values_list("data_hash", flat=True)}
    contexts = TranslationContext.objects.filter(object=translation.source.object_id)
    paths = set(contexts.values_list("path", flat=True))
    outdated = set()
    for (path, msgid), key in unknown.items():
        if msgid in texts and path in paths:
            outdated.add(key)
    return outdated


def _refusal(
    entry: polib.POEntry,
    key: Key,
    segments: Collection[Key],
    outdated: Collection[Key],
    seen: Collection[Key],
) -> str:
    """Return why an entry cannot be taken, "" where it can."""
    if entry.msgid_plural or entry.msgstr_plural:
        return _("A text of a page has no plural forms.")
    if not entry.msgctxt:
        return _("The entry does not say where its text stands (msgctxt).")
    if key in seen:
        return _("This text is in the file twice.")
    if key not in segments and key not in outdated:
        return _("This text is not of this page.")
    return ""


def _add(
    result: Import,
    entry: polib.POEntry,
    segment: StringSegment,
    text: StringTranslation | None,
    target: Target | None,
) -> None:
    """Count an entry that is stored already, or take it among the changes.

    Raises:
        ValidationError: its text may not stand there.
    """
    data = clean_text(entry.msgstr, source=segment.string.data, target=target)
    if text is not None and _is_stored(text, data):
        result.unchanged += 1
    else:
        result.changes.append(Change(segment, text, data, entry.linenum))


def _is_stored(text: StringTranslation, data: str) -> bool:
    """Return whether a text is stored like this, by a person and without an error."""
    return text.data == data and text.translation_type == MANUAL and not text.has_error


@transaction.atomic
def apply(result: Import, translation: Translation, user: User) -> None:
    """Save the changes that ``check`` found, in the name of a user."""
    for change in result.changes:
        text = change.text or StringTranslation(locale=translation.target_locale)
        text.translation_of = change.segment.string
        text.context = change.segment.context
        text.data = change.data
        text.translation_type = MANUAL
        text.tool_name = TOOL
        text.last_translated_by = user
        text.has_error = False
        text.field_error = ""
        text.save()
