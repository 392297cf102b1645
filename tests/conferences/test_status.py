"""Status and dates are one truth in all languages; texts go live by their own review alone."""

import datetime
import json
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from conferences.models import ConferencePage, Status
from conferences.stages import Stage, is_registration_open
from tests import factories

from .programmes import add_conference, programme, session, stream, text_of

LATER = datetime.datetime(2032, 3, 1, 8, tzinfo=datetime.UTC)


@pytest.fixture
def pair(conferences, slovenian):
    """A conference and its live Slovenian translation."""
    page = add_conference(conferences, status=Status.CONFIRMED)
    return page, factories.translated(page, "sl", "Gradimo", summary="Srečamo se.")


def test_a_cancelled_source_is_cancelled_in_every_language_at_once(
    pair, client, django_capture_on_commit_callbacks
):
    page, translation = pair
    assert "Confirmed" in text_of(client.get(page.get_url()))
    before = text_of(client.get(translation.get_url()))
    with django_capture_on_commit_callbacks(execute=True):
        factories.change(page, status=Status.CANCELLED, summary="Changed words")
    after = client.get(translation.get_url())
    html = after.content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert '<span class="tag cancelled">' in html
    assert before != text_of(after)
    listed = client.get("/sl/konference/").content.decode()
    assert '<span class="tag cancelled">' in listed
    assert "STATUS:CANCELLED" in client.get("/sl/conferences.ics").content.decode()
    assert "Changed words" not in html, "no text of the source"
    assert "Gradimo" in html


def test_no_unapproved_text_goes_live_with_the_status(
    pair, client, django_capture_on_commit_callbacks
):
    page, translation = pair
    draft = ConferencePage.objects.get(pk=translation.pk)
    draft.summary = "Ni še odobreno."
    draft.save_revision()
    with django_capture_on_commit_callbacks(execute=True):
        factories.change(
            page,
            status=Status.POSTPONED,
            start_at=LATER,
            end_at=LATER + datetime.timedelta(hours=8),
        )
    live = ConferencePage.objects.get(pk=translation.pk)
    assert (live.summary, live.status, live.start_at) == ("Srečamo se.", Status.POSTPONED, LATER)
    assert "Ni še odobreno." not in client.get(translation.get_url()).content.decode()


def test_a_draft_from_before_the_cancellation_does_not_bring_the_old_status_back(pair):
    page, translation = pair
    draft = ConferencePage.objects.get(pk=translation.pk)
    draft.summary = "Odobreno pozneje."
    revision = draft.save_revision()
    factories.change(page, status=Status.CANCELLED)
    revision.publish()
    live = ConferencePage.objects.get(pk=translation.pk)
    assert (live.summary, live.status) == ("Odobreno pozneje.", Status.CANCELLED)


def test_a_status_that_is_only_a_draft_changes_nothing(pair):
    page, translation = pair
    page.status = Status.CANCELLED
    page.save_revision()
    translation.save_revision().publish()
    assert ConferencePage.objects.get(pk=translation.pk).status == Status.CONFIRMED


def test_a_conference_without_a_source_keeps_its_own_facts(slovenian):
    only = factories.add_conference(slovenian, status=Status.PLANNED)
    assert factories.change(only, status=Status.CANCELLED).status == Status.CANCELLED


# --- A new date ----------------------------------------------------------------------------------
MOVED = {
    "status": Status.RESCHEDULED,
    "start_at": LATER,
    "end_at": LATER + datetime.timedelta(hours=8),
}


def data_of(page, client):
    cache.clear()
    html = client.get(page.get_url()).content.decode()
    return json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1]), " ".join(html.split())


def test_a_rescheduled_conference_says_in_every_language_when_it_was_to_begin(pair, client):
    page, translation = pair
    factories.change(page, **MOVED)
    data, html = data_of(page, client)
    assert (data["startDate"], data["previousStartDate"]) == (
        "2032-03-01T09:00:00+01:00",
        "2031-06-10T09:00:00+02:00",
    )
    assert "It was to begin on 10 June 2031 at 09:00." in html
    data, html = data_of(translation, client)
    assert (data["startDate"], data["previousStartDate"]) == (
        "2032-03-01T09:00:00+01:00",
        "2031-06-10T09:00:00+02:00",
    )
    assert "Prvotno napovedani začetek: 10. junij 2031 ob 09:00." in html


def test_the_former_date_is_the_last_one_that_was_public(pair, client):
    page, _translation = pair
    factories.change(page, status=Status.POSTPONED)
    draft = ConferencePage.objects.get(pk=page.pk)
    draft.start_at += datetime.timedelta(hours=3)
    draft.save_revision()  # never approved
    factories.change(page, **MOVED)
    factories.change(page, summary="Other words, the same date.")
    assert data_of(page, client)[0]["previousStartDate"] == "2031-06-10T09:00:00+02:00"
    factories.change(page, start_at=LATER + datetime.timedelta(hours=1))
    assert data_of(page, client)[0]["previousStartDate"] == "2032-03-01T09:00:00+01:00"


