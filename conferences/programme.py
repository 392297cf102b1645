"""The programme of a conference as readers of a language see it.

Days, times, rooms and speakers come from the live source, so that a session that was moved is moved in all languages
at once; titles and abstracts come from the translation, and from the source where there is none yet. A session is
found again by the identifier of its block, of which visitors see the first eight characters.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from ecca_site.core.languages import html_lang
from ecca_site.core.models import CustomDocument

from .blocks import KINDS
from .moments import as_date, as_time, moments

REF_LENGTH = 8


@dataclass
class Session:
    ref: str
    block_id: str
    start: datetime
    end: datetime
    kind: str
    title: str
    abstract: str
    track: str  # key
    track_name: str
    room: str  # key
    room_name: str
    language: str
    interpretation: list
    speakers: list
    slides: CustomDocument | None
    recording: str
    is_cancelled: bool
    text_language: str  # the language of title and abstract

    @property
    def kind_label(self):
        return dict(KINDS).get(self.kind, "")

    @property
    def is_break(self):
        return self.kind == "break"

    @property
    def html_lang(self):
        return html_lang(self.text_language)

    def overlaps(self, other):
        return self.start < other.end and other.start < self.end


@dataclass
class Day:
    date: date
    title: str
    text_language: str
    sessions: list = field(default_factory=list)

    @property
    def html_lang(self):
        return html_lang(self.text_language)


@dataclass
class Programme:
    days: list
    tracks: list  # key and name, in the page's order
    rooms: list

    @cached_property
    def sessions(self):
        return [session for day in self.days for session in day.sessions]

    @cached_property
    def languages(self):
        """Codes of the languages that are spoken or interpreted into."""
        used = {code for session in self.sessions for code in (session.language, *session.interpretation)}
        return [code for code, _name in settings.LANGUAGES if code in used]

    def find(self, ref):
        return next((session for session in self.sessions if session.ref == ref), None)

    def chosen(self, refs):
        wanted = set(refs)
        return [session for session in self.sessions if session.ref in wanted]

    def now_and_next(self, moment=None):
        """Return the references of the sessions that are on, and of those that begin next on the same day."""
        moment = moment or timezone.now()
        running = [s for s in self.sessions if not s.is_cancelled]
        now = {session.ref for session in running if session.start <= moment < session.end}
        coming = [session for session in running if session.start > moment]
        first = min((session.start for session in coming), default=None)
        if first is None or first.date() != moment.astimezone(first.tzinfo).date():
            return now, set()
        return now, {session.ref for session in coming if session.start == first}


def programme_of(conference):
    """Return the ``Programme`` of a conference page, by at most three queries: source, speakers, slides."""
    source = structure_of(conference)
    own_days, days = _days(conference), _days(source)
    texts = {key: value for day in own_days for key, value in day["sessions"]} if source is not conference else {}
    day_titles = {day["id"]: day["title"] for day in own_days}
    tracks, rooms = _names(source.tracks, conference.tracks), _names(source.rooms, conference.rooms)
    rows = [value for day in days for _key, value in day["sessions"]]
    speakers = _speakers({pk for row in rows for pk in _items(row.get("speakers"))}, conference.locale_id)
    slides = CustomDocument.objects.in_bulk({row["slides"] for row in rows if row.get("slides")})
    own, other = conference.locale.language_code, source.locale.language_code
    made = []
    for day in days:
        title = day_titles.get(day["id"])
        shown = Day(day["date"], title or day["title"], own if title else other)
        for key, value in day["sessions"]:
            shown.sessions.append(
                _session(key, day["date"], value, texts.get(key), (own, other), source.zone)
                | {
                    "track_name": tracks.get(value.get("track"), value.get("track") or ""),
                    "room_name": rooms.get(value.get("room"), value.get("room") or ""),
                    "speakers": [speakers[pk] for pk in _items(value.get("speakers")) if pk in speakers],
                    "slides": slides.get(value.get("slides")),
                }
            )
        shown.sessions = sorted((Session(**values) for values in shown.sessions), key=lambda s: (s.start, s.end))
        made.append(shown)
    return Programme(sorted(made, key=lambda day: day.date), list(tracks.items()), list(rooms.items()))


def structure_of(conference):
    """Return the page that says when and where: the live source, or the page itself where it is the source."""
    if conference.locale.language_code == settings.LANGUAGE_CODE:
        return conference
    sources = type(conference).objects.filter(
        translation_key=conference.translation_key, locale__language_code=settings.LANGUAGE_CODE, live=True
    )
    names = ("programme", "tracks", "rooms", "timezone", "locale__language_code", "translation_key")
    return sources.select_related("locale").only(*names).first() or conference


def _days(conference):
    """Return the days of a page as plain values; what lacks a date or a time is no part of the programme yet."""
    days = []
    for row in conference.programme.get_prep_value():
        value = row["value"]
        day = {"id": row.get("id"), "date": as_date(value.get("date")), "title": value.get("title") or ""}
        items = (item if "value" in item else {"value": item} for item in value.get("sessions") or ())
        day["sessions"] = [
            (item.get("id") or f"{len(days)}-{number}", item["value"])
            for number, item in enumerate(items)
            if item["value"].get("start") and item["value"].get("end")
        ]
        if day["date"]:
            days.append(day)
    return days


def _items(values):
    return [value["value"] if isinstance(value, dict) else value for value in values or ()]


def _names(source, own):
    names = {row["value"]["key"]: row["value"]["name"] for row in source.get_prep_value()}
    own_names = {row["value"]["key"]: row["value"]["name"] for row in own.get_prep_value()}
    return {key: own_names.get(key) or name for key, name in names.items()}


def _speakers(pks, locale_id):
    """Return the speakers by the keys under which the source knows them, in a language where they are live in it."""
    from .models import Speaker  # which needs this app's blocks

    if not pks:
        return {}
    chosen = Speaker.objects.filter(pk__in=pks)
    keys = chosen.values("translation_key")
    translations = Q(translation_key__in=keys, locale=locale_id, live=True)
    rows = list(Speaker.objects.filter(Q(pk__in=pks) | translations).select_related("picture", "locale"))
    translated = {row.translation_key: row for row in rows if row.locale_id == locale_id}
    return {row.pk: translated.get(row.translation_key, row) for row in rows if row.pk in pks}


def _session(key, day, value, text, languages, zone):
    own, other = languages
    start, end = moments(day, as_time(value["start"]), as_time(value["end"]), zone)
    is_own = own == other or bool(text and text.get("title"))
    words = text if text and is_own else value
    return {
        "ref": key[:REF_LENGTH],
        "block_id": key,
        "start": start,
        "end": end,
        "kind": value.get("kind") or "talk",
        "title": words.get("title") or "",
        "abstract": words.get("abstract") or "",
        "track": value.get("track") or "",
        "room": value.get("room") or "",
        "language": value.get("language") or "",
        "interpretation": list(value.get("interpretation") or ()),
        "recording": value.get("recording") or "",
        "is_cancelled": bool(value.get("is_cancelled")),
        "text_language": own if is_own else other,
    }
