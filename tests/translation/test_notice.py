"""Visitors of a translation read how old it is once its source has changed."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Context
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ecca_site.translation.models import TranslationState
from ecca_site.translation.staleness.notice import notice_on
from ecca_site.translation.submission.confirmation import confirm
from tests.translation.conftest import change, publish_translation

ORIGINAL = '<a href="/en/news/old-bricks/" lang="en" hreflang="en">'


@pytest.fixture
def slovenian(item):
    page = publish_translation(item, "sl")
    made = datetime.datetime(2026, 5, 3, 12, tzinfo=datetime.UTC)
    TranslationState.objects.filter(page_id=page.pk).update(translated_at=made)
    return page


def read(client, page):
    with translation.override(None):
        return client.get(page.get_url()).content.decode()


def test_a_translation_that_is_up_to_date_says_nothing(item, slovenian, client):
    assert "language-notice" not in read(client, slovenian)


def test_after_a_change_visitors_read_from_when_it_is_and_where_the_original_is(
    item, slovenian, client, django_capture_on_commit_callbacks
):
    read(client, slovenian)
    read(client, item)
    with django_capture_on_commit_callbacks(execute=True):
        change(item, summary="Bricks are used three times.", title="New bricks")
    html = read(client, slovenian)
    assert "3. maj 2026" in html
    assert html.partition("language-notice")[2].count(f"{ORIGINAL}New bricks</a>") == 1
    assert "language-notice" not in read(client, item)


def test_the_notice_is_in_the_language_of_the_page(item, slovenian, client):
    change(item, summary="Bricks are used three times.")
    with translation.override("sl"):
        wanted = translation.gettext("To the original:")
    assert wanted in read(client, slovenian)


def test_a_preview_carries_no_notice(item, slovenian, rf):
    change(item, summary="Bricks are used three times.")
    page = type(slovenian).objects.get(pk=slovenian.pk)
    request = rf.get(page.get_url())
    assert notice_on(Context({"page": page, "request": request}))["notice"]["state"].is_stale
    request.is_preview = True
    assert notice_on(Context({"page": page, "request": request})) is None


def test_a_minor_change_shows_nothing(item, slovenian, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        change(item, summary="Bricks are used agian.", minor=True)
    assert "language-notice" not in read(client, slovenian)


def test_confirming_the_translation_takes_the_notice_away(
    item, slovenian, client, admin_user, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        change(item, summary="Bricks are used three times.")
    assert "language-notice" in read(client, slovenian)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(slovenian, admin_user, "It says so already.")
    assert "language-notice" not in read(client, slovenian)


def test_a_new_translation_takes_the_notice_away(item, slovenian, client):
    item = change(item, summary="Bricks are used three times.")
    assert "language-notice" in read(client, slovenian)
    cache.clear()
    assert "language-notice" not in read(client, publish_translation(item, "sl"))


def test_an_original_that_is_offline_is_not_linked(item, slovenian, client):
    item = change(item, summary="Bricks are used three times.")
    item.unpublish()
    assert "/en/news/old-bricks/" not in read(client, slovenian)


def test_the_notice_costs_no_query(item, slovenian, client, settings):
    settings.PAGE_CACHE_SECONDS = 0

    def count():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            read(client, slovenian)
        return len(queries)

    count()
    before = count()
    change(item, summary="Bricks are used three times.")
    assert "language-notice" in read(client, slovenian)
    assert count() == before
