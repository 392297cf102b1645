"""The list of news: its order, its pages, its filter, and what it hides."""

import datetime
import re

import pytest
from django.core.cache import cache

from news.forms import NewsFilterForm
from news.models import NewsIndexPage, NewsPage, Topic
from tests import factories

from .hidden import hide_in_every_way

DAY = datetime.date(2026, 5, 1)


@pytest.fixture
def get(client):
    def get(page, query="", status=200):
        cache.clear()  # nothing is committed in a test, so that no stamp changes
        response = client.get(f"{page.get_url()}?{query}" if query else page.get_url())
        assert response.status_code == status
        return response

    return get


def titles(response):
    return re.findall(r"<h3[^>]*><a [^>]+>([^<]+)</a>", response.content.decode())


def add_many(news, number):
    """Add news of one day, which only their order of being made tells apart."""
    for place in range(number):
        factories.add_news(news, title=f"Item {place:02}", date=DAY)


# --- Order and pages -----------------------------------------------------------------------------
def test_news_come_newest_first_by_their_own_date(news, get):
    for day in (3, 9, 5):
        factories.add_news(news, title=f"Day {day}", date=datetime.date(2026, 5, day))
    factories.add_news(news, title="Last year", date=datetime.date(2025, 12, 31))
    assert titles(get(news)) == ["Day 9", "Day 5", "Day 3", "Last year"]


def test_news_of_one_day_stand_in_the_order_in_which_they_were_made(news, get):
    add_many(news, 3)
    first = NewsPage.objects.get(title="Item 00")
    first.save_revision().publish()  # publishing again moves nothing
    first.move(news, pos="last-child")
    assert titles(get(news)) == ["Item 00", "Item 01", "Item 02"]


def test_every_item_stands_on_one_page_and_none_on_two(news, get, monkeypatch):
    monkeypatch.setattr(NewsIndexPage, "page_size", 3)
    add_many(news, 7)
    pages = [titles(get(news, f"page={number}")) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [*pages[0], *pages[1], *pages[2]] == [f"Item {place:02}" for place in range(7)]


def test_a_page_holds_twelve(news, get):
    assert news.page_size == 12
    add_many(news, 12)
    assert "Pages of this list" not in get(news).content.decode()
    factories.add_news(news, title="One more", date=DAY)
    response = get(news)
    assert len(titles(response)) == 12
    assert 'href="?page=2"' in response.content.decode()
    assert titles(get(news, "page=2")) == ["One more"]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0", 3), ("-1", 3), ("4", 3), ("99999999999999999999", 3), ("x", 1), ("", 1), ("1.5", 1),
        ("2&page=1", 1), ("٢", 2),
    ],
)  # fmt: skip
def test_a_number_that_is_no_page_shows_the_first_or_the_last(
    news, get, monkeypatch, number, shown
):
    """As Django's paginator does: no number is the first page, none of theirs the last."""
    monkeypatch.setattr(NewsIndexPage, "page_size", 1)
    add_many(news, 3)
    assert titles(get(news, f"page={number}")) == [f"Item {shown - 1:02}"]


def test_the_pages_of_a_filtered_list_keep_the_filter(news, get, monkeypatch):
    monkeypatch.setattr(NewsIndexPage, "page_size", 1)
    for topic in ("events", "events", "funding"):
        factories.add_news(news, topic=topic)
    html = get(news, "topic=events").content.decode()
    assert 'href="?topic=events&amp;page=2"' in html
    assert "page=3" not in html


def test_a_list_without_news_says_so(news, get):
    html = get(news).content.decode()
    assert "There is no news here yet." in html
    assert "Pages of this list" not in html


# --- Filter --------------------------------------------------------------------------------------
def test_every_topic_finds_its_own_and_nothing_else(news, get):
    for topic in Topic:
        factories.add_news(news, title=f"About {topic.value}", topic=topic)
    for topic in Topic:
        response = get(news, f"topic={topic.value}")
        assert titles(response) == [f"About {topic.value}"]
        assert f'<option value="{topic.value}" selected>' in response.content.decode()
    assert len(titles(get(news, "topic="))) == len(Topic)


