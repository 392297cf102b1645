"""Mistakes in a programme, such as two sessions in a room at once or a time that is outside.

A problem is told beside the field that it concerns. A check therefore returns ``{(day, session):
{field: message}}`` with the places of the day and of the session in the editor; a session of None
is the day itself.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StructValue
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from ecca_site.i18n.dates import localized_time

from .moments import exists, moments

Place = tuple[int, int | None]
Problems = dict[Place, dict[str, str]]


@dataclass(frozen=True)
class Limits:
    """The limits that the sessions of a conference have to keep to."""

    zone: tzinfo
    frame: tuple[datetime, datetime] | None  # of the conference, once both are known
    keys: dict[str, set[str]]  # that the page lists, by the field that names one of them


def find_problems(
    days: Iterable[StructValue],
    zone: tzinfo,
    *,
    start_at: datetime | None = None,
    end_at: datetime | None = None,
    tracks: Iterable[str] = (),
    rooms: Iterable[str] = (),
) -> Problems:
    """Return the problems of a programme, given as the values of its ``DayBlock``s.

    Without keys of tracks or rooms any key passes.
    """
    frame = (start_at, end_at) if start_at and end_at else None
    limits = Limits(zone, frame, {"track": set(tracks), "room": set(rooms)})
    found: Problems = {}
    seen = set()
    for number, day in enumerate(days):
        if day["date"] is None:
            continue  # the field itself says that it is missing
        if day["date"] in seen:
            found[number, None] = {"date": _("This day is in the programme already.")}
        seen.add(day["date"])
        for place, problems in _problems_of_day(day, limits).items():
            found[number, place] = problems
    return found


def _problems_of_day(day: StructValue, limits: Limits) -> dict[int, dict[str, str]]:
    found = {}
    earlier: list[tuple[StructValue, datetime, datetime]] = []
    for place, session in enumerate(day["sessions"]):
        if session["start"] is None or session["end"] is None:
            continue  # the fields themselves say what is missing
        start, end = moments(day["date"], session["start"], session["end"], limits.zone)
        problems = _problems_of_time(start, end, limits) | _unknown_keys(session, limits)
        if not session.get("is_cancelled"):
            for other, other_start, other_end in earlier:
                if start < other_end and other_start < end:
                    problems |= _clash(session, other, other_start)
            earlier.append((session, start, end))
        if problems:
            found[place] = problems
    return found


def _problems_of_time(start: datetime, end: datetime, limits: Limits) -> dict[str, str]:
    if end <= start:
        return {"end": _("A session ends after it starts.")}
    if not (exists(start) and exists(end)):
        return {"start": _("Clocks do not show this time on that day: summer time begins.")}
    if limits.frame is None:
        return {}
    first, last = limits.frame
    if first <= start and end <= last:
        return {}
    text = _("This is outside the conference, which lasts from %(start)s to %(end)s.")
    return {"start": text % {"start": _stamp(first, limits.zone), "end": _stamp(last, limits.zone)}}


def _unknown_keys(session: StructValue, limits: Limits) -> dict[str, str]:
    problems = {}
    for field, known in limits.keys.items():
        key = session[field]
        if key and known and key not in known:
            problems[field] = _("“%(key)s” is not in the list of this page.") % {"key": key}
    return problems


def _clash(session: StructValue, other: StructValue, other_start: datetime) -> dict[str, str]:
    """Return what two sessions at the same time share and must not."""
    problems = {}
    named = {"title": other["title"], "time": localized_time(other_start)}
    if session["room"] and session["room"] == other["room"]:
        problems["room"] = _("At that time “%(title)s” (%(time)s) is in this room.") % named
    speakers = {speaker.pk: speaker.name for speaker in session["speakers"] if speaker}
    others = [speaker.pk for speaker in other["speakers"] if speaker]
    shared = [speakers[pk] for pk in others if pk in speakers]
    if shared:
        text = _("%(name)s is in “%(title)s” (%(time)s) at that time.")
        problems["speakers"] = text % {"name": ", ".join(shared), **named}
    return problems


def _stamp(moment: datetime, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.date().isoformat()} {localized_time(local)}"


def as_block_errors(problems: Problems) -> StreamBlockValidationError:
    """Return the problems as the one error that Wagtail's editor shows at each field."""
    days: dict[int, dict[str, ValidationError]] = defaultdict(dict)
    sessions: dict[int, dict[int, ValidationError]] = defaultdict(dict)
    for (day, session), fields in problems.items():
        errors = {field: _field_error(field, message) for field, message in fields.items()}
        if session is None:
            days[day] |= errors
        else:
            sessions[day][session] = StructBlockValidationError(block_errors=errors)
    for day, errors_of_day in sessions.items():
        days[day]["sessions"] = ListBlockValidationError(block_errors=errors_of_day)
    return StreamBlockValidationError(
        block_errors={
            day: StructBlockValidationError(block_errors=errors) for day, errors in days.items()
        }
    )


def _field_error(field: str, message: str) -> ValidationError:
    if field == "speakers":
        return ListBlockValidationError(non_block_errors=[ValidationError(message)])
    return ValidationError(message)
