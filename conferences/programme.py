"""The programme of a conference as readers of a language see it.

Days, times, rooms and speakers come from the live source, so that a session that was moved is moved
in all languages at once; titles and abstracts come from the translation, and from the source where
there is none yet. A session is found again by the identifier of its block, of which visitors see
the first eight characters.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from ecca_site.i18n.languages import html_lang
from ecca_site.i18n.originals import are_originals
from ecca_site.uploads.models import CustomDocument

from .blocks import KINDS
from .models.speaker import Speaker
from .moments import as_time, moments
from .stored import StoredDay, Value, keys_of, names_of, stored_days

if TYPE_CHECKING:
    from .models import ConferencePage

REF_LENGTH = 8

Names = list[tuple[str, str]]  # keys of tracks or rooms and their names, in the page's order


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
    interpretation: list[str]
    speakers: list[Speaker]
    slides: CustomDocument | None
    recording: str
    is_cancelled: bool
    text_language: str  # the language of title and abstract

    @property
    def kind_label(self) -> str | Promise:
        return dict(KINDS).get(self.kind, "")

    @property
    def is_break(self) -> bool:
        return self.kind == "break"

    @property
    def html_lang(self) -> str:
        return html_lang(self.text_language)

    def overlaps(self, other: "Session") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass
class Day:
    date: date
    title: str
    text_language: str
    sessions: list[Session] = field(default_factory=list)

    @property
    def html_lang(self) -> str:
        return html_lang(self.text_language)


@dataclass
class Programme:
    days: list[Day]
    tracks: Names
    rooms: Names

    @cached_property
    def sessions(self) -> list[Session]:
        found = []
        for day in self.days:
            found += day.sessions
        return found

    @cached_property
    def languages(self) -> list[str]:
        """The codes of the languages that are spoken or interpreted into."""
        used: set[str] = set()
        for session in self.sessions:
            used |= {session.language, *session.interpretation}
        return [code for code, _name in settings.LANGUAGES if code in used]

    def chosen(self, refs: Iterable[str]) -> list[Session]:
        """Return the sessions of these references, in the order of the programme."""
        wanted = set(refs)
        return [session for session in self.sessions if session.ref in wanted]

    def now_and_next(self, moment: datetime | None = None) -> tuple[set[str], set[str]]:
        """Return the references of the sessions that are on, and of those that begin next.

        The next ones are those of the same day; ``moment`` is the present by default.
        """
        moment = moment or timezone.now()
        running = [session for session in self.sessions if not session.is_cancelled]
        now = {session.ref for session in running if session.start <= moment < session.end}
        coming = [session for session in running if session.start > moment]
        first = min((session.start for session in coming), default=None)
        if first is None or first.date() != moment.astimezone(first.tzinfo).date():
            return now, set()
        return now, {session.ref for session in coming if session.start == first}


def programme_of(conference: "ConferencePage") -> Programme:
    """Return the ``Programme`` of a conference page.

    It takes at most three queries: source, speakers and slides.
    """
    source = structure_of(conference)
    stored = stored_days(source)
    own = stored_days(conference)
    own_titles = {day.block_id: day.title for day in own}
    material = _material(source, conference, stored, own)
    days = []
    for each in stored:
        title = own_titles.get(each.block_id)
        day = Day(
            date=each.date,
            title=title or each.title,
            text_language=material.language if title else material.source_language,
        )
        sessions = [material.session(key, each.date, value) for key, value in each.sessions]
        day.sessions = sorted(sessions, key=lambda session: (session.start, session.end))
        days.append(day)
    return Programme(
        days=sorted(days, key=lambda day: day.date),
        tracks=list(material.tracks.items()),
        rooms=list(material.rooms.items()),
    )


def structure_of(conference: "ConferencePage") -> "ConferencePage":
    """Return the page that says when and where: the live source, or else the page itself."""
    sources = type(conference).objects.filter(
        are_originals(), translation_key=conference.translation_key, live=True
    )
    names = ("programme", "tracks", "rooms", "timezone", "locale__language_code", "translation_key")
    return (
        sources.select_related("locale").only(*names).exclude(pk=conference.pk).first()
        or conference
    )


# --- Sessions ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Material:
    """Everything that sessions are made from besides their rows in the source."""

    language: str
    source_language: str
    zone: tzinfo
    texts: dict[str, Value]  # of the page itself, by the identifiers of their blocks
    tracks: dict[str, str]
    rooms: dict[str, str]
    speakers: dict[int, Speaker]
    slides: dict[int, CustomDocument]

    def session(self, block_id: str, day: date, value: Value) -> Session:
        start, end = moments(day, as_time(value["start"]), as_time(value["end"]), self.zone)
        text = self.texts.get(block_id)
        words = value
        text_language = self.source_language
        if text and text.get("title"):
            words = text
            text_language = self.language
        track = value.get("track") or ""
        room = value.get("room") or ""
        speakers = keys_of(value.get("speakers"))
        slides = value.get("slides")
        return Session(
            ref=block_id[:REF_LENGTH],
            block_id=block_id,
            start=start,
            end=end,
            kind=value.get("kind") or "talk",
            title=words.get("title") or "",
            abstract=words.get("abstract") or "",
            track=track,
            track_name=self.tracks.get(track, track),
            room=room,
            room_name=self.rooms.get(room, room),
            language=value.get("language") or "",
            interpretation=list(value.get("interpretation") or ()),
            speakers=[self.speakers[key] for key in speakers if key in self.speakers],
            slides=self.slides.get(slides) if slides else None,
            recording=value.get("recording") or "",
            is_cancelled=bool(value.get("is_cancelled")),
            text_language=text_language,
        )


def _material(
    source: "ConferencePage",
    conference: "ConferencePage",
    stored: list[StoredDay],
    own: list[StoredDay],
) -> _Material:
    texts: dict[str, Value] = {}
    if source is not conference:
        for day in own:
            texts.update(day.sessions)
    speakers: set[int] = set()
    slides: set[int] = set()
    for day in stored:
        for _block_id, value in day.sessions:
            speakers.update(keys_of(value.get("speakers")))
            if value.get("slides"):
                slides.add(value["slides"])
    return _Material(
        language=conference.locale.language_code,
        source_language=source.locale.language_code,
        zone=source.zone,
        texts=texts,
        tracks=names_of(source.tracks, conference.tracks),
        rooms=names_of(source.rooms, conference.rooms),
        speakers=_speakers(speakers, conference.locale_id),
        slides=CustomDocument.objects.in_bulk(slides),
    )


def _speakers(pks: set[int], locale_id: int) -> dict[int, Speaker]:
    """Return the live speakers by the keys under which the source knows them.

    Each is the speaker of the given language where one is live in it, else the source's own. Nobody
    is shown who is not live in the source.
    """
    if not pks:
        return {}
    keys = Speaker.objects.filter(pk__in=pks).values("translation_key")
    translations = Q(translation_key__in=keys, locale=locale_id)
    found = Speaker.objects.live().filter(Q(pk__in=pks) | translations)
    rows = list(found.select_related("picture", "locale"))
    translated = {row.translation_key: row for row in rows if row.locale_id == locale_id}
    return {row.pk: translated.get(row.translation_key, row) for row in rows if row.pk in pks}
