"""Programmes for tests: sessions by day, with the keys of rooms and tracks that they use."""

import datetime

from conferences.models import ConferencePage, Speaker
from tests import factories

DAY = datetime.date(2031, 6, 10)


def session(start, end, title, **values):
    return {"start": start, "end": end, "title": title, "kind": "talk", "language": "en", **values}


def stream(name, rows):
    block = ConferencePage._meta.get_field(name).stream_block
    value = block.to_python(rows)
    list(value)
    return block.to_python(block.get_prep_value(value))


def programme(*sessions, day=DAY, title=""):
    return [
        {"type": "day", "value": {"date": str(day), "title": title, "sessions": list(sessions)}}
    ]


def names(kind, *keys):
    return [{"type": kind, "value": {"key": key, "name": f"{kind.title()} {key}"}} for key in keys]


def add_conference(index, *sessions, tracks=(), rooms=(), days=None, **fields):
    """Add a live conference of 10 and 11 June 2031, 9:00–17:00 in Ljubljana, with these sessions on
    its first day.
    """
    fields["programme"] = stream("programme", days or (programme(*sessions) if sessions else []))
    fields["tracks"], fields["rooms"] = (
        stream("tracks", names("track", *tracks)),
        stream("rooms", names("room", *rooms)),
    )
    return factories.add_conference(index, **fields)


def add_speaker(name, **fields):
    from wagtail.models import Locale

    fields.setdefault("locale", Locale.get_default())
    speaker = Speaker.objects.create(name=name, **fields)
    speaker.save_revision().publish()
    return speaker


def text_of(response):
    return " ".join(response.content.decode().split())