@pytest.mark.parametrize(
    "query",
    ["topic=x", "topic=Events", "topic=events'--", "topic=%F0%9F%98%80", "topic=" + "x" * 150],
)  # fmt: skip
def test_a_topic_that_there_is_not_finds_nothing_and_says_why(news, get, query):
    factories.add_news(news, title="An event", topic="events")
    response = get(news, query)
    assert titles(response) == []
    html = response.content.decode()
    assert "errorlist" in html
    assert "There is no news here yet." in html
    assert f'href="{news.get_url()}"' in html


@pytest.mark.parametrize("query", ["topic=events%00", "page=%00"])
def test_what_no_browser_sends_is_refused(news, get, query):
    get(news, query, status=400)


@pytest.mark.parametrize("query", ["year=2026", "topics=funding", "utm_source=x"])
def test_what_the_list_does_not_ask_for_changes_nothing(news, get, query):
    factories.add_news(news, title="An event", topic="events")
    assert titles(get(news, query)) == ["An event"]


def test_of_two_topics_the_last_one_counts(news, get):
    factories.add_news(news, title="An event", topic="events")
    factories.add_news(news, title="Money", topic="funding")
    assert titles(get(news, "topic=events&topic=funding")) == ["Money"]


def test_the_filter_says_what_may_be_asked(site):
    form = NewsFilterForm({})
    assert list(form.fields) == ["topic"]
    assert [value for value, _label in form.fields["topic"].choices] == ["", *Topic.values]


# --- What is hidden ------------------------------------------------------------------------------
def test_what_is_not_public_is_not_listed(news, get):
    hide_in_every_way(news)
    factories.add_news(news, title="Public")
    assert titles(get(news)) == ["Public"]


def test_a_change_that_waits_is_not_listed(news, get):
    page = factories.add_news(news, title="As it was", date=DAY)
    factories.add_news(news, title="Newer", date=DAY + datetime.timedelta(days=1))
    page.title, page.date, page.topic = "As it will be", DAY + datetime.timedelta(days=9), "funding"
    page.save_revision()
    assert titles(get(news)) == ["Newer", "As it was"]
    assert titles(get(news, "topic=funding")) == []


def test_what_is_translated_is_listed_once_in_each_language(news, slovenian, get):
    item = factories.add_news(news, title="Old bricks", date=DAY)
    factories.add_news(news, title="In English alone", date=DAY + datetime.timedelta(days=9))
    factories.translated(item, "sl", "Stare opeke")
    assert titles(get(slovenian)) == ["Stare opeke", "In English alone"]
    assert titles(get(news)) == ["In English alone", "Old bricks"]


def test_pages_go_through_the_own_language_before_the_others(news, slovenian, get, monkeypatch):
    monkeypatch.setattr(NewsIndexPage, "page_size", 2)
    items = [
        factories.add_news(news, title=f"Item {day}", date=datetime.date(2026, 5, day))
        for day in (1, 2, 3, 4)
    ]
    for item in items[:3]:
        factories.translated(item, "sl", f"{item.title} sl")
    assert titles(get(slovenian)) == ["Item 3 sl", "Item 2 sl"]
    assert titles(get(slovenian, "page=2")) == ["Item 1 sl", "Item 4"]


def test_a_draft_of_a_translation_leaves_the_original_in_its_place(news, slovenian, get):
    item = factories.add_news(news, title="Old bricks")
    item.copy_for_translation(slovenian.locale)
    assert titles(get(slovenian)) == ["Old bricks"]


def test_a_filter_finds_a_translation_by_the_topic_of_its_original(news, slovenian, get):
    item = factories.add_news(news, title="Old bricks", topic="events")
    factories.translated(item, "sl", "Stare opeke")
    item.topic = "funding"
    item.save_revision().publish()
    assert titles(get(slovenian, "topic=funding")) == ["Stare opeke"]
    assert titles(get(slovenian, "topic=events")) == []
