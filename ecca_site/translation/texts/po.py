"""PO files: one for each translation, out and in again. A file is taken whole or not at all."""

import codecs
import json
import re
from dataclasses import dataclass, field

import polib
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext

from ecca_site.core.languages import babel_locale, plural_forms

from .access import translations_of
from .cleaning import clean_text
from .machine import MACHINE, MANUAL
from .store import key_of, segments_of, texts_of
from .targets import label_of, target_in

MAX_SIZE = 2 * 1024 * 1024  # bytes; the longest page of the site exports to a fiftieth of it
MOST_ERRORS = 20
ID_HEADER = "X-WagtailLocalize-TranslationID"
TOOL = "PO file"

CHARSET = re.compile(rb"charset=([\w.:-]+)", re.ASCII)
STRING = r'"(?:[^"\\]|\\.)*"'
LINE = re.compile(rf"(#.*|(?P<keyword>msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s+{STRING}|{STRING}|)")
# Python takes these for ends of lines, gettext does not.
OTHER_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def export(translation):
    """Return the PO file of a translation; what a machine wrote and nobody confirmed is fuzzy.

    A text that stands twice at the same place is one entry, as both share their translation.
    """
    model = translation.source.specific_content_type.model_class()
    texts = texts_of(translation)
    po = polib.POFile(wrapwidth=100)
    po.header = f"{translation.source.object_repr}: {translation.source.locale} → {translation.target_locale}"
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
        po.append(
            polib.POEntry(
                msgctxt=segment.context.path,
                msgid=segment.string.data,
                msgstr=text.data if text else "",
                comment=_comment(segment, target_in(model, segment.context)),
                flags=["fuzzy"] if text and text.translation_type == MACHINE else [],
            )
        )
    return po


