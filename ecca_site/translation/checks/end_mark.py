"""Check 4: a text ends as its original does."""

import re

from django.utils.translation import gettext as _

from .alarms import Alarm
from .language import Language, language_of
from .view import View, view_of

CHECK = "end_mark"
CLOSING = "\"'”“»«’‘›)]} \u00a0\u202f\n"
CLASSES = {".": ".", "…": "…", "?": "?", "!": "!", ":": ":", ";": ";", ",": ","}
LAST_WORD = re.compile(r"([^\s(\[„“»«”]+)\.$")


def end_mark(source: str, target: str, language: str, source_language: str) -> list[Alarm]:
    """Ask where the last mark is another one, quotation marks and brackets taken off.

    The full stop of an abbreviation, or of an ordinal, may be the end of a sentence, and may not.
    """
    original = view_of(source)
    view = view_of(target)
    wanted = _mark(original.plain)
    found = _mark(view.plain)
    if wanted == found or not view.plain.strip():
        return []
    if _is_open(original, language_of(source_language)) and found in (".", ""):
        return []
    if _is_open(view, language_of(language)) and wanted in (".", ""):
        return []
    end = len(view.plain.rstrip(CLOSING))
    start = end - _length_of_mark(view.plain[:end])
    if wanted and found:
        message = _("The original ends in “%(wanted)s”, this text in “%(found)s”.")
    elif wanted:
        message = _("The original ends in “%(wanted)s”, this text in no mark.")
    else:
        message = _("The original ends in no mark, this text in “%(found)s”.")
    values = {"wanted": wanted, "found": found}
    first, last = view.span(start, end) if found else _after(view, end)
    return [Alarm(CHECK, first, last, message % values, mend=wanted)]


def _mark(plain: str) -> str:
    """Return the class of the last mark of a text, "" where it ends in a letter."""
    text = plain.rstrip(CLOSING)
    if text.endswith("..."):
        return "…"
    return CLASSES.get(text[-1:], "")


def _length_of_mark(text: str) -> int:
    """Return how many marks stand at the end of a text: "!!" is two."""
    return len(text) - len(text.rstrip(".…?!:;,"))


def _after(view: View, end: int) -> tuple[int, int]:
    """Return the place behind the last letter."""
    place = view.ends[end - 1] if end else 0
    return place, place


def _is_open(view: View, language: Language) -> bool:
    """Return whether a text ends in a full stop that may be that of its last word."""
    match = LAST_WORD.search(view.plain.rstrip(CLOSING))
    if match is None:
        return False
    word = match[1].lower()
    if language.has_dotted_ordinals and word[-1:].isdigit():
        return True
    return word in language.abbreviations or bool(re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_]", word))
