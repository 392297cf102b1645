"""The written programme is kept, and never older than what is published or what is on."""

import datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone

from conferences import shown_programme

from .programmes import add_conference, programme, session, stream


@pytest.fixture
def read(monkeypatch, settings):
    """Return how often programmes were read."""
    settings.PAGE_CACHE_SECONDS = 0
    read = []
    programme_of = shown_programme.programme_of

    def noted(page):
        read.append(page)
        return programme_of(page)

    monkeypatch.setattr(shown_programme, "programme_of", noted)
    return read


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_read_once_and_looks_the_same_every_time(conferences, client, read):
    page = add_conference(conferences, session("09:00", "10:00", "Bricks"))
    first = text(client, page.get_url())
    assert "Bricks" in first
    assert text(client, page.get_url()) == first
    assert len(read) == 1


def test_what_is_published_is_seen_at_once(
    conferences, client, read, django_capture_on_commit_callbacks
):
    page = add_conference(conferences, session("09:00", "10:00", "Bricks"))
    text(client, page.get_url())
    page.programme = stream("programme", programme(session("09:00", "10:00", "Timber")))
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    shown = text(client, page.get_url())
    assert "Timber" in shown
    assert "Bricks" not in shown


def test_a_part_of_it_is_not_kept(conferences, client, read):
    page = add_conference(conferences, session("09:00", "10:00", "Bricks"))
    for _time in range(2):
        assert "No session fits" in text(client, f"{page.get_url()}?kind=workshop")
    assert len(read) == 2
    assert "Bricks" in text(client, page.get_url())


def test_a_draft_is_neither_kept_nor_shown_the_kept_one(conferences, client, read):
    page = add_conference(conferences, session("09:00", "10:00", "Bricks"))
    text(client, page.get_url())
    page.programme = stream("programme", programme(session("09:00", "10:00", "Secret")))
    request = page.make_preview_request(RequestFactory().get("/"), "")
    assert "Secret" in request.render().content.decode()
    assert "Secret" not in text(client, page.get_url())


def test_while_it_goes_on_it_is_kept_for_the_minute(conferences, client, read, monkeypatch):
    page = add_conference(conferences, session("09:00", "10:00", "Bricks"))
    moment = page.start_at

    def marks(shown):
        return shown.count('class="tag now">'), shown.count('class="tag next">')

    monkeypatch.setattr(timezone, "now", lambda: moment - datetime.timedelta(hours=1))
    assert marks(text(client, page.get_url())) == (0, 1)
    monkeypatch.setattr(timezone, "now", lambda: moment + datetime.timedelta(minutes=1))
    assert marks(text(client, page.get_url())) == (1, 0)
