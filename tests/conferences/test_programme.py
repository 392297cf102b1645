"""The programme of a conference.

Put together, filtered, laid out, and checked where it is written.
"""

import datetime
import re
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conferences.checks import find_problems
from conferences.models import ConferencePage
from conferences.moments import exists, moments
from conferences.programme import programme_of
from conferences.timetable import timetable_of
from ecca_site.uploads.models import CustomDocument
from tests import factories

from .programmes import DAY, add_conference, add_speaker, names, programme, session, stream, text_of

ZONE = ZoneInfo("Europe/Ljubljana")


# --- Put together --------------------------------------------------------------------------------
def test_sessions_stand_in_order_of_time_with_the_names_of_their_rooms_and_tracks(conferences):
    page = add_conference(
        conferences,
        session("11:00", "12:00", "Second", room="1", track="A"),
        session("09:00", "10:00", "First", room="9"),
        tracks=["A"], rooms=["1"],
    )  # fmt: skip
    first, second = programme_of(page).sessions
    assert [(s.title, s.room_name, s.track_name) for s in (first, second)] == [
        ("First", "9", ""), ("Second", "Room 1", "Track A"),
    ]  # fmt: skip
    assert first.start.isoformat() == "2031-06-10T09:00:00+02:00"


def test_an_evening_may_end_after_midnight():
    start, end = moments(DAY, datetime.time(22), datetime.time(0, 30), ZONE)
    assert (end - start).total_seconds() == 2.5 * 3600
    assert end.date() == DAY + datetime.timedelta(days=1)


def test_daylight_saving_is_that_of_each_moment():
    spring = datetime.date(2031, 3, 30)
    start, end = moments(spring, datetime.time(1, 30), datetime.time(3, 30), ZONE)
    assert (start.utcoffset(), end.utcoffset()) == (
        datetime.timedelta(hours=1),
        datetime.timedelta(hours=2),
    )
    assert not exists(datetime.datetime(2031, 3, 30, 2, 30, tzinfo=ZONE))
    assert exists(start)


def test_a_translation_says_when_and_where_as_the_source_does_and_what_in_its_own_words(
    conferences, slovenian
):
    speaker = add_speaker("Speaker from the cluster", role="Engineer")
    page = add_conference(
        conferences,
        session("09:00", "10:00", "Bricks", room="1", speakers=[speaker.pk]),
        rooms=["1", "2"],
    )
    translation = factories.translated(page, "sl", "Konferenca")
    raw = translation.programme.get_prep_value()
    raw[0]["value"]["sessions"][0]["value"]["title"] = "Opeka"
    translation.programme = raw
    translation.save_revision().publish()

    source = page.programme.get_prep_value()
    moved = source[0]["value"]["sessions"][0]["value"]
    moved["start"], moved["end"], moved["room"] = "14:00", "15:00", "2"
    item = {"type": "item", "id": str(uuid.uuid4()), "value": session("16:00", "17:00", "New")}
    source[0]["value"]["sessions"].append(item)
    page.programme = source
    page.save_revision().publish()

    old, new = programme_of(ConferencePage.objects.get(pk=translation.pk)).sessions
    assert (old.title, old.text_language, old.start.hour, old.room_name) == (
        "Opeka",
        "sl",
        14,
        "Room 2",
    )
    assert (new.title, new.text_language) == ("New", "en")
    assert [person.name for person in old.speakers] == ["Speaker from the cluster"]


def test_a_speaker_is_shown_in_the_readers_language_once_that_is_live_and_else_marked(
    conferences, slovenian, client
):
    speaker = add_speaker("Ana", role="Engineer")
    page = add_conference(conferences, session("09:00", "10:00", "Bricks", speakers=[speaker.pk]))
    translation = factories.translated(page, "sl", "Konferenca")
    own = speaker.copy_for_translation(slovenian.locale)
    own.role, own.live = "Inženirka", False
    own.save()
    assert '<span lang="en"><strong>Ana</strong>, Engineer' in text_of(
        client.get(translation.get_url())
    )
    own.save_revision().publish()
    cache.clear()
    html = text_of(client.get(translation.get_url()))
    assert "<span><strong>Ana</strong>, Inženirka" in html
    assert "Engineer" not in html


