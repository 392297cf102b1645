"""From "book the date" to the report: what a conference asks of its visitors, by its status and the date."""

from enum import StrEnum

from django.utils import timezone


class Stage(StrEnum):
    BOOK_THE_DATE = "book-the-date"
    REGISTER = "register"
    SEE_PROGRAMME = "see-programme"
    READ_REPORT = "read-report"
    NOTHING = "nothing"  # cancelled, postponed, or over and without a report yet


def stage_of(conference):
    """Return the stage of a conference; a place in a list needs no body and no programme for it."""
    now = timezone.now()
    if conference.is_cancelled:
        return Stage.NOTHING
    if conference.is_past:
        return Stage.READ_REPORT if conference.report else Stage.NOTHING
    if takes_registrations_at(conference, now):
        return Stage.REGISTER
    has_begun = conference.registration_opens_at is not None and conference.registration_opens_at <= now
    if conference.programme and (has_begun or conference.start_at <= now):
        return Stage.SEE_PROGRAMME
    return Stage.BOOK_THE_DATE


def takes_registrations_at(conference, moment):
    """Whether anybody can register at a moment, here or on another site; there may be the waiting list alone."""
    if not (conference.takes_registrations or conference.join_url):
        return False
    opens, closes = conference.registration_opens_at, conference.registration_closes_at or conference.start_at
    return (opens is None or opens <= moment) and moment < closes


def is_registration_open(conference):
    """Whether the form of this site takes registrations now."""
    open_now = takes_registrations_at(conference, timezone.now())
    return conference.takes_registrations and open_now and not (conference.is_cancelled or conference.is_past)
