"""The checks on texts that a PO file brings, before they are saved."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ..checks.catalogue import NAMES
from .alarms import alarms_of_new
from .po_syntax import at_line


class Change(NamedTuple):
    """A text that a file brings; ``text`` is what is stored already."""

    segment: StringSegment
    text: StringTranslation | None
    data: str
    line: int


def ask_checks(
    changes: Iterable[Change], translation: Translation
) -> tuple[list[ValidationError], list[str]]:
    """Return what the checks refuse of the changes, and what they ask, each with its line."""
    changes = list(changes)
    lines = {change.segment.pk: change.line for change in changes}
    refused = []
    asked: list[str] = []
    texts = [(change.segment, change.data) for change in changes]
    for segment, alarm in alarms_of_new(translation, texts):
        said = at_line(lines[segment.pk], f"{NAMES[alarm.check]}: {alarm.message}")
        if alarm.refuses:
            refused.append(said)
        else:
            asked += said.messages
    return refused, asked
