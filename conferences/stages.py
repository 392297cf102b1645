"""The stages of a conference, from "book the date" to the report.

Each asks something else of its visitors; status and date say which one it is.
"""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from .models import ConferencePage


class Stage(StrEnum):
    BOOK_THE_DATE = "book-the-date"
    REGISTER = "register"
    SEE_PROGRAMME = "see-programme"
    READ_REPORT = "read-report"
    NOTHING = "nothing"  # cancelled, postponed, or over and without a report yet


def stage_of(conference: "ConferencePage") -> Stage:
    """Return the stage of a conference at present."""
    now = timezone.now()
    if conference.is_cancelled:
        return Stage.NOTHING
    if conference.is_past:
        return Stage.READ_REPORT if conference.report else Stage.NOTHING
    if takes_registrations_at(conference, now):
        return Stage.REGISTER
    is_near = _is_reached(conference.registration_opens_at, now)
    if conference.programme and (is_near or _is_reached(conference.start_at, now)):
        return Stage.SEE_PROGRAMME
    return Stage.BOOK_THE_DATE


def _is_reached(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def takes_registrations_at(conference: "ConferencePage", moment: datetime) -> bool:
    """Return whether anybody can register at a moment, here or on another site.

    There may be the waiting list alone.
    """
    if not (conference.takes_registrations or conference.join_url):
        return False
    opens = conference.registration_opens_at
    closes = conference.registration_closes_at or conference.start_at
    if opens is not None and moment < opens:
        return False
    return closes is None or moment < closes


def is_registration_open(conference: "ConferencePage") -> bool:
    """Return whether the form of this site takes registrations now."""
    if conference.is_cancelled or conference.is_past or not conference.takes_registrations:
        return False
    return takes_registrations_at(conference, timezone.now())
