"""Dates, times and numbers as each language writes them, from CLDR: Django's own are wrong in several languages."""

import calendar
import datetime
import re

from babel import Locale, dates, numbers
from django.utils import timezone
from django.utils.translation import get_language

from .languages import babel_locale


def cldr_locale(language_code=None):
    """Return Babel's name of a language (by default the active one), of the country where it is written in Europe."""
    name = babel_locale(language_code or get_language() or "en")
    return {"en": "en_GB", "pt": "pt_PT"}.get(name, name)


def _as_local(value):
    return timezone.localtime(value) if isinstance(value, datetime.datetime) and timezone.is_aware(value) else value


def months_later(day, months):
    """Return the date or moment so many months later, on the last day of the month where it has no such day."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def localized_date(value, length="long"):
    return dates.format_date(_as_local(value), length, locale=cldr_locale())


def localized_time(value):
    """Return hours and minutes; a moment keeps the time zone it carries."""
    return dates.format_time(value, "short", tzinfo=getattr(value, "tzinfo", None), locale=cldr_locale())


def localized_number(value):
    return numbers.format_decimal(value, locale=cldr_locale())


def date_range(start, end):
    """Return two dates as one range: "11–12 January 2017"."""
    start, end = (value.date() if isinstance(value, datetime.datetime) else value for value in (start, end))
    if start == end:
        return localized_date(start)
    locale = Locale.parse(cldr_locale())
    # Where CLDR has ranges for short names of months only, the pattern is the same for long ones.
    formats = locale.interval_formats.get("yMMMMd") or locale.interval_formats["yMMMd"]
    largest = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    first, second = (re.sub("M+", "MMMM", part).replace("dd", "d") for part in formats[largest])
    return dates.format_date(start, first, locale) + dates.format_date(end, second, locale)