def test_a_session_gains_slides_and_recording(conferences, client):
    slides = CustomDocument.objects.create(
        title="Slides", file=ContentFile(b"%PDF-1.7", name="slides.pdf")
    )
    later = {"slides": slides.pk, "recording": "https://videos.example/1"}
    page = add_conference(
        conferences, session("09:00", "10:00", "Bricks", **later), session("10:00", "11:00", "B")
    )
    html = text_of(client.get(page.get_url()))
    assert html.count(f'<a href="{slides.url}">') == 1
    assert html.count('<a href="https://videos.example/1" rel="noopener">') == 1


def test_now_and_next_are_those_of_the_day(conferences):
    page = add_conference(
        conferences,
        session("09:00", "10:00", "A"),
        session("10:30", "11:00", "B"),
        session("11:00", "12:00", "C"),
    )
    made = programme_of(page)
    a, b, _c = (s.ref for s in made.sessions)
    at = datetime.datetime(2031, 6, 10, 9, 30, tzinfo=ZONE)
    assert made.now_and_next(at) == ({a}, {b})
    assert made.now_and_next(at - datetime.timedelta(days=1)) == (set(), set())


# --- Laid out ------------------------------------------------------------------------------------
def test_rooms_in_parallel_are_columns_and_what_runs_alone_goes_over_all(conferences):
    page = add_conference(
        conferences,
        session("09:00", "09:30", "Coffee", kind="break", room="F"),
        session("09:30", "10:30", "Long", room="1"),
        session("09:30", "10:00", "Short", room="2"),
        session("10:00", "10:30", "Next", room="2"),
        rooms=["2", "1"],
    )  # fmt: skip
    made = programme_of(page)
    table = timetable_of(made.days[0], made.rooms)
    assert table.columns == ["Room 2", "Room 1"]
    shown = [
        [(c.session.title, c.rows, c.columns) for c in row.cells if c.session] for row in table.rows
    ]
    assert shown == [[("Coffee", 1, 2)], [("Short", 1, 1), ("Long", 2, 1)], [("Next", 1, 1)]]


def test_every_session_has_one_cell_even_where_a_room_is_taken_twice(conferences):
    page = add_conference(
        conferences,
        session("09:00", "10:00", "A", room="1"),
        session("09:30", "10:30", "B", room="1"),
    )
    made = programme_of(page)
    rows = timetable_of(made.days[0], made.rooms).rows
    assert sorted(c.session.title for row in rows for c in row.cells if c.session) == ["A", "B"]
    width = {sum(c.columns for c in row.cells) for row in rows[:1]}
    assert width == {2}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["A", "B", "C"]),
        ({"track": "X"}, ["A"]),
        ({"kind": "panel"}, ["B"]),
        ({"language": "sl"}, ["B", "C"]),
        ({"language": "sl", "kind": "panel"}, ["B"]),
        ({"track": "nonsense"}, []),
        ({"kind": "'; DROP TABLE"}, []),
        ({"language": "xx"}, []),
    ],
)
def test_the_filter_narrows_and_refuses_what_is_no_choice(conferences, client, query, shown):
    page = add_conference(
        conferences,
        session("09:00", "10:00", "A", track="X"),
        session("10:00", "11:00", "B", kind="panel", language="sl"),
        session("11:00", "12:00", "C", interpretation=["sl"]),
        tracks=["X"],
    )  # fmt: skip
    response = client.get(page.get_url(), query)
    assert response.status_code == 200
    assert re.findall(r"<h4>(.)</h4>", response.content.decode()) == shown
    assert ("No session fits this choice." in text_of(response)) == (not shown)


