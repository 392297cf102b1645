"""Check 2: the days of a translation are those of the original."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .alarms import Alarm
from .language import Language, language_of
from .view import View, view_of

CHECK = "dates"
# "12", "12.", "12th", "12–14.", "12 and 13": what stands before the name of a month.
DAYS_BEFORE = re.compile(
    r"(?<!\d)((?:\d{1,2}(?:\.º|\.|º|st|nd|rd|th)?(?:\s*[-–—/,]\s*|\s+(?:[^\W\d_]{1,3})\s+)){0,3}"
    r"\d{1,2}(?:\.º|\.|º|st|nd|rd|th)?)\s*(?:of|de|do)?\s*$",
    re.IGNORECASE,
)
DAYS_AFTER = re.compile(
    r"^\.?\s*(\d{1,2}(?!\d)(?:\.|st|nd|rd|th)?(?:\s*[-–—]\s*\d{1,2}(?!\d)\.?)?)"
)
YEAR_AFTER = re.compile(
    r"^\.?(?:\s*\d{1,2}(?!\d)[^\d\s]*(?:\s*[-–—]\s*\d{1,2}(?!\d))?)?[\s,]*(?:of|de|del|do|r\.)?\s*"
    r"(\d{4})(?!\d)"
)
YEAR_BEFORE = re.compile(r"(?<!\d)(\d{4})[.,]?(?:\s+[^\W\d_]+){0,1}\s+$")
NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4})(?!\d)")
BACKWARD = re.compile(r"(?<![\d.])(\d{4})(?:-|\.\s?)(\d{1,2})(?:-|\.\s?)(\d{1,2})(?!\d)")
NEAR = 40  # letters around the name of a month


@dataclass(frozen=True)
class Day:
    """A date as far as a text says it."""

    month: int
    days: tuple[int, ...]
    year: int | None
    start: int
    end: int

    def is_like(self, other: "Day") -> bool:
        """Return whether two dates may be the same one, one of them said with less."""
        if self.month != other.month:
            return False
        if self.days and other.days and self.days != other.days:
            return False
        return self.year is None or other.year is None or self.year == other.year


def dates(source: str, target: str, language: str, source_language: str) -> list[Alarm]:
    """Ask for a date of the original that the translation does not have."""
    rules = language_of(language)
    original = language_of(source_language)
    if rules.month_names is None or original.month_names is None:
        return []
    view = view_of(target)
    wanted = days_in(view_of(source).plain, original)
    found = days_in(view.plain, rules)
    named = {day.month for day in found} | _months_named(view.plain, rules)
    for day in wanted:
        same = [other for other in found if day.is_like(other)]
        if same:
            continue
        if not day.days and day.year is None and day.month in named:
            continue
        start, end = _where(view, found, day)
        text = view_of(source).plain[day.start : day.end].strip()
        message = _("The original has the date “%(date)s”.") % {"date": text}
        return [Alarm(CHECK, start, end, message)]
    return []


def days_in(plain: str, language: Language) -> list[Day]:
    """Return the dates of a text: with the name of a month, or in digits."""
    found = []
    for match in language.month_names.finditer(plain) if language.month_names else ():
        month = match.lastindex or 0
        before = plain[max(0, match.start() - NEAR) : match.start()]
        after = plain[match.end() : match.end() + NEAR]
        first, days = _days(before, after, language)
        year = _year(before, after, language)
        if not days and year is None and _is_unsure(month, match[0], language):
            continue
        start = match.start() - (len(before) - first)
        found.append(Day(month, days, year, start, _end_of(match.end(), after)))
    for match in BACKWARD.finditer(plain):
        year_, month, day = (int(part) for part in match.groups())
        found.append(Day(month, (day,), year_, match.start(), match.end()))
    for match in NUMERIC.finditer(plain):
        day, month, year_ = (int(part) for part in match.groups())
        if month > 12:
            day, month = month, day
        found.append(Day(month, (day,), year_, match.start(), match.end()))
    return found


def _is_unsure(month: int, name: str, language: Language) -> bool:
    """Return whether a word may be no month: "may", "march", and short forms such as "mar."."""
    return month in language.unsure_months or len(name) <= 4


def _days(before: str, after: str, language: Language) -> tuple[int, tuple[int, ...]]:
    """Return where the days begin in what stands before a month, and the days."""
    match = DAYS_BEFORE.search(before)
    if match is not None and not language.year_first:
        return match.start(1), _numbers(match[1])
    later = DAYS_AFTER.match(after)
    if later is not None:
        return len(before), _numbers(later[1])
    return len(before), ()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(number) for number in re.findall(r"\d+", text)))


def _year(before: str, after: str, language: Language) -> int | None:
    match = YEAR_BEFORE.search(before) if language.year_first else YEAR_AFTER.match(after)
    return int(match[1]) if match else None


def _end_of(end: int, after: str) -> int:
    for pattern in (YEAR_AFTER, DAYS_AFTER):
        match = pattern.match(after)
        if match is not None:
            return end + match.end()
    return end


def _months_named(plain: str, language: Language) -> set[int]:
    if language.month_names is None:
        return set()
    return {match.lastindex or 0 for match in language.month_names.finditer(plain)}


def _where(view: View, found: list[Day], day: Day) -> tuple[int, int]:
    """Return the place of the date that stands in a text instead, the whole text for none."""
    for other in found:
        if other.month == day.month:
            return view.span(other.start, other.end)
    if len(found) == 1:
        return view.span(found[0].start, found[0].end)
    return view.whole()