def _moment(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M%z")


def _comment(segment, target):
    """Say which field it is, and where its links lead."""
    links = json.loads(segment.attrs or "null") or {}
    hrefs = [f"{name}: {attrs['href']}" for name, attrs in links.items() if "href" in attrs]
    return "\n".join(filter(None, [label_of(target), *hrefs]))


@dataclass
class Import:
    """What a file would change, or has changed."""

    changes: list = field(default_factory=list)
    unchanged: int = 0
    untranslated: int = 0
    fuzzy: int = 0
    outdated: int = 0  # texts that the page no longer has


def at_line(line, reason):
    return ValidationError(_("Line %(line)d: %(reason)s") % {"line": max(line, 1), "reason": reason})


def read(content):
    """Parse the bytes of a PO file.

    Raises:
        ValidationError: it is no text, or no PO file, with the lines that are wrong.
    """
    text = _decode(content)
    lines = [line.strip() for line in text.split("\n")]
    matches = [LINE.fullmatch(line) for line in lines]
    wrong = [number for number, match in enumerate(matches, 1) if match is None]
    if wrong:
        raise ValidationError([at_line(number, _("This is not PO syntax.")) for number in wrong[:MOST_ERRORS]])
    keywords = [(number, match["keyword"]) for number, match in enumerate(matches, 1) if match["keyword"]]
    if not keywords:
        raise ValidationError(_("This file holds no texts."))
    if not keywords[-1][1].startswith("msgstr"):
        raise at_line(keywords[-1][0], _("The file ends in the middle of an entry."))
    try:
        po = polib.pofile(text + "\n")  # with a line end it is never taken for the name of a file
    except OSError as error:
        line = re.search(r"line (\d+)", str(error))
        raise at_line(int(line[1]) if line else 1, _("This is not PO syntax.")) from None
    entries = [entry for entry in po if not entry.obsolete]
    msgids = [number for number, keyword in keywords if keyword == "msgid"]
    for entry, line in zip(reversed(entries), reversed(msgids), strict=False):  # the first msgid is the header's
        entry.linenum = line
    return po


def _decode(content):
    declared = CHARSET.search(content[:4000])
    name = declared[1].decode() if declared else "utf-8"
    try:
        is_known = codecs.lookup(name)._is_text_encoding
    except LookupError:
        is_known = name == "CHARSET"  # a template that nobody filled in
    if not is_known:
        line = content[: declared.start()].count(b"\n") + 1
        raise at_line(line, _("The encoding “%(name)s” is unknown. Use UTF-8.") % {"name": name[:40]})
    name = "utf-8-sig" if name.lower().replace("_", "-") in ("utf-8", "utf8", "charset") else name
    try:
        text = content.decode(name)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise at_line(line, _("This cannot be read as %(name)s.") % {"name": name.removesuffix("-sig")}) from None
    if "\0" in text:
        raise at_line(text[: text.index("\0")].count("\n") + 1, _("This is not a text."))
    return OTHER_LINE_ENDS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def check(content, translation, user):
    """Return what a file would change in a translation, as an ``Import``.

    Raises:
        ValidationError: it is broken, belongs elsewhere, or holds texts that may not be saved: each with its line.
    """
    po = read(content)
    lines = content.decode("utf-8", "replace").splitlines()
    _check_header(po, translation, user, lambda name: next((n for n, row in enumerate(lines, 1) if name in row), 1))
    segments, texts = segments_of(translation), texts_of(translation)
    model = translation.source.specific_content_type.model_class()
    result, errors, seen = Import(), [], set()
    entries = [entry for entry in po if not entry.obsolete]
    if not entries:
        raise ValidationError(_("This file holds no texts."))
    outdated = _outdated_keys(translation, entries, segments)
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
                _add(result, entry, segments[key], texts, target_in(model, segments[key].context))
        except ValidationError as error:
            errors += [at_line(entry.linenum, message) for message in error.messages]
    if errors:
        raise ValidationError(errors[:MOST_ERRORS])
    return result


def _check_header(po, translation, user, line_of):
    uuid = po.metadata.get(ID_HEADER)
    if not uuid:
        raise at_line(1, _("The header does not say which translation this file is for (%s).") % ID_HEADER)
    if uuid != str(translation.uuid):
        other = translations_of(user).filter(uuid=uuid).first() if _is_uuid(uuid) else None
        reason = _("This file is for another page, language or site.")
        if other:
            names = {"title": other.source.object_repr, "language": other.target_locale}
            reason = _("This file is for “%(title)s” in %(language)s.") % names
        raise at_line(line_of(ID_HEADER), reason)
    language = po.metadata.get("Language", "")
    wanted = babel_locale(translation.target_locale.language_code)
    if language and re.split("[_@-]", language.lower())[0] != wanted.split("_")[0]:
        names = {"found": language[:40], "wanted": wanted}
        raise at_line(line_of("Language:"), _("The language is %(found)s instead of %(wanted)s.") % names)


def _is_uuid(text):
    try:
        Translation._meta.get_field("uuid").to_python(text)
    except ValidationError:
        return False
    return True


def _outdated_keys(translation, entries, segments):
    """Return the keys of texts that the page had once: who works on a file for weeks may find some of them gone."""
    unknown = [entry for entry in entries if entry.msgctxt and key_of(entry.msgctxt, entry.msgid) not in segments]
    if not unknown:
        return set()
    hashes = {String._get_data_hash(entry.msgid): entry.msgid for entry in unknown}
    strings = String.objects.filter(locale=translation.source.locale_id, data_hash__in=hashes)
    texts = {hashes[pk] for pk in strings.values_list("data_hash", flat=True)}
    contexts = TranslationContext.objects.filter(object=translation.source.object_id)
    paths = set(contexts.values_list("path", flat=True))
    return {key_of(entry.msgctxt, entry.msgid) for entry in unknown if entry.msgid in texts and entry.msgctxt in paths}


def _refusal(entry, key, segments, outdated, seen):
    if entry.msgid_plural or entry.msgstr_plural:
        return _("A text of a page has no plural forms.")
    if not entry.msgctxt:
        return _("The entry does not say where its text stands (msgctxt).")
    if key in seen:
        return _("This text is in the file twice.")
    if key not in segments and key not in outdated:
        return _("This text is not of this page.")
    return ""


def _add(result, entry, segment, texts, target):
    data = clean_text(entry.msgstr, source=segment.string.data, target=target)
    text = texts.get((segment.string_id, segment.context_id))
    if text and text.data == data and text.translation_type == MANUAL and not text.has_error:
        result.unchanged += 1
    else:
        result.changes.append((segment, text, data))


@transaction.atomic
def apply(result, translation, user):
    """Save what ``check`` found, in the name of a user."""
    for segment, text, data in result.changes:
        text = text or StringTranslation(locale=translation.target_locale)
        text.translation_of, text.context, text.data = segment.string, segment.context, data
        text.translation_type, text.tool_name, text.last_translated_by = MANUAL, TOOL, user
        text.has_error, text.field_error = False, ""
        text.save()
