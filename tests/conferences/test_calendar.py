"""Calendars, read back by a library that did not write them."""

import datetime
import uuid
from urllib.parse import urlencode

import pytest
import vobject

from conferences.models import CalendarEntry, ConferencePage, Status
from conferences.programme import programme_of
from tests import factories
from tests.many import copy_many

from .programmes import add_conference, session


def read(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies
    text = response.content.decode()
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75, (
        "RFC 5545: lines are folded"
    )
    return vobject.readOne(text)


@pytest.fixture(autouse=True)
def _no_kept_pages(settings):
    settings.PAGE_CACHE_SECONDS = 0


def build_building(conferences):
    bricks = session("09:00", "10:00", "Bricks", room="1")
    timber = session("10:00", "11:00", "Timber; old, new")
    fields = {"rooms": ["1"], "status": Status.CONFIRMED, "title": "Building"}
    return add_conference(conferences, bricks, timber, **fields)


@pytest.fixture(scope="module")
def kept_building(keep, kept_conferences):
    return keep(lambda: build_building(kept_conferences()))


@pytest.fixture
def building(kept_building, site):
    return kept_building()


def address(building, name):
    return f"/en/conference/{building.pk}/{name}"


def refs_of(building):
    return [item.ref for item in programme_of(ConferencePage.objects.get(pk=building.pk)).sessions]


def test_a_conference_has_uid_times_zone_status_and_the_funding_line(building, client):
    calendar = read(client.get(address(building, "calendar.ics")))
    event = calendar.vevent
    assert event.uid.value == f"{building.translation_key}@conferences.ecca"
    assert event.summary.value == "Building"
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Ljubljana"]
    assert event.dtstart.value.astimezone(datetime.UTC) == building.start_at
    assert event.dtend.value.astimezone(datetime.UTC) == building.end_at
    assert event.status.value == "CONFIRMED"
    assert event.sequence.value == "0"
    assert "Co-funded by the COSME programme" in event.description.value
    assert "Co-funded by the COSME programme" in calendar.contents["x-wr-caldesc"][0].value
    assert calendar.vtimezone.contents["tzid"][0].value == "Europe/Ljubljana"


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "Europe/Warsaw"])
def test_a_zone_is_told_so_that_others_compute_the_same_moment(conferences, client, zone):
    building = add_conference(conferences, timezone=zone)
    event = read(client.get(address(building, "calendar.ics"))).vevent
    assert event.dtstart.value.astimezone(datetime.UTC) == building.start_at


def test_a_session_stands_alone(building, client):
    first, second = refs_of(building)
    event = read(client.get(address(building, f"session/{second}.ics"))).vevent
    assert event.summary.value == "Timber; old, new"
    assert event.location.value == "Maribor"
    assert (
        event.uid.value
        != read(client.get(address(building, f"session/{first}.ics"))).vevent.uid.value
    )


def test_what_somebody_picked_is_in_the_address_alone(building, client):
    first, second = refs_of(building)
    shown = client.get(address(building, "my-programme/"), {"s": [second]})
    html = shown.content.decode()
    assert not shown.cookies
    assert "Timber" in html
    assert "Bricks" not in html
    calendar = read(client.get(address(building, "my-programme.ics"), {"s": [first, second]}))
    assert [event.summary.value for event in calendar.vevent_list] == ["Bricks", "Timber; old, new"]


def test_the_sequence_rises_with_every_change_that_matters_and_only_then(building, client):
    uid = read(client.get(address(building, "calendar.ics"))).vevent.uid.value
    building = factories.change(building, summary="Other words.")
    assert read(client.get(address(building, "calendar.ics"))).vevent.sequence.value == "0"
    building = factories.change(building, start_at=building.start_at - datetime.timedelta(hours=1))
    event = read(client.get(address(building, "calendar.ics"))).vevent
    assert (event.sequence.value, event.uid.value) == ("1", uid)
    building = factories.change(building, status=Status.CANCELLED)
    event = read(client.get(address(building, "calendar.ics"))).vevent
    assert (event.sequence.value, event.status.value) == ("2", "CANCELLED")
    assert event.summary.value == "Cancelled: Building"


def test_a_moved_session_keeps_its_uid_and_raises_its_sequence(building, client):
    first, _second = refs_of(building)
    before = read(client.get(address(building, f"session/{first}.ics"))).vevent
    raw = building.programme.get_prep_value()
    raw[0]["value"]["sessions"][0]["value"] |= {"start": "14:00", "end": "15:00"}
    building = factories.change(building, programme=raw)
    after = read(client.get(address(building, f"session/{first}.ics"))).vevent
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert before.uid.value == after.uid.value
    assert after.dtstart.value.hour == 14


