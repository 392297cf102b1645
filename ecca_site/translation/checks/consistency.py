"""Check 12: one source has one translation, one translation one source; words are the agreed ones.

The other texts of the language, and the glossary, are handed in: who asks the database is another
room.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .alarms import Alarm
from .language import language_of
from .view import View, view_of

CHECK = "consistency"
SHORTEST = 20  # letters from which two originals of one translation are a mistake
LIKE = 0.6  # of their words that two originals share, whose translations may be one
LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Others:
    """What is known besides a text and its source."""

    targets: Collection[str] = field(default=())  # other translations of the same source
    sources: Collection[str] = field(default=())  # other sources of the same translation
    # Returns the terms of a source that a translation lacks, with their approved forms.
    missing_terms: Callable[[str, str], list[tuple[str, str]]] | None = None


def consistency(
    source: str,
    target: str,
    language: str,
    source_language: str,
    others: Others | None = None,
) -> list[Alarm]:
    """Ask where two texts that belong together do not say the same."""
    view = view_of(target)
    alarms = _forbidden(view, language)
    if others is None:
        return alarms
    start, end = view.whole()
    for other in others.targets:
        shown = view_of(other).plain
        if _key(shown) != _key(view.plain):
            message = _("The same text is translated elsewhere as “%(text)s”.")
            said = message % {"text": shown[:LONGEST_SHOWN]}
            alarms.append(Alarm(CHECK, start, end, said, about=f"target {shown}"))
            break
    for other in others.sources:
        shown = view_of(other).plain
        if len(view.plain) >= SHORTEST and not _are_alike(shown, view_of(source).plain):
            message = _("The same translation stands for another text: “%(text)s”.")
            said = message % {"text": shown[:LONGEST_SHOWN]}
            alarms.append(Alarm(CHECK, start, end, said, about=f"source {shown}"))
            break
    if others.missing_terms is not None:
        for term, form in others.missing_terms(view_of(source).plain, view.plain):
            message = _("The glossary has “%(form)s” for “%(term)s”.")
            said = message % {"form": form, "term": term}
            alarms.append(Alarm(CHECK, start, end, said, about=f"term {term}"))
    return alarms


def _forbidden(view: View, language: str) -> list[Alarm]:
    alarms = []
    for wrong, right in language_of(language).forbidden:
        for match in re.finditer(rf"(?<!\w){wrong}(?!\w)", view.plain, re.IGNORECASE):
            start, end = view.span(match.start(), match.end())
            message = _("This house says “%(right)s”, not “%(wrong)s”.") % {
                "right": right,
                "wrong": match[0],
            }
            alarms.append(Alarm(CHECK, start, end, message))
    return alarms


def _key(plain: str) -> str:
    """Return a text without what a place may change: case, and a mark at the end."""
    return " ".join(plain.split()).casefold().rstrip(".:;!?…")


def _are_alike(one: str, other: str) -> bool:
    """Return whether two sources may have one translation: "meets in" and "in"."""
    first = set(_key(one).split())
    second = set(_key(other).split())
    if not first or not second:
        return True
    return len(first & second) / len(first | second) >= LIKE
