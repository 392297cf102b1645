"""The feeds of the news: what a feed reader makes of them, in RSS and in Atom."""

import datetime
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.utils import timezone

from news.feeds import NewsRssFeed
from news.models import NewsPage
from tests import factories

from .hidden import hide_in_every_way

ATOM = "{http://www.w3.org/2005/Atom}"
AWKWARD = "Bricks & <b>mortar</b> \"again\" ]]> &amp; 'Škofja Loka' – 日本"


def fetch(client, address, content_type):
    cache.clear()  # nothing is committed in a test, so that no stamp changes
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (
        200,
        f"{content_type}; charset=utf-8",
    )
    return ElementTree.fromstring(response.content)


def read_rss(client, code="en"):
    """Return a feed as feed readers see it: what it says of itself, and its entries."""
    root = fetch(client, f"/{code}/news.rss", "application/rss+xml")
    assert (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1)
    channel = root[0]
    own = channel.find(f"{ATOM}link")
    entries = [
        SimpleNamespace(
            title=item.findtext("title"),
            link=item.findtext("link"),
            key=item.findtext("guid"),
            text=item.findtext("description"),
            topics=[category.text for category in item.findall("category")],
            published=parsedate_to_datetime(item.findtext("pubDate")),
            updated=None,  # RSS has no such date of an entry
        )
        for item in channel.findall("item")
    ]
    return SimpleNamespace(
        title=channel.findtext("title"),
        text=channel.findtext("description"),
        link=channel.findtext("link"),
        own_link=own.get("href"),
        language=channel.findtext("language"),
        picture=channel.findtext("image/url"),
        updated=parsedate_to_datetime(channel.findtext("lastBuildDate")),
        entries=entries,
    )


def read_atom(client, code="en"):
    root = fetch(client, f"/{code}/news.atom", "application/atom+xml")
    assert root.tag == f"{ATOM}feed"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    entries = [
        SimpleNamespace(
            title=entry.findtext(f"{ATOM}title"),
            link=entry.find(f"{ATOM}link").get("href"),
            key=entry.findtext(f"{ATOM}id"),
            text=entry.findtext(f"{ATOM}summary"),
            topics=[category.get("term") for category in entry.findall(f"{ATOM}category")],
            published=datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}published")),
            updated=datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated")),
        )
        for entry in root.findall(f"{ATOM}entry")
    ]
    return SimpleNamespace(
        title=root.findtext(f"{ATOM}title"),
        text=root.findtext(f"{ATOM}subtitle"),
        link=links["alternate"],
        own_link=links["self"],
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        picture=root.findtext(f"{ATOM}logo"),
        updated=datetime.datetime.fromisoformat(root.findtext(f"{ATOM}updated")),
        key=root.findtext(f"{ATOM}id"),
        author=root.findtext(f"{ATOM}author/{ATOM}name"),
        entries=entries,
    )


both = pytest.mark.parametrize("read", [read_rss, read_atom])


@both
def test_a_feed_says_whose_it_is_and_who_pays(news, client, read):
    feed = read(client)
    form = "atom" if read is read_atom else "rss"
    assert feed.title == "ECCA news"
    assert "Co-funded by the COSME programme" in feed.text
    assert feed.link.endswith("/en/")
    assert feed.own_link.endswith(f"/en/news.{form}")
    assert feed.picture.endswith(".png")
    for address in (feed.link, feed.own_link, feed.picture):
        assert address.startswith("http://")


@both
def test_an_entry_says_what_the_news_say(news, client, read):
    page = factories.add_news(
        news,
        title="Old bricks",
        summary="Bricks are used again.",
        topic="funding",
        sample_note="Made up for the demo.",
        date=datetime.date(2026, 5, 1),
    )
    [entry] = read(client).entries
    assert (entry.title, entry.topics) == ("Old bricks", ["Funding"])
    assert entry.text == "Bricks are used again.\n\nMade up for the demo."
    assert entry.link == f"http://testserver{page.get_url()}"
    assert client.get(entry.link).status_code == 200
    assert timezone.localtime(entry.published).isoformat() == "2026-05-01T12:00:00+02:00"


