"""Times of a programme as moments: a session has the date of its day, times of a clock and the zone of its place."""

from datetime import UTC, date, datetime, time, timedelta

DAY_BEGINS = time(5)  # an evening may end after midnight: what ends before five belongs to the day before


def as_date(value):
    return date.fromisoformat(value) if isinstance(value, str) else value


def as_time(value):
    return time.fromisoformat(value) if isinstance(value, str) else value


def moments(day, start, end, zone):
    """Return start and end as aware datetimes in the zone; an end in the small hours is on the next day."""
    last = day + timedelta(days=1) if end <= start and end < DAY_BEGINS else day
    return datetime.combine(day, start, zone), datetime.combine(last, end, zone)


def exists(moment):
    """Whether clocks show this time: they pass over an hour when summer time begins."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(tzinfo=None)
