"""Check 6: blanks stand where they should, and none that nobody sees."""

import re

from django.utils.translation import gettext as _

from .alarms import Alarm
from .view import View, view_of

CHECK = "blanks"
UNSEEN = re.compile("[\u200b\u2060\ufeff]")
DOUBLE = re.compile(r"(?<=[ \u00a0])[ \t]+|(?<=\S)[ \t]+(?=\u00a0)|(?<=\t)[ \t]+")
AT_AN_END = re.compile(r"\A[ \t\n\u00a0]+|[ \t\n\u00a0]+\Z")
# Not before ".NET", ".eu", ":-)" or "…": a letter, or another mark, follows.
BEFORE_A_MARK = re.compile(r"(?<=\S) (?=[,.;:!?](?:[\s\u00a0)\]”“»«]|\Z))")


def blanks(source: str, target: str, language: str, source_language: str) -> list[Alarm]:
    """Ask for blanks that are double, at an end, before a mark or of no width.

    A no-break blank that somebody put in is wanted.
    """
    view = view_of(target)
    messages = (
        (UNSEEN, _("A blank that nobody sees stands here.")),
        (AT_AN_END, _("A blank stands at the end of the text.")),
        (DOUBLE, _("Two blanks stand here.")),
        (BEFORE_A_MARK, _("A blank stands before a mark.")),
    )
    alarms: list[Alarm] = []
    taken: set[int] = set()
    for pattern, message in messages:
        for match in pattern.finditer(view.plain):
            place = set(range(match.start(), match.end()))
            if not taken & place:
                taken |= place
                alarms.append(_alarm(view, match, message))
    return sorted(alarms, key=lambda alarm: alarm.start)


def _alarm(view: View, match: re.Match[str], message: str) -> Alarm:
    start, end = view.span(match.start(), match.end())
    # Tags between two blanks stay.
    is_unbroken = "<" not in view.text[start:end]
    return Alarm(CHECK, start, end, message, mend="" if is_unbroken else None)
