"""The twelve checks, by their names and in their order."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import consistency as consistency_check
from . import length as length_check
from .addresses import addresses
from .alarms import Alarm
from .blanks import blanks
from .consistency import Others, consistency
from .dates import dates
from .end_mark import end_mark
from .length import length
from .markup import markup
from .numbers import numbers
from .quotes import quotes
from .words import doubled, left_over, unchanged

Check = Callable[[str, str, str, str], list[Alarm]]
BY_THEMSELVES: dict[str, Check] = {
    "numbers": numbers,
    "dates": dates,
    "addresses": addresses,
    "end_mark": end_mark,
    "quotes": quotes,
    "blanks": blanks,
    "doubled": doubled,
    "left_over": left_over,
    "unchanged": unchanged,
    length_check.CHECK: length,
    "markup": markup,
}
NAMES: dict[str, Promise] = {
    "numbers": _("Numbers"),
    "dates": _("Dates"),
    "addresses": _("Addresses"),
    "end_mark": _("Last mark"),
    "quotes": _("Quotation marks"),
    "blanks": _("Blanks"),
    "doubled": _("Doubled word"),
    "left_over": _("Left in the original's language"),
    "unchanged": _("Unchanged"),
    length_check.CHECK: _("Length"),
    "markup": _("Markup"),
    consistency_check.CHECK: _("Consistency"),
}


def alarms_of(
    source: str,
    target: str,
    language: str,
    source_language: str,
    *,
    longest: int | None = None,
    others: Others | None = None,
) -> list[Alarm]:
    """Return what the twelve checks say of a text, in the order of the checks.

    An unchanged text is asked nothing else: it would be one question in many words.
    """
    alarms: list[Alarm] = []
    for name, check in BY_THEMSELVES.items():
        if name == length_check.CHECK:
            alarms += length(source, target, language, source_language, longest=longest)
        else:
            alarms += check(source, target, language, source_language)
    alarms += consistency(source, target, language, source_language, others=others)
    return alarms
