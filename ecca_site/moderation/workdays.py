"""Working days: Monday to Friday.

Public holidays differ from country to country and are not counted out.
"""

import datetime

from django.utils import timezone

SATURDAY = 5


def due_on(submitted_at: datetime.datetime, days: int) -> datetime.date:
    """Return the date that is ``days`` working days after a moment, in the site's time zone."""
    return working_days_after(timezone.localtime(submitted_at).date(), days)


def working_days_after(day: datetime.date, days: int) -> datetime.date:
    """Return the date that is ``days`` working days after another one."""
    while days > 0:
        day += datetime.timedelta(days=1)
        if day.weekday() < SATURDAY:
            days -= 1
    return day