def test_who_approves_a_translation_of_before_takes_no_former_date_away(pair, client):
    page, translation = pair
    old = ConferencePage.objects.get(pk=translation.pk).save_revision()
    factories.change(page, **MOVED)
    old.publish()
    assert data_of(translation, client)[0]["previousStartDate"] == "2031-06-10T09:00:00+02:00"


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.CANCELLED])
def test_without_the_status_no_former_date_is_told(pair, client, status):
    page, _translation = pair
    factories.change(page, **MOVED | {"status": status})
    data, html = data_of(page, client)
    assert "previousStartDate" not in data
    assert "It was to begin" not in html


def test_a_date_that_was_never_public_is_no_former_date(conferences):
    page = factories.add_conference(conferences, live=False, first_published_at=None)
    assert factories.change(page, **MOVED).previous_start_at is None


# --- In words and to machines --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "words", "event"),
    [
        (Status.PLANNED, "Planned", "EventScheduled"),
        (Status.CONFIRMED, "Confirmed", "EventScheduled"),
        (Status.RESCHEDULED, "Rescheduled", "EventRescheduled"),
        (Status.POSTPONED, "Postponed", "EventPostponed"),
        (Status.CANCELLED, "Cancelled", "EventCancelled"),
        (Status.PAST, "Past", "EventScheduled"),
    ],
)
def test_every_status_is_said_in_words_and_to_machines(conferences, client, status, words, event):
    page = add_conference(conferences, status=status)
    html = client.get(page.get_url()).content.decode()
    assert f'<span class="tag {status}">{words}</span>' in html
    assert f"https://schema.org/{event}" in html
    listed = client.get(conferences.get_url()).content.decode()
    assert f'<span class="tag {status}">{words}</span>' in listed
    assert f"Status: {words}" in client.get("/en/conferences.ics").content.decode()


# --- What visitors are asked to do ---------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "stage"),
    [
        ({}, Stage.BOOK_THE_DATE),
        ({"join_url": "https://elsewhere.example/"}, Stage.REGISTER),
        ({"takes_registrations": True, "consent_text": "Yes."}, Stage.REGISTER),
        ({"takes_registrations": True, "consent_text": "Yes.", "registration_opens_at": LATER},
            Stage.BOOK_THE_DATE),
        ({"takes_registrations": True, "consent_text": "Yes.", "status": Status.CANCELLED},
            Stage.NOTHING),
        ({"status": Status.POSTPONED}, Stage.NOTHING),
        ({"status": Status.PAST}, Stage.NOTHING),
        ({"status": Status.PAST, "report": [("paragraph", "<p>So it was.</p>")]},
            Stage.READ_REPORT),
    ],
)  # fmt: skip
def test_the_call_follows_status_and_date(conferences, client, values, stage):
    page = add_conference(conferences, **values)
    assert page.stage == stage
    html = client.get(page.get_url()).content.decode()
    labels = {
        "book-the-date": "Book the date",
        "register": "Register",
        "read-report": "Read the report",
    }
    found = re.findall(r'class="cluster stage">\s*<a class="button" [^>]+>(.*?)</a>', html, re.S)
    shown = [re.sub("<[^>]+>", "", text).strip() for text in found]
    assert shown == ([labels[stage]] if stage != Stage.NOTHING else [])


def test_once_registration_is_over_the_programme_is_what_to_see(conferences):
    now = timezone.now()
    page = add_conference(
        conferences,
        session("09:00", "10:00", "A"),
        takes_registrations=True,
        consent_text="Yes.",
        registration_opens_at=now - datetime.timedelta(days=9),
        registration_closes_at=now - datetime.timedelta(days=1),
    )
    assert page.stage == Stage.SEE_PROGRAMME
    assert not is_registration_open(page)


def test_a_past_conference_keeps_its_address_and_gains_its_report(conferences, client):
    page = add_conference(conferences, report=[("paragraph", "<p>So it was.</p>")])
    address = page.get_url()
    assert "So it was." not in client.get(address).content.decode()
    past = datetime.datetime(2020, 5, 5, 8, tzinfo=datetime.UTC)
    page = factories.change(
        page, start_at=past, end_at=past + datetime.timedelta(hours=8),
        programme=stream("programme", programme(session("10:00", "11:00", "A"), day=past.date())),
    )  # fmt: skip
    assert page.get_url() == address
    cache.clear()
    html = client.get(address).content.decode()
    assert '<section id="report"' in html
    assert "So it was." in html
    assert "Past" in html
