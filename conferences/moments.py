"""Times of a programme as moments.

A session has the date of its day, times of a clock and the zone of its place.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

# An evening may end after midnight: what ends before five belongs to the day before.
DAY_BEGINS = time(5)


def as_date(value: date | str | None) -> date | None:
    """Return the date that a stream keeps as text or as a date."""
    if isinstance(value, str):
        return date.fromisoformat(value)
    return value


def as_time(value: time | str) -> time:
    """Return the time of a clock that a stream keeps as text or as a time."""
    if isinstance(value, str):
        return time.fromisoformat(value)
    return value


def moments(day: date, start: time, end: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return start and end of a session as aware datetimes in the zone.

    An end in the small hours is on the next day.
    """
    is_after_midnight = end <= start and end < DAY_BEGINS
    last = day + timedelta(days=1) if is_after_midnight else day
    return datetime.combine(day, start, zone), datetime.combine(last, end, zone)


def exists(moment: datetime) -> bool:
    """Return whether clocks show this time: they pass over an hour when summer time begins."""
    shown = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return shown.replace(tzinfo=None) == moment.replace(tzinfo=None)
