"""The sequence numbers of calendar entries.

A number rises with every change of time, place, title or status (RFC 5545, 3.8.7.4).
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from conferences.models import CalendarEntry, ConferencePage
from conferences.programme import Session, programme_of

REF_LENGTH = 36  # of a block's identifier, as the entry keeps it

Facts = dict[str, str]


def update_entries(source: ConferencePage) -> None:
    """Bring the entries of a conference to what its page says now that it is published."""
    wanted = {"": facts_of_conference(source)}
    for session in programme_of(source).sessions:
        wanted[session.block_id[:REF_LENGTH]] = facts_of_session(session, source)
    key = source.translation_key
    stored = CalendarEntry.objects.select_for_update().filter(translation_key=key)
    entries = {entry.ref: entry for entry in stored}
    new = [
        CalendarEntry(translation_key=key, ref=ref, facts=facts)
        for ref, facts in wanted.items()
        if ref not in entries
    ]
    CalendarEntry.objects.bulk_create(new, ignore_conflicts=True)
    for ref, entry in entries.items():
        facts = wanted.get(ref, entry.facts)
        is_gone = ref not in wanted
        if facts == entry.facts and is_gone == entry.is_gone:
            continue
        entry.facts = facts
        entry.is_gone = is_gone
        entry.sequence += 1
        entry.save(update_fields=["facts", "is_gone", "sequence"])


def facts_of_conference(conference: ConferencePage) -> Facts:
    """Return the facts of a conference of which every change raises its number."""
    return {
        "start": _utc(conference.start_at),
        "end": _utc(conference.end_at),
        "place": ", ".join(filter(None, [conference.venue_name, conference.city])),
        "title": conference.title,
        "status": conference.status,
    }


def facts_of_session(session: Session, conference: ConferencePage) -> Facts:
    """Return the facts of a session of which every change raises its number."""
    is_off = session.is_cancelled or conference.is_cancelled
    return {
        "start": _utc(session.start),
        "end": _utc(session.end),
        "place": session.room_name,
        "title": session.title,
        "status": "cancelled" if is_off else conference.status,
    }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="minutes")


def entries_of(translation_keys: Iterable[UUID]) -> dict[tuple[UUID, str], CalendarEntry]:
    """Return ``{(translation key, block): entry}`` of these conferences, by one query."""
    entries = CalendarEntry.objects.filter(translation_key__in=translation_keys)
    return {(entry.translation_key, entry.ref): entry for entry in entries}
