"""The reader index says what the pages say, at every moment."""

import datetime
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from ecca_site.delivery.models import ReaderEntry, ReaderFacet, ReaderText
from ecca_site.delivery.reader_index import is_complete
from news.models import NewsPage
from partners.models import PartnerPage
from tests import factories
from tests.left_out import SEED
from tests.races import MARKS, at_once

from .shown import check_index

LANGUAGES = ("en", "sl", "pl")
TURNS = [0, *(pytest.param(number, marks=pytest.mark.whole) for number in range(1, 5))]


@pytest.fixture
def news(db):
    index = factories.add_news_index(factories.home_of())
    for code in LANGUAGES[1:]:
        factories.home_of(code)
        factories.translated(index, code, slug=f"news-{code}")
    return index


def shown(item):
    entries = ReaderEntry.objects.filter(translation_key=item.translation_key)
    return {
        entry.language_code: (entry.page.locale.language_code, entry.is_elsewhere)
        for entry in entries.select_related("page__locale")
    }


def test_a_page_is_shown_in_every_language_until_there_is_a_translation(news):
    item = factories.add_news(news)
    assert shown(item)["sl"] == ("en", True)
    slovenian = factories.translated(item, "sl")
    assert shown(item)["sl"] == ("sl", False)
    assert shown(item)["pl"] == ("en", True)
    slovenian.unpublish()
    assert shown(item)["sl"] == ("en", True)
    check_index()


def test_nothing_stands_in_the_place_of_an_original_that_was_withdrawn(news):
    item = factories.add_news(news)
    factories.translated(item, "sl")
    item.unpublish()
    assert set(shown(item)) == {"sl"}
    check_index()


def test_where_the_original_was_never_public_another_language_is_shown(news):
    item = NewsPage(title="Draft", summary="Words", topic="events", locale=news.locale, live=False)
    news.add_child(instance=item)
    assert shown(item) == {}
    factories.translated(item, "pl")
    assert shown(item)["sl"] == ("pl", True)
    check_index()


def test_what_is_deleted_is_shown_nowhere_and_makes_room_for_others(news):
    item = factories.add_news(news)
    factories.translated(item, "sl")
    Page.objects.get(pk=item.pk).specific.delete()
    assert shown(item)["en"] == ("sl", True)
    check_index()


def test_an_alias_is_no_translation(news):
    item = factories.add_news(news)
    item.copy_for_translation(Locale.objects.get(language_code="sl"), alias=True)
    assert shown(item)["sl"] == ("en", True)
    check_index()


def test_a_draft_changes_nothing(news):
    item = factories.add_news(news)
    item.date = datetime.date(2020, 1, 1)
    item.save_revision()
    entry = ReaderEntry.objects.get(page=item, language_code="en")
    assert entry.date.date() == datetime.date(2026, 5, 1)
    item.save_revision().publish()
    entry.refresh_from_db()
    assert entry.date.date() == datetime.date(2020, 1, 1)
    check_index()


def test_facets_and_words_follow_a_profile(news):
    partner = factories.add_partner(
        factories.add_partner_index(factories.home_of()), title="Łódź cluster", themes=["design"]
    )
    assert answers(partner, "theme") == ["design"]
    assert "lodz cluster" in ReaderText.objects.get(page=partner).text
    partner.themes = ["construction", "retrofit"]
    partner.save_revision().publish()
    assert answers(partner, "theme") == ["construction", "retrofit"]
    check_index()


def answers(partner, question):
    facets = ReaderFacet.objects.filter(page=partner, question=question).order_by("answer")
    return list(facets.values_list("answer", flat=True))


def test_names_stand_in_the_order_of_each_alphabet(news):
    index = factories.add_partner_index(factories.home_of())
    for title in ("Zora", "Čebela", "Cement", "Dom"):
        factories.add_partner(index, title=title)
    by_language = {}
    for code in ("en", "sl"):
        found = PartnerPage.objects.shown_in(code)[:]
        by_language[code] = [partner.title for partner in found]
    assert by_language["sl"] == ["Cement", "Čebela", "Dom", "Zora"]
    assert by_language["en"] == ["Čebela", "Cement", "Dom", "Zora"]


def test_a_profile_costs_no_more_queries_where_there_are_more_languages(news):
    item = factories.add_news(news)
    costs = []
    for code in LANGUAGES[1:]:
        page = factories.translated(item, code)
        page.title += "!"
        with CaptureQueriesContext(connection) as queries:
            page.save()
        costs.append(sum("delivery_reader" in query["sql"] for query in queries))
    assert costs[0] == costs[1] <= 2


def test_what_went_wrong_is_found_and_made_anew(news):
    item = factories.add_news(news)
    ReaderEntry.objects.filter(page=item, language_code="sl").delete()
    Page.objects.filter(pk=item.pk).update(title="Renamed")
    with pytest.raises(CommandError, match="7 rows"):
        call_command("rebuild_reader_index", check=True)
    call_command("rebuild_reader_index")
    out = StringIO()
    call_command("rebuild_reader_index", check=True, stdout=out)
    assert out.getvalue() == "The index is as the pages say.\n"


def test_a_language_that_is_new_in_the_settings_is_missed(news):
    assert is_complete()
    ReaderEntry.objects.filter(language_code="pt").delete()
    assert not is_complete()


@pytest.mark.parametrize("number", TURNS)
def test_after_anything_the_index_is_as_the_pages_say(news, number):
    chance = random.Random(f"{SEED}/{number}")
    items = [factories.add_news(news) for _item in range(3)]
    for _step in range(25):
        do_something(chance, chance.choice(items), chance.choice(LANGUAGES))
        check_index()


def do_something(chance, item, code):
    page = NewsPage.objects.filter(
        translation_key=item.translation_key, locale__language_code=code
    ).first()
    original = NewsPage.objects.filter(
        translation_key=item.translation_key, locale__language_code="en"
    ).first()
    if page is None:
        if original is not None:
            locale = Locale.objects.get(language_code=code)
            original.copy_for_translation(locale, alias=chance.random() < 0.3)
        return
    act = chance.choice(("publish", "unpublish", "save", "delete", "rename", "make real"))
    if act == "publish" and not page.alias_of:
        page.topic = chance.choice(("events", "funding"))
        page.save_revision().publish()
    elif act == "unpublish":
        page.unpublish()
    elif act == "save" and not page.alias_of:
        page.title = f"Title {chance.random()}"
        page.save_revision()
    elif act == "rename":
        page.title = f"Title {chance.random()}"
        page.save(update_fields=["title"])
    elif act == "make real" and page.alias_of:
        page.alias_of = None
        page.save()
    elif act == "delete" and chance.random() < 0.2:
        page.delete()


@pytest.mark.parametrize("number", range(5))
@pytest.mark.usefixtures("transactional_db")
class TestAtOnce:
    pytestmark = MARKS

    def test_two_languages_of_a_page(self, number):
        index = factories.add_news_index(factories.home_of())
        factories.home_of("sl")
        factories.translated(index, "sl", slug="novice")
        item = NewsPage(title="D", summary="W", topic="events", locale=index.locale, live=False)
        index.add_child(instance=item)
        other = item.copy_for_translation(Locale.objects.get(language_code="sl"))
        versions = [item.save_revision(), other.save_revision()]
        assert at_once(*[version.publish for version in versions]) == [None, None]
        assert shown(item)["sl"] == ("sl", False)
        assert shown(item)["en"] == ("en", False)
        check_index()