@both
def test_nothing_that_is_typed_breaks_a_feed(news, client, read):
    factories.add_news(news, title=AWKWARD, summary=AWKWARD, sample_note=AWKWARD, slug="awkward")
    [entry] = read(client).entries
    assert (entry.title, entry.text) == (AWKWARD, f"{AWKWARD}\n\n{AWKWARD}")


@both
def test_a_letter_that_xml_cannot_hold_takes_no_feed_down(news, client, read):
    """A line break of a slide, as it comes from the clipboard."""
    factories.add_news(news, title="One\x0btwo", summary="Three\x0cfour", slug="slide")
    [entry] = read(client).entries
    assert (entry.title, entry.text) == ("One two", "Three four")


@both
def test_entries_come_newest_first_and_no_more_than_thirty(news, client, read, monkeypatch):
    for day in (3, 9, 5):
        factories.add_news(news, title=f"Day {day}", date=datetime.date(2026, 5, day))
    for number in range(2):
        factories.add_news(news, title=f"Same day {number}", date=datetime.date(2026, 5, 5))
    expected = ["Day 9", "Day 5", "Same day 0", "Same day 1", "Day 3"]
    assert [entry.title for entry in read(client).entries] == expected
    assert NewsRssFeed.item_limit == 30
    monkeypatch.setattr(NewsRssFeed, "item_limit", 3)
    factories.add_news(news, title="Newest", date=datetime.date(2026, 6, 1))
    titles = [entry.title for entry in read(client).entries]
    assert titles == ["Newest", "Day 9", "Day 5"]


@both
def test_a_language_has_its_own_feed_and_nothing_of_others(news, slovenian, client, read):
    item = factories.add_news(news, title="Old bricks", slug="old")
    factories.add_news(news, title="In English alone")
    factories.translated(item, "sl", "Stare opeke", summary="Opeke.")
    feed = read(client, "sl")
    assert (feed.language, feed.title) == ("sl", "Novice ECCA")
    assert [entry.title for entry in feed.entries] == ["Stare opeke"]
    assert "/sl/novice/" in feed.entries[0].link
    english = read(client)
    assert english.language == "en"
    assert {entry.title for entry in english.entries} == {"Old bricks", "In English alone"}


@both
def test_serbian_is_named_with_its_script(news, client, read):
    factories.home_of("sr-latn")
    assert read(client, "sr").language == "sr-Latn"


@both
def test_an_alias_is_no_translation(news, slovenian, client, read):
    """It holds the words of another language."""
    item = factories.add_news(news, title="Old bricks")
    locale = slovenian.locale
    item.copy_for_translation(locale, alias=True)
    assert NewsPage.objects.live().filter(locale=locale).exists()
    assert read(client, "sl").entries == []


@both
def test_what_is_not_public_is_in_no_feed(news, client, read):
    hide_in_every_way(news)
    assert read(client).entries == []


@both
def test_a_changed_entry_keeps_its_key_and_brings_the_feed_a_later_date(news, client, read):
    day = datetime.date(2026, 5, 1)
    pages = [factories.add_news(news, title=f"Item {number}", date=day) for number in range(2)]
    before = read(client)
    pages[0].title = "Item 0, told better"
    pages[0].save_revision().publish()
    after = read(client)
    assert [entry.key for entry in after.entries] == [entry.key for entry in before.entries]
    assert len({entry.key for entry in after.entries}) == 2
    assert [entry.published for entry in after.entries] == [
        entry.published for entry in before.entries
    ]
    changed = NewsPage.objects.get(pk=pages[0].pk).last_published_at.replace(microsecond=0)
    assert after.updated.replace(microsecond=0) == changed
    assert before.updated <= after.updated
    if read is read_atom:
        assert [entry.updated.replace(microsecond=0) for entry in after.entries] == [
            changed,
            pages[1].last_published_at.replace(microsecond=0),
        ]


def test_an_atom_feed_has_what_its_standard_asks_for(news, client):
    factories.add_news(news)
    feed = read_atom(client)
    assert feed.key == feed.own_link
    assert feed.author == "European Circular Construction Alliance"
    assert feed.updated.tzinfo is not None


@both
def test_a_feed_without_entries_is_still_one(news, client, read):
    feed = read(client)
    assert feed.entries == []
    assert feed.updated is not None