@pytest.mark.whole
def test_sixty_sessions_cost_the_queries_of_one(conferences, client, settings):
    settings.PAGE_CACHE_SECONDS = 0
    speakers = [add_speaker(f"Speaker {number}") for number in range(6)]

    def many(number):
        return [
            session(f"{9 + n // 6:02}:{n % 6 * 10:02}", f"{9 + n // 6:02}:{n % 6 * 10 + 5:02}",
                    f"S{n}",
                    speakers=[speakers[n % 6].pk])
            for n in range(number)
        ]  # fmt: skip

    one, sixty = add_conference(conferences, *many(1)), add_conference(conferences, *many(48))
    costs = []
    for page in (one, sixty):
        address = f"{page.get_url()}?kind="  # a choice, for which nothing is kept
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        costs.append(len(queries))
    assert response.content.decode().count('class="session talk"') == 48
    assert costs == [5, 5]


# --- Checked -------------------------------------------------------------------------------------
def problems(*sessions, days=None, **keys):
    block = ConferencePage._meta.get_field("programme").stream_block
    values = [child.value for child in block.to_python(days or programme(*sessions))]
    frame = {
        "start_at": datetime.datetime(2031, 6, 10, 9, tzinfo=ZONE),
        "end_at": datetime.datetime(2031, 6, 11, 17, tzinfo=ZONE),
    }  # fmt: skip
    return find_problems(values, ZONE, **frame, **keys)


def test_a_programme_that_adds_up_has_no_problems(db):
    assert (
        problems(session("09:00", "10:00", "A", room="1"), session("10:00", "11:00", "B", room="1"))
        == {}
    )


def test_two_sessions_in_a_room_at_once_are_named(db):
    found = problems(
        session("09:00", "10:00", "Bricks", room="1"), session("09:30", "11:00", "Timber", room="1")
    )
    assert found == {(0, 1): {"room": "At that time “Bricks” (09:00) is in this room."}}


def test_a_cancelled_session_takes_no_room(db):
    assert not problems(
        session("09:00", "10:00", "A", room="1", is_cancelled=True),
        session("09:30", "11:00", "B", room="1"),
    )


def test_a_speaker_in_two_places_is_named(db):
    speaker = add_speaker("Engineer")
    found = problems(
        session("09:00", "10:00", "Bricks", room="1", speakers=[speaker.pk]),
        session("09:30", "11:00", "Timber", room="2", speakers=[speaker.pk]),
    )
    assert found == {(0, 1): {"speakers": "Engineer is in “Bricks” (09:00) at that time."}}


@pytest.mark.parametrize(("start", "end"), [("08:30", "09:30"), ("22:00", "21:00")])
def test_a_session_outside_the_conference_or_of_no_length_is_refused(db, start, end):
    assert list(problems(session(start, end, "Early"))) == [(0, 0)]


def test_a_session_after_the_last_day_is_outside(db):
    found = problems(
        days=programme(session("10:00", "11:00", "Late"), day=datetime.date(2031, 6, 12))
    )
    assert found[0, 0]["start"] == (
        "This is outside the conference, which lasts from 2031-06-10 09:00 to 2031-06-11 17:00."
    )


def test_a_key_that_the_page_does_not_list_is_refused(db):
    found = problems(session("09:00", "10:00", "A", room="3", track="Y"), rooms=["1"], tracks=["X"])
    assert found == {
        (0, 0): {
            "track": "“Y” is not in the list of this page.",
            "room": "“3” is not in the list of this page.",
        }
    }


def test_a_day_stands_in_the_programme_once(db):
    days = programme(session("09:00", "10:00", "A")) + programme(session("11:00", "12:00", "B"))
    assert problems(days=days) == {(1, None): {"date": "This day is in the programme already."}}


