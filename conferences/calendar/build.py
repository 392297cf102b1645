"""Calendars by RFC 5545.

The texts are those of a language, times and status those of the conference.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import cast

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration, vText, vUri

from conferences.models import CalendarEntry, ConferencePage, Status
from conferences.models.status import OFF
from conferences.programme import Session
from ecca_site.i18n.countries import country_name, language_name
from ecca_site.i18n.languages import html_lang

DOMAIN = "conferences.ecca"  # of the UIDs: not that of the site, which may change
REFRESH = timedelta(hours=6)
# The rules of a time zone are told for a year before and after what is in the calendar.
YEAR = timedelta(days=366)

# RFC 5545 knows no postponement: at the old date there is nothing, so the entry is cancelled until
# there is a new one.
STATUS = {Status.PLANNED: "TENTATIVE", Status.CANCELLED: "CANCELLED", Status.POSTPONED: "CANCELLED"}


def make_calendar(name: str, events: list[Event], address: str = "") -> bytes:
    """Return the bytes of a calendar.

    ``address`` is where it is kept up to date, for those who subscribe.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//ECCA//Conferences//{html_lang(get_language()).upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    statement = funding()
    if statement:
        calendar.add("description", vText(statement))
        calendar.add("x-wr-caldesc", vText(statement))
    if address:
        calendar.add("url", vUri(address))
        source = vUri(address)
        source.params["VALUE"] = "URI"
        calendar.add("source", source)
        refresh = vDuration(REFRESH)
        refresh.params["VALUE"] = "DURATION"
        calendar.add("refresh-interval", refresh)
        calendar.add("x-published-ttl", vDuration(REFRESH).to_ical().decode())
    for event in events:
        calendar.add_component(event)
    if events:
        first = min(event.decoded("dtstart").date() for event in events)
        last = max(event.decoded("dtend").date() for event in events)
        calendar.add_missing_timezones(first_date=first - YEAR, last_date=last + YEAR)
    return calendar.to_ical()


def funding() -> str:
    """Return the funding statement of the project in the active language."""
    return render_to_string("conferences/calendar/funding.txt").strip()


def conference_event(
    conference: ConferencePage, entry: CalendarEntry | None, address: str
) -> Event:
    """Return the entry of a conference as a whole."""
    place = [
        conference.venue_name,
        conference.venue_address,
        conference.city,
        country_name(conference.country),
    ]
    event = _event(
        uid=f"{conference.translation_key}@{DOMAIN}",
        conference=conference,
        entry=entry,
        # Only drafts lack them.
        start=cast("datetime", conference.local_start),
        end=cast("datetime", conference.local_end),
        status=STATUS.get(conference.status, "CONFIRMED"),
        title=_with_status(conference.title, conference.status),
        lines=[conference.summary, _status_line(conference), conference.sample_note],
        language=conference.locale.language_code,
        address=address,
    )
    event.add("location", ", ".join(filter(None, place)))
    return event


def session_event(
    conference: ConferencePage, session: Session, entry: CalendarEntry | None, address: str
) -> Event:
    """Return the entry of one session."""
    status = STATUS.get(conference.status, "CONFIRMED")
    title = _with_status(session.title, conference.status)
    if session.is_cancelled or conference.is_cancelled:
        status = "CANCELLED"
    if session.is_cancelled:
        title = _with_status(session.title, Status.CANCELLED)
    event = _event(
        uid=f"{conference.translation_key}-{session.block_id}@{DOMAIN}",
        conference=conference,
        entry=entry,
        start=session.start,
        end=session.end,
        status=status,
        title=title,
        lines=[
            _kind_line(conference, session),
            session.abstract,
            "; ".join(speaker.name for speaker in session.speakers),
            _language_line(session),
            conference.sample_note,
        ],
        language=session.text_language,
        address=address,
    )
    place = [session.room_name, conference.venue_name, conference.city]
    event.add("location", ", ".join(filter(None, place)))
    return event


def gone_event(conference: ConferencePage, entry: CalendarEntry, address: str) -> Event:
    """Return the entry of a session that left the programme, so that calendars strike it out."""
    zone = conference.zone
    return _event(
        uid=f"{conference.translation_key}-{entry.ref}@{DOMAIN}",
        conference=conference,
        entry=entry,
        start=datetime.fromisoformat(entry.facts["start"]).astimezone(zone),
        end=datetime.fromisoformat(entry.facts["end"]).astimezone(zone),
        status="CANCELLED",
        title=_with_status(entry.facts["title"], Status.CANCELLED),
        lines=[conference.title],
        language=conference.locale.language_code,
        address=address,
    )


def _event(
    *,
    uid: str,
    conference: ConferencePage,
    entry: CalendarEntry | None,
    start: datetime,
    end: datetime,
    status: str,
    title: str,
    lines: Iterable[str],
    language: str,
    address: str,
) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", entry.sequence if entry else 0)
    changed = (conference.last_published_at or timezone.now()).astimezone(UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("status", status)
    event.add("transp", "TRANSPARENT" if status == "CANCELLED" else "OPAQUE")
    description = "\n\n".join(filter(None, [*lines, funding()]))
    for name, text in (("summary", title), ("description", description)):
        value = vText(text)
        value.params["LANGUAGE"] = html_lang(language)
        event.add(name, value)
    event.add("url", vUri(address))
    return event


def _with_status(title: str, status: object) -> str:
    if status in OFF:
        return f"{Status(status).label}: {title}"
    return title


def _kind_line(conference: ConferencePage, session: Session) -> str:
    parts = (conference.title, session.kind_label, session.track_name)
    return ", ".join(str(part) for part in parts if part)


def _language_line(session: Session) -> str:
    if not session.language:
        return ""
    return _("Language: %(language)s") % {"language": language_name(session.language)}


def _status_line(conference: ConferencePage) -> str:
    return _("Status: %(status)s") % {"status": conference.shown_status.label}
