"""Dates, times and numbers as each language writes them, from CLDR.

Django's own formats are wrong in several languages.
"""

import calendar
import datetime
import re
from decimal import Decimal
from typing import TypeVar

from babel import Locale, dates, numbers
from django.utils import timezone

from .languages import active_language, babel_locale

# A date or a moment, which is a date to Python.
Day = TypeVar("Day", bound=datetime.date)


def cldr_locale(language_code: str | None = None) -> str:
    """Return Babel's name of a language, by default the active one, as it is written in Europe."""
    name = babel_locale(language_code or active_language())
    return {"en": "en_GB", "pt": "pt_PT"}.get(name, name)


def _as_local(value: datetime.date) -> datetime.date:
    """Return a moment in the current time zone; a date stays as it is."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def months_later(day: Day, months: int) -> Day:
    """Return the date or moment so many months later.

    Where that month has no such day it is the last day of the month.
    """
    index = day.month - 1 + months
    year = day.year + index // 12
    month = index % 12 + 1
    last_day = calendar.monthrange(year, month)[1]
    return day.replace(year=year, month=month, day=min(day.day, last_day))


def localized_date(value: datetime.date, length: str = "long") -> str:
    """Return a date as the active language writes it; ``length`` is one of CLDR's four."""
    return dates.format_date(_as_local(value), length, locale=cldr_locale())


def localized_time(value: datetime.time | datetime.datetime) -> str:
    """Return hours and minutes; a moment keeps the time zone it carries."""
    zone = getattr(value, "tzinfo", None)
    return dates.format_time(value, "short", tzinfo=zone, locale=cldr_locale())


def localized_number(value: float | Decimal | str) -> str:
    return numbers.format_decimal(value, locale=cldr_locale())


def date_range(start: datetime.date | None, end: datetime.date | None) -> str:
    """Return two dates as one range, "11–12 January 2017".

    Where a draft lacks one of them it is the other one, and nothing where it lacks both.
    """
    first_day = _day(start or end)
    last_day = _day(end or start)
    if first_day is None or last_day is None:
        return ""
    if first_day == last_day:
        return localized_date(first_day)
    locale = Locale.parse(cldr_locale())
    # Where CLDR has ranges for short names of months only, the pattern is the same for long ones.
    formats = locale.interval_formats.get("yMMMMd") or locale.interval_formats["yMMMd"]
    before, after = formats[_largest_difference(first_day, last_day)]
    return dates.format_date(first_day, _in_full(before), locale) + dates.format_date(
        last_day, _in_full(after), locale
    )


def _day(value: datetime.date | None) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    return value


def _largest_difference(start: datetime.date, end: datetime.date) -> str:
    """Return CLDR's letter for the largest unit in which two days differ."""
    if start.year != end.year:
        return "y"
    if start.month != end.month:
        return "M"
    return "d"


def _in_full(pattern: str) -> str:
    """Return a pattern with the month's full name, and the day without a leading zero."""
    return re.sub("M+", "MMMM", pattern).replace("dd", "d")
