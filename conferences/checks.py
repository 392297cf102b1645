"""What cannot be in a programme: two sessions in a room at once, a speaker in two places, a time outside.

A problem is told beside the field that it concerns, so a check returns ``{(day, session): {field: message}}`` with the
places of the day and of the session in the editor; a session of None is the day itself.
"""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from ecca_site.core.dates import localized_time

from .moments import exists, moments


def find_problems(days, zone, *, start_at=None, end_at=None, tracks=(), rooms=()):
    """Check the days of a programme (values of ``DayBlock``); without keys of tracks or rooms any key passes."""
    found = defaultdict(dict)
    seen = set()
    for number, day in enumerate(days):
        if day["date"] in seen:
            found[number, None]["date"] = _("This day is in the programme already.")
        seen.add(day["date"])
        _check_day(number, day, zone, (start_at, end_at), {"track": set(tracks), "room": set(rooms)}, found)
    return dict(found)


def _check_day(number, day, zone, frame, keys, found):
    earlier = []
    for place, session in enumerate(day["sessions"]):
        if day["date"] is None or session["start"] is None or session["end"] is None:
            continue  # the fields themselves say what is missing
        start, end = moments(day["date"], session["start"], session["end"], zone)
        problems = found[number, place]
        if end <= start:
            problems["end"] = _("A session ends after it starts.")
        elif not (exists(start) and exists(end)):
            problems["start"] = _("Clocks do not show this time on that day: summer time begins.")
        elif (frame[0] and start < frame[0]) or (frame[1] and end > frame[1]):
            problems["start"] = _("This is outside the conference, which lasts from %(start)s to %(end)s.") % {
                "start": _stamp(frame[0], zone), "end": _stamp(frame[1], zone)
            }  # fmt: skip
        for field, known in keys.items():
            if session[field] and known and session[field] not in known:
                problems[field] = _("“%(key)s” is not in the list of this page.") % {"key": session[field]}
        if not session.get("is_cancelled"):
            for other, other_start, other_end in earlier:
                if start < other_end and other_start < end:
                    problems |= _clash(session, other, other_start)
            earlier.append((session, start, end))
        if not problems:
            del found[number, place]


def _clash(session, other, other_start):
    """Return what two sessions at the same time share and must not."""
    problems = {}
    named = {"title": other["title"], "time": localized_time(other_start)}
    if session["room"] and session["room"] == other["room"]:
        problems["room"] = _("At that time “%(title)s” (%(time)s) is in this room.") % named
    both = {speaker.pk: speaker.name for speaker in session["speakers"] if speaker}
    shared = [both[speaker.pk] for speaker in other["speakers"] if speaker and speaker.pk in both]
    if shared:
        problems["speakers"] = _("%(name)s is in “%(title)s” (%(time)s) at that time.") % {
            "name": ", ".join(shared), **named
        }  # fmt: skip
    return problems


def _stamp(moment, zone):
    local = moment.astimezone(zone)
    return f"{local.date().isoformat()} {localized_time(local)}"


def as_block_errors(problems):
    """Return the problems as the one error that Wagtail's editor shows at each field."""
    days = defaultdict(dict)
    for (day, session), fields in problems.items():
        errors = {field: _field_error(field, message) for field, message in fields.items()}
        if session is None:
            days[day] |= errors
        else:
            days[day].setdefault("sessions", {})[session] = StructBlockValidationError(block_errors=errors)
    return StreamBlockValidationError(
        block_errors={
            day: StructBlockValidationError(
                block_errors={
                    name: ListBlockValidationError(block_errors=error) if name == "sessions" else error
                    for name, error in errors.items()
                }
            )
            for day, errors in days.items()
        }
    )


def _field_error(field, message):
    if field == "speakers":
        return ListBlockValidationError(non_block_errors=[ValidationError(message)])
    return ValidationError(message)