# --- Edited --------------------------------------------------------------------------------------
def form_data(page, **changes):
    from wagtail.test.utils.form_data import nested_form_data, streamfield

    sessions = changes.pop("sessions", [])
    rows = [
        {
            "value": {
                "start": s["start"], "end": s["end"], "kind": "talk", "title": s["title"],
                "abstract": "", "track": "",
                "room": s.get("room", ""), "language": "en", "interpretation": [], "slides": "",
                "recording": "",
                "speakers": {"count": "0"},
            },
            "id": "", "order": str(n), "deleted": "",
        }
        for n, s in enumerate(sessions)
    ]  # fmt: skip
    listed = {"count": str(len(rows)), **{str(n): row for n, row in enumerate(rows)}}
    day = {"date": "2031-06-10", "title": "", "sessions": listed}
    return nested_form_data(
        {
            "title": page.title, "slug": page.slug, "summary": "We meet.", "status": "planned",
            "start_at": "2031-06-10 09:00", "end_at": "2031-06-11 17:00",
            "timezone": "Europe/Ljubljana",
            "city": "Maribor", "country": "SI", "keep_months": "6", "consent_version": "1",
            "how_to_join": "null",
            "call_text": "null", "body": streamfield([]), "report": streamfield([]),
            "documents": streamfield([]),
            "tracks": streamfield([]), "rooms": streamfield([]),
            "programme": streamfield([("day", day)] if sessions else []),
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0", **changes,
        }
    )  # fmt: skip


def test_the_editor_says_what_clashes_beside_the_field_and_keeps_everything(
    conferences, admin_client
):
    page = add_conference(conferences)
    data = form_data(
        page,
        sessions=[
            session("09:00", "10:00", "Bricks", room="1"),
            session("09:30", "11:00", "Timber", room="1"),
        ],
    )
    response = admin_client.post(f"/cms/pages/{page.pk}/edit/", {**data, "action-submit": "1"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "At that time “Bricks” (09:00) is in this room." in html.replace("\\u201c", "“").replace(
        "\\u201d", "”"
    )
    assert "Timber" in html
    assert not ConferencePage.objects.get(pk=page.pk).get_latest_revision_as_object().programme
    assert admin_client.post(f"/cms/pages/{page.pk}/edit/", data).status_code == 302
    assert (
        len(ConferencePage.objects.get(pk=page.pk).get_latest_revision_as_object().programme) == 1
    )


def test_times_are_typed_in_the_zone_of_the_conference(conferences, admin_client):
    page = add_conference(conferences)
    data = form_data(page, timezone="Asia/Tokyo", sessions=[session("09:00", "10:00", "Bricks")])
    assert admin_client.post(f"/cms/pages/{page.pk}/edit/", data).status_code == 302
    draft = ConferencePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.start_at == datetime.datetime(2031, 6, 10, 0, tzinfo=datetime.UTC)
    assert draft.local_start.isoformat() == "2031-06-10T09:00:00+09:00"
    html = admin_client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert 'value="2031-06-10 09:00"' in html


def test_names_of_tracks_are_translated_and_their_keys_are_not(conferences):
    from wagtail_localize.models import StringSegment, TranslationSource

    page = add_conference(
        conferences, session("09:00", "10:00", "A", track="X", room="1"), tracks=["X"], rooms=["1"]
    )
    source, _created = TranslationSource.update_or_create_from_instance(page)
    texts = set(StringSegment.objects.filter(source=source).values_list("string__data", flat=True))
    assert {"Track X", "Room 1", "A"} <= texts
    assert not {"X", "1"} & texts


def test_an_unknown_key_of_an_older_programme_is_shown_as_it_stands(conferences):
    page = add_conference(conferences, session("09:00", "10:00", "A", room="Main hall"))
    assert programme_of(page).sessions[0].room_name == "Main hall"
    assert stream("rooms", names("room", "1"))[0].value["name"] == "Room 1"