def test_a_session_that_left_the_programme_is_cancelled_for_subscribers(building, client):
    first, second = refs_of(building)
    raw = building.programme.get_prep_value()
    del raw[0]["value"]["sessions"][0]
    factories.change(building, programme=raw)
    calendar = read(client.get(address(building, "my-programme.ics"), {"s": [first, second]}))
    states = {
        event.summary.value: (event.status.value, event.sequence.value)
        for event in calendar.vevent_list
    }
    assert states == {
        "Timber; old, new": ("CONFIRMED", "0"),
        "Cancelled: Bricks": ("CANCELLED", "1"),
    }
    assert (
        "1 session that you chose is no longer in the programme."
        in client.get(address(building, "my-programme/"), {"s": [first]}).content.decode()
    )


def test_sessions_of_a_cancelled_conference_are_cancelled(building, client):
    factories.change(building, status=Status.POSTPONED)
    calendar = read(client.get(address(building, "programme.ics")))
    assert {event.status.value for event in calendar.vevent_list} == {"CANCELLED"}


def test_texts_are_those_of_the_readers_language(building, slovenian, client):
    translation = factories.translated(building, "sl", "Gradimo")
    raw = translation.programme.get_prep_value()
    raw[0]["value"]["sessions"][0]["value"]["title"] = "Opeka"
    factories.change(translation, programme=raw)
    english, own = (
        read(client.get(f"/{code}/conference/{building.pk}/programme.ics")) for code in ("en", "sl")
    )
    assert [event.summary.value for event in own.vevent_list] == ["Opeka", "Timber; old, new"]
    assert own.vevent_list[0].summary.params["LANGUAGE"] == ["sl"]
    assert [event.uid.value for event in own.vevent_list] == [
        event.uid.value for event in english.vevent_list
    ]
    assert (
        read(client.get(f"/sl/conference/{building.pk}/calendar.ics")).vevent.summary.value
        == "Gradimo"
    )


def test_the_feed_holds_every_live_conference_once(building, conferences, slovenian, client):
    other = add_conference(conferences, title="Other")
    factories.translated(other, "sl", "Druga")
    add_conference(conferences, title="Hidden").unpublish()
    titles = {event.summary.value for event in read(client.get("/en/conferences.ics")).vevent_list}
    assert titles == {"Building", "Other"}
    titles = {event.summary.value for event in read(client.get("/sl/conferences.ics")).vevent_list}
    assert titles == {"Building", "Druga"}


@pytest.mark.whole
def test_300_conferences_cost_the_queries_of_3(
    building, conferences, client, django_assert_num_queries, settings
):
    settings.PAGE_CACHE_SECONDS = 0
    copy_many(building, 2)
    client.get("/en/conferences.ics")
    with django_assert_num_queries(2):
        assert len(read(client.get("/en/conferences.ics")).vevent_list) == 3
    copy_many(building, 297)
    with django_assert_num_queries(2):
        assert len(read(client.get("/en/conferences.ics")).vevent_list) == 300


def test_an_empty_feed_is_a_calendar(conferences, client):
    for page in ConferencePage.objects.all():
        page.delete()
    response = client.get("/en/conferences.ics")
    assert response.content.startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("calendar.ics", 200),
        ("session/00000000.ics", 404),
        (f"session/{'a' * 300}.ics", 404),
        ("my-programme.ics", 404),
        ("my-programme.ics?s=00000000", 404),
        ("my-programme.ics?s=%27%3B--", 400),
        (
            "my-programme.ics?" + urlencode([("s", uuid.UUID(int=n).hex[-8:]) for n in range(201)]),
            400,
        ),
        ("my-programme/", 200),
        ("my-programme/?s=%F0%9F%8F%97", 400),
        ("my-programme/?s=" + "a" * 9, 400),
    ],
)
def test_bad_addresses_get_an_answer(building, client, path, status):
    assert client.get(address(building, path)).status_code == status


@pytest.mark.parametrize("number", ["0", "999999999999999999", "9" * 19, "9" * 40, "-1", "x"])
def test_a_conference_that_is_not_there_is_not_found(building, client, number):
    for name in (
        "calendar.ics",
        "programme.ics",
        "my-programme/",
        "register/",
        "contribute/",
        "registered/",
    ):
        assert client.get(f"/en/conference/{number}/{name}").status_code == 404


def test_calendars_are_only_read(building, client):
    assert client.post("/en/conferences.ics").status_code == 405
    assert client.post(address(building, "my-programme/")).status_code == 405


def test_the_entries_are_kept_once_for_all_languages(building, slovenian):
    translation = factories.translated(building, "sl", "Gradimo")
    translation.save_revision().publish()
    assert CalendarEntry.objects.filter(translation_key=building.translation_key).count() == 3
