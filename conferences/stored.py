"""The programme of a page as its streams keep it: plain values, in several older forms, too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from wagtail.blocks import StreamValue

from .moments import as_date

if TYPE_CHECKING:
    from .models import ConferencePage

Value = dict[str, Any]  # the fields of a block


@dataclass(frozen=True)
class StoredDay:
    """A day of the programme with its sessions, each with the identifier of its block."""

    block_id: str | None
    date: date
    title: str
    sessions: list[tuple[str, Value]]


def stored_days(conference: "ConferencePage") -> list[StoredDay]:
    """Return the days of a page as plain values.

    What lacks a date or a time is no part of the programme yet.
    """
    days: list[StoredDay] = []
    for row in conference.programme.get_prep_value():
        value = row["value"]
        day = as_date(value.get("date"))
        if not day:
            continue
        sessions = []
        for number, item in enumerate(value.get("sessions") or ()):
            session = _unwrapped(item)
            if session.get("start") and session.get("end"):
                # Items of an older list have no identifiers: their place has to do.
                block_id = item.get("id") if session is not item else None
                sessions.append((block_id or f"{len(days)}-{number}", session))
        days.append(StoredDay(row.get("id"), day, value.get("title") or "", sessions))
    return days


def _unwrapped(item: Any) -> Any:
    """Return the value of a list's item, which newer versions keep beside its identifier."""
    if isinstance(item, dict) and "value" in item:
        return item["value"]
    return item


def keys_of(items: Iterable[Any] | None) -> list[int]:
    """Return the primary keys of what a list chooses."""
    return [_unwrapped(item) for item in items or ()]


def names_of(source: StreamValue, own: StreamValue) -> dict[str, str]:
    """Return the names of tracks or rooms by their keys, in the page's language if it has them."""
    names = {row["value"]["key"]: row["value"]["name"] for row in source.get_prep_value()}
    own_names = {row["value"]["key"]: row["value"]["name"] for row in own.get_prep_value()}
    return {key: own_names.get(key) or name for key, name in names.items()}
