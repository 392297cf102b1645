"""A page that was written first in another language than the site's own is an original."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.delivery.versions import language_stamp
from ecca_site.i18n.models import FirstLanguage
from ecca_site.i18n.originals import (
    are_originals,
    first_language,
    is_original,
    original_of,
    originals_among,
)
from ecca_site.translation.languages.setup import pages_to_prepare
from ecca_site.translation.models import TranslationState
from ecca_site.translation.staleness.publications import rebuild
from ecca_site.translation.submission.requests import locales_for, request_translation
from ecca_site.translation.submission.submit import submit
from news.models import NewsPage
from tests import factories

from .conftest import backlog, change, fill, publish_translation

FORM = {"slug": "stare-opeke", "date": "2026-05-01", "topic": "events", "action-submit": "1"}
BOARD = "/cms/translations/"


def locale(code):
    return Locale.objects.get(language_code=code)


@pytest.fixture
def novice(news):
    """The Slovenian news list, which is a translation."""
    return news.get_translation(locale("sl")).specific


@pytest.fixture
def opeke(novice):
    """A news item that was written in Slovenian and that no other language has."""
    return factories.add_news(novice, title="Stare opeke", slug="stare-opeke", summary="Zid.")


@pytest.fixture
def english(opeke):
    """Its translation into English."""
    return publish_translation(opeke, "en")


def get(client, address):
    cache.clear()
    return client.get(address)


def approve(page, user):
    state = page.specific.current_workflow_task_state
    state.task.specific.on_action(state, user, "approve")


# --- The whole way -------------------------------------------------------------------------------
def test_from_the_first_draft_to_its_translations(novice, person, client):
    editor = person("editor", roles.EDITOR.name)
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", novice.pk])
    texts = {"title": "Stare opeke", "summary": "Zid.", "body": streamfield([])}
    assert client.post(address, nested_form_data(FORM | texts)).status_code == 302
    page = NewsPage.objects.get()
    assert (page.locale.language_code, page.live, is_original(page)) == ("sl", False, True)
    assert locales_for(editor, page) == {}, "a draft is translated by nobody"

    approve(page, person("reviewer", roles.REVIEWER.group_name("sl")))
    page.refresh_from_db()
    assert page.live
    assert sorted(locales_for(editor, page)) == ["en", "pl"]
    translator = person("translator", roles.TRANSLATOR.group_name("en"))
    assert sorted(locales_for(translator, page)) == ["en"]
    assert locales_for(person("slovenian", roles.TRANSLATOR.group_name("sl")), page) == {}

    client.force_login(translator)
    address = reverse("translation_request", args=[page.pk])
    response = client.post(address, {"locales": [locale("en").pk]})
    draft = NewsPage.objects.get(locale__language_code="en")
    assert response.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert (draft.live, draft.get_parent().url_path) == (False, "/home-ecca/news/")
    response = client.get(response.url)
    assert response.status_code == 200
    assert "Stare opeke" in response.content.decode()

    translation = page_translation(page, "en")
    fill(translation)
    submit(translation, translator)
    approve(draft, person("english", roles.REVIEWER.group_name("en")))
    draft = NewsPage.objects.get(pk=draft.pk)
    assert (draft.live, draft.title, draft.slug) == (True, "Stare opeke (en)", "stare-opeke-en")
    assert not is_original(draft)
    assert original_of(draft).pk == page.pk


def page_translation(page, code):
    return request_translation(page, locale(code))


def test_the_review_page_shows_the_original_in_its_own_language(opeke, person, client):
    translation = page_translation(opeke, "en")
    fill(translation)
    page = submit(translation, person("translator", roles.TRANSLATOR.group_name("en")))
    client.force_login(person("reviewer", roles.REVIEWER.group_name("en")))
    state = page.current_workflow_task_state
    html = client.get(reverse("moderation_review", args=[state.pk])).content.decode()
    assert '<td lang="sl">' in html


# --- Its readers ---------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/en/news/stare-opeke/", "/pl/news/stare-opeke/"])
def test_other_languages_show_it_as_what_it_is(opeke, client, address):
    html = get(client, address).content.decode()
    assert '<main id="content" tabindex="-1" lang="sl">' in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/sl/news/stare-opeke/">' in html


def test_a_language_with_a_translation_shows_that(opeke, english, client):
    response = get(client, "/en/news/stare-opeke/")
    assert (response.status_code, response.url) == (302, english.get_url())
    assert "Stare opeke (en)" in get(client, english.get_url()).content.decode()


def test_what_is_withdrawn_is_shown_by_no_translation_in_its_place(opeke, english, client):
    polish = f"/pl/news/{english.slug}/"
    assert get(client, polish).status_code == 200
    opeke.unpublish()
    assert get(client, polish).status_code == 404
    assert english.title not in get(client, "/pl/news/").content.decode()
    assert get(client, english.get_url()).status_code == 200, "its own readers have it"


def test_readers_of_a_stale_translation_are_led_to_it(opeke, english, client):
    change(opeke, summary="Dva zidova.")
    html = get(client, english.get_url()).content.decode()
    link = '<a href="/sl/news/stare-opeke/" lang="sl" hreflang="sl">Stare opeke</a>'
    assert link in html.partition("language-notice")[2]


def test_its_publication_changes_what_all_languages_show(opeke, django_capture_on_commit_callbacks):
    before = {code: language_stamp(code) for code in ("en", "sl", "pl")}
    with django_capture_on_commit_callbacks(execute=True):
        change(opeke, summary="Dva zidova.")
    cache.clear()
    for code, stamp in before.items():
        assert language_stamp(code) != stamp, code


# --- Its translations ----------------------------------------------------------------------------
def test_its_translation_follows_it(opeke, english):
    change(opeke, summary="Dva zidova.", date=datetime.date(2026, 6, 2))
    english.refresh_from_db()
    assert english.date == datetime.date(2026, 6, 2)
    assert english.summary == "Zid. (en)"
    assert backlog(english) == (True, 1, 2)
    change(english, date=datetime.date(2026, 7, 3))
    opeke.refresh_from_db()
    assert opeke.date == datetime.date(2026, 6, 2), "it follows no translation"


def test_the_pages_above_it_are_translations_of_their_own_originals(opeke, news, admin_user):
    request_translation(opeke, locale("hu"), admin_user)
    hungarian = news.get_translation(locale("hu"))
    assert TranslationState.objects.get(page=hungarian).source_id == news.pk
    draft = opeke.get_translation(locale("hu"))
    assert TranslationState.objects.get(page=draft).source_id == opeke.pk


def test_a_new_language_prepares_it_too(opeke, english):
    assert opeke in pages_to_prepare().specific()
    assert english not in pages_to_prepare().specific()


def test_no_translation_becomes_an_original_when_it_is_deleted(opeke, english):
    opeke.delete()
    assert not is_original(english)
    assert original_of(english) is None
    rebuild()
    assert TranslationState.objects.get(page=english).is_orphaned


def test_the_states_made_anew_are_the_same(opeke, english):
    change(opeke, summary="Dva zidova.")
    assert rebuild() == 0
    translations = Page.objects.filter(~are_originals(), depth__gt=1)
    assert dict(TranslationState.objects.values_list("page", "source")) == {
        page.pk: original_of(page).pk for page in translations
    }


# --- What an original is -------------------------------------------------------------------------
def test_a_copy_of_a_translation_is_an_original(item, novice):
    slovenian = factories.translated(item, "sl", title="Opeke")
    assert not is_original(slovenian)
    copy = slovenian.copy(to=novice, update_attrs={"slug": "kopija"}, keep_live=False)
    assert is_original(copy)
    assert FirstLanguage.objects.count() == 1


def test_neither_an_alias_nor_a_home_page_is_one(item, novice, news):
    alias = item.create_alias(
        parent=novice, update_locale=locale("sl"), reset_translation_key=False
    )
    assert not is_original(alias)
    assert not is_original(novice.get_parent().specific)
    assert not FirstLanguage.objects.exists()


def test_one_by_one_and_all_at_once_the_same_are_originals(
    opeke, english, item, django_assert_num_queries
):
    factories.translated(item, "sl")
    pages = list(Page.objects.filter(depth__gt=1).select_related("locale"))
    each = {page.pk for page in pages if is_original(page)}
    assert set(Page.objects.filter(are_originals(), depth__gt=1).values_list("pk", flat=True)) == (
        each
    )
    with django_assert_num_queries(1):
        assert {page.pk for page in originals_among(pages)} == each
    assert {opeke.pk, item.pk} < each
    assert english.pk not in each


def test_the_set_up_remembers_pages_that_were_there_before(opeke, novice):
    polish = opeke.copy_for_translation(locale("pl"))
    polish.save_revision().publish()
    FirstLanguage.objects.all().delete()
    TranslationState.objects.all().delete()
    first_language.cache_clear()
    assert (is_original(opeke), is_original(polish)) == (False, False)
    first_language.cache_clear()
    assert setup_site() == ["First languages remembered: 1"]
    assert (is_original(opeke), original_of(polish).specific) == (True, opeke)
    assert TranslationState.objects.get(page=polish).source.specific == opeke
    assert not TranslationState.objects.filter(page=opeke).exists()
    assert not FirstLanguage.objects.filter(translation_key=novice.translation_key).exists()
    assert setup_site() == []


def test_the_set_up_makes_no_translation_of_a_page_an_original(item):
    slovenian = factories.translated(item, "sl")
    item.delete()
    assert setup_site() == []
    assert (is_original(slovenian), original_of(slovenian)) == (False, None)


# --- The board -----------------------------------------------------------------------------------
def states(response):
    found = {}
    for row in response.context["object_list"]:
        found[row.page.get_admin_display_title()] = {
            code: cell.state.value for code, cell in row.cells.items()
        }
    return found


def test_it_is_the_row_of_its_translations(opeke, english, admin_client):
    shown = states(admin_client.get(BOARD))
    assert "Stare opeke (en)" not in shown
    assert (shown["Stare opeke"]["sl"], shown["Stare opeke"]["en"]) == ("live", "live")
    change(opeke, summary="Dva zidova.")
    shown = states(admin_client.get(BOARD))
    assert (shown["Stare opeke"]["sl"], shown["Stare opeke"]["en"]) == ("live", "stale")


def test_the_board_asks_for_it_in_the_languages_that_it_lacks(opeke, item, person, client):
    client.force_login(person("editor", roles.EDITOR.name))
    rows = {row.page.pk: row.requestable for row in client.get(BOARD).context["object_list"]}
    assert rows[opeke.pk] == {"en", "pl"}
    assert rows[item.pk] == {"sl", "pl"}
    pages = {"page": [opeke.pk, item.pk], "locale": ["en", "sl"]}
    assert client.post(reverse("translation_request_many"), pages).status_code == 302
    same = Page.objects.filter(translation_key__in=[opeke.translation_key, item.translation_key])
    assert sorted(same.values_list("locale__language_code", flat=True)) == ["en", "en", "sl", "sl"]


def test_english_is_offered_only_where_something_lacks_it(item, person, client):
    client.force_login(person("editor", roles.EDITOR.name))
    codes = [code for code, _name in client.get(BOARD).context["requestable"]]
    assert codes == ["sl", "pl"]


# --- The panel of what there is to translate -----------------------------------------------------
def to_translate(client):
    """Return by language what the panel counts, with the numbers of rows that its links lead to."""
    panel = client.get("/cms/").content.decode().partition('id="to-translate')[2]
    found = {}
    for language, state, shown in re.findall(
        r'\?language=([a-z-]+)&amp;state=([a-z]+)&amp;written=elsewhere">(\d+)<', panel
    ):
        address = f"{BOARD}?language={language}&state={state}&written=elsewhere"
        rows = len(client.get(address).context["object_list"])
        assert int(shown) == rows, (language, state)
        found.setdefault(language, {})[state] = rows
    return found


def test_english_stands_in_the_panel_where_something_lacks_it(opeke, news, person, client):
    news.get_translation(locale("sl"))
    draft = factories.add_news(news, title="English draft")
    draft.unpublish()
    Page.objects.filter(pk=draft.pk).update(first_published_at=None)
    client.force_login(person("editor", roles.EDITOR.name))
    assert to_translate(client)["en"] == {"missing": 1}, "what is being written is no translation"
    page_translation(opeke, "en")
    assert to_translate(client)["en"] == {"draft": 1}
    english = publish_translation(opeke, "en")
    assert "en" not in to_translate(client)
    change(opeke, summary="Dva zidova.")
    assert to_translate(client)["en"] == {"stale": 1}
    assert english.title in client.get("/cms/").content.decode()


@pytest.mark.parametrize(
    ("group", "languages"),
    [
        (roles.REVIEWER.group_name("en"), {"en"}),
        (roles.TRANSLATOR.group_name("en"), {"en"}),
        (roles.TRANSLATOR.group_name("sl"), {"sl"}),
    ],
)
def test_its_own_people_have_english_in_the_panel(group, languages, opeke, item, person, client):
    client.force_login(person("somebody", group))
    assert to_translate(client).keys() == languages


def test_where_all_is_english_first_nobody_is_told_to_translate_into_it(item, person, client):
    client.force_login(person("reviewer", roles.REVIEWER.group_name("en")))
    assert "to-translate" not in client.get("/cms/").content.decode()


def test_a_draft_that_is_written_first_in_a_language_is_nothing_to_translate_there(
    opeke, item, person, client
):
    opeke.unpublish()
    client.force_login(person("translator", roles.TRANSLATOR.group_name("sl")))
    assert to_translate(client)["sl"] == {"missing": 1}


def test_what_lost_its_original_is_nothing_to_translate(opeke, english, news, person, client):
    change(opeke, summary="Dva zidova.")
    client.force_login(person("editor", roles.EDITOR.name))
    before = to_translate(client)
    assert before["en"] == {"stale": 1}
    item = factories.add_news(news, title="Lost")
    factories.translated(item, "sl")
    item.delete()
    assert to_translate(client) == before
