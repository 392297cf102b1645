"""Which sequence number a calendar entry has: it rises with every change of time, place, title or status."""

from datetime import UTC

from conferences.models import CalendarEntry
from conferences.programme import programme_of


def update_entries(source):
    """Compare what calendars were last told of a conference with its page as it is now published."""
    wanted = {"": facts_of_conference(source)}
    wanted |= {session.block_id[:36]: facts_of_session(session, source) for session in programme_of(source).sessions}
    entries = {
        entry.ref: entry
        for entry in CalendarEntry.objects.select_for_update().filter(translation_key=source.translation_key)
    }
    CalendarEntry.objects.bulk_create(
        [
            CalendarEntry(translation_key=source.translation_key, ref=ref, facts=facts)
            for ref, facts in wanted.items()
            if ref not in entries
        ],
        ignore_conflicts=True,
    )
    for ref, entry in entries.items():
        facts, is_gone = wanted.get(ref, entry.facts), ref not in wanted
        if facts != entry.facts or is_gone != entry.is_gone:
            entry.facts, entry.is_gone, entry.sequence = facts, is_gone, entry.sequence + 1
            entry.save(update_fields=["facts", "is_gone", "sequence"])


def facts_of_conference(conference):
    return {
        "start": _utc(conference.start_at),
        "end": _utc(conference.end_at),
        "place": ", ".join(filter(None, [conference.venue_name, conference.city])),
        "title": conference.title,
        "status": conference.status,
    }


def facts_of_session(session, conference):
    return {
        "start": _utc(session.start),
        "end": _utc(session.end),
        "place": session.room_name,
        "title": session.title,
        "status": "cancelled" if session.is_cancelled or conference.is_cancelled else conference.status,
    }


def _utc(moment):
    return moment.astimezone(UTC).isoformat(timespec="minutes")


def entries_of(translation_keys):
    """Return ``{(translation key, block): entry}`` of these conferences, by one query."""
    entries = CalendarEntry.objects.filter(translation_key__in=translation_keys)
    return {(entry.translation_key, entry.ref): entry for entry in entries}
