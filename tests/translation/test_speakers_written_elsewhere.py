"""A speaker who was written first in another language than the site's own is an original."""

import pytest
from django.core.cache import cache
from django.db.models import Count
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from conferences.models import Speaker
from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.i18n.models import FirstLanguage
from ecca_site.i18n.originals import first_language, is_original, original_of
from ecca_site.translation.coverage.texts import snippets
from ecca_site.translation.submission.companions import companions_of
from ecca_site.translation.submission.requests import request_translation
from ecca_site.translation.submission.snippets import submit_snippet
from ecca_site.translation.submission.submit import submit
from ecca_site.translation.submission.work import Work
from tests import factories
from tests.conferences.programmes import add_conference, add_speaker, session

from .conftest import approve, fill, fill_with_companions, take_offline

SPEAKERS = "wagtailsnippets_conferences_speaker"


def locale(code):
    return Locale.objects.get(language_code=code)


@pytest.fixture
def conferences(site):
    """The English list of conferences; there are a Slovenian and a Polish one, too."""
    index = factories.add_both_conference_indexes()
    factories.home_of("pl")
    factories.translated(index, "pl")
    return index


@pytest.fixture
def manager(conferences, person):
    return person("manager", roles.CONFERENCE_MANAGER.name)


@pytest.fixture
def ana(conferences):
    """A speaker whom there is in Slovenian alone."""
    return add_speaker("Ana Žagar", locale=locale("sl"), role="Direktorica")


@pytest.fixture
def conference(conferences, ana):
    """An English conference at which she speaks."""
    return add_conference(conferences, session("09:00", "10:00", "Bricks", speakers=[ana.pk]))


@pytest.fixture
def english(conference):
    """What English has of her from then on."""
    return Speaker.objects.get(locale=locale("en"))


def translation_to(speaker):
    return Translation.objects.get(
        source__object_id=speaker.translation_key, target_locale=speaker.locale
    )


def publish_translation(speaker, person):
    """Translate a speaker, and approve the translation."""
    translation = translation_to(speaker)
    fill(translation)
    submit_snippet(translation, person("english-manager", roles.CONFERENCE_MANAGER.name))
    approve(speaker, person("english-reviewer", roles.REVIEWER.group_name("en")))
    return Speaker.objects.get(pk=speaker.pk)


def change(speaker, **values):
    """Publish a change of a speaker."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        factories.change(speaker, **values)


def shown_at(page, client):
    cache.clear()
    client.logout()
    return client.get(type(page).objects.get(pk=page.pk).url).content.decode()


# --- The whole way -------------------------------------------------------------------------------
def test_from_the_form_to_what_english_readers_see(conferences, manager, person, client):
    client.force_login(manager)
    form = {"name": "Ana Žagar", "role": "Direktorica", "organisation": "", "biography": ""}
    client.post(
        reverse(f"{SPEAKERS}:add") + "?locale=sl", form | {"picture": "", "action-submit": "1"}
    )
    ana = Speaker.objects.get()
    assert (ana.locale.language_code, ana.live, is_original(ana)) == ("sl", False, True)
    conference = add_conference(conferences, session("09:00", "10:00", "A", speakers=[ana.pk]))
    assert "Žagar" not in shown_at(conference, client)

    approve(ana, person("slovenian", roles.REVIEWER.group_name("sl")))
    assert '<span lang="sl"><strong>Ana Žagar</strong>, Direktorica' in (
        shown_at(conference, client)
    )
    english = Speaker.objects.get(locale__language_code="en")
    assert (english.live, is_original(english), original_of(english)) == (False, False, ana)

    client.force_login(manager)
    html = client.get(reverse(f"{SPEAKERS}:edit", args=[english.pk])).content.decode()
    translation = translation_to(english)
    assert reverse("translation_submit", args=[translation.pk]) in html
    fill(translation)
    client.post(reverse("translation_submit", args=[translation.pk]))
    reviewer = person("english", roles.REVIEWER.group_name("en"))
    client.force_login(reviewer)
    state = Speaker.objects.get(pk=english.pk).current_workflow_task_state
    html = client.get(reverse("moderation_review", args=[state.pk])).content.decode()
    original = html.partition('<td lang="sl">')[2].partition("</td>")[0]
    assert "Ana Žagar" in original
    approve(english, reviewer)
    assert "<span><strong>Ana Žagar (en)</strong>, Direktorica (en)" in (
        shown_at(conference, client)
    )


# --- Where its translations come from ------------------------------------------------------------
def test_a_page_that_shows_her_asks_for_her_in_its_own_language(ana, conference, english):
    assert (english.name, english.live, original_of(english)) == ("Ana Žagar", False, ana)


def test_what_is_translated_already_is_not_asked_for_again(ana, conference, english, person):
    publish_translation(english, person)
    conference.save_revision().publish()
    change(ana, role="Predsednica")
    assert Speaker.objects.filter(translation_key=ana.translation_key).count() == 2
    assert Speaker.objects.get(locale=locale("en")).role == "Direktorica (en)"


def test_a_page_translated_into_a_third_language_translates_her_too(ana, conference, person):
    translation = request_translation(conference, locale("pl"))
    [companion] = companions_of(translation)
    assert companion.source.locale == locale("sl")
    fill_with_companions(translation)
    submit(translation, person("translator", roles.TRANSLATOR.group_name("pl")))
    polish = Speaker.objects.get(locale=locale("pl"))
    assert (polish.role, polish.live) == ("Direktorica (pl)", False)


def test_a_draft_is_asked_for_in_no_language(conferences):
    draft = Speaker.objects.create(name="Draft", locale=locale("sl"), live=False)
    page = add_conference(conferences, session("09:00", "10:00", "A", speakers=[draft.pk]))
    translation = request_translation(page, locale("pl"))
    assert Speaker.objects.count() == 1
    fill_with_companions(translation)
    draft.save_revision().publish()
    codes = Speaker.objects.values_list("locale__language_code", flat=True)
    assert sorted(codes) == ["en", "pl", "sl"]


def test_only_pages_that_visitors_see_ask_for_her(conferences):
    draft = Speaker.objects.create(name="Draft", locale=locale("sl"), live=False)
    page = add_conference(conferences, session("09:00", "10:00", "A", speakers=[draft.pk]))
    page.unpublish()
    draft.save_revision().publish()
    assert Speaker.objects.get() == draft


def test_a_page_of_another_language_asks_for_an_english_speaker(conferences):
    speaker = add_speaker("Jane Mason", role="Director")
    index = conferences.get_translation(locale("sl"))
    add_conference(index, session("09:00", "10:00", "Opeke", speakers=[speaker.pk]))
    slovenian = Speaker.objects.get(locale=locale("sl"))
    assert (slovenian.live, original_of(slovenian)) == (False, speaker)
    assert not FirstLanguage.objects.filter(translation_key=speaker.translation_key).exists()


# --- What follows --------------------------------------------------------------------------------
def test_her_translation_follows_her(ana, english, person, conference, client):
    english = publish_translation(english, person)
    work = Work(translation_to(english), english)
    assert work.open_texts == []
    picture = factories.make_image()
    change(ana, role="Predsednica", picture=picture)
    english.refresh_from_db()
    assert (english.picture, english.role) == (picture, "Direktorica (en)")
    [text] = Work(translation_to(english), english).open_texts
    assert (text.source, text.before, text.present) == (
        "Predsednica", "Direktorica", "Direktorica (en)",
    )  # fmt: skip
    change(english, role="Boss", picture=None)
    ana.refresh_from_db()
    assert (ana.role, ana.picture) == ("Predsednica", picture), "she follows no translation"


def test_offline_she_takes_her_translation_along(
    ana, english, person, conference, client, admin_user
):
    english = publish_translation(english, person)
    with TestCase.captureOnCommitCallbacks(execute=True):
        english.unpublish()
    assert Speaker.objects.get(pk=ana.pk).live, "a translation leads nobody"
    assert "Direktorica" in shown_at(conference, client)
    english.get_latest_revision().publish()
    take_offline(client, admin_user, ana, english)
    client.logout()
    assert not Speaker.objects.get(pk=english.pk).live
    assert "Žagar" not in shown_at(conference, client)


def test_no_translation_becomes_an_original_when_she_is_deleted(ana, english):
    ana.delete()
    assert not is_original(english)
    assert original_of(english) is None


def test_english_speakers_and_translations_are_not_remembered(ana, english):
    add_speaker("Jane Mason")
    assert list(FirstLanguage.objects.values_list("translation_key", "locale")) == [
        (ana.translation_key, ana.locale_id)
    ]


# --- From before first languages were remembered -------------------------------------------------
def forget(*things):
    """Make things as they are where nobody remembered their first languages."""
    keys = [each.translation_key for each in things]
    FirstLanguage.objects.filter(translation_key__in=keys).delete()
    first_language.cache_clear()


def test_the_set_up_remembers_who_was_there_before(conferences, client):
    [ana] = Speaker.objects.bulk_create([
        Speaker(name="Ana Žagar", role="Direktorica", locale=locale("sl"), live=True),
    ])  # fmt: skip
    assert not is_original(ana)
    first_language.cache_clear()
    assert setup_site() == ["First languages remembered: 1"]
    assert is_original(ana)
    assert setup_site() == []
    conference = add_conference(conferences, session("09:00", "10:00", "A", speakers=[ana.pk]))
    english = Speaker.objects.get(locale=locale("en"))
    assert (english.live, original_of(english)) == (False, ana)
    assert '<span lang="sl"><strong>Ana Žagar</strong>' in shown_at(conference, client)


def test_a_dry_run_remembers_nobody(ana):
    forget(ana)
    assert setup_site(is_dry_run=True) == ["First languages remembered: 1"]
    assert not FirstLanguage.objects.exists()


def test_what_was_translated_into_english_is_no_english_original(ana, english):
    forget(ana)
    assert is_original(english)
    first_language.cache_clear()
    assert setup_site() == ["First languages remembered: 1"]
    assert (is_original(ana), original_of(english)) == (True, ana)


def test_of_several_languages_the_oldest_was_first(ana):
    key = {"translation_key": ana.translation_key}
    polish = Speaker.objects.create(name="Anna", locale=locale("pl"), **key)
    forget(ana)
    assert setup_site() == ["First languages remembered: 1"]
    assert (is_original(ana), original_of(polish)) == (True, ana)
    TranslationSource.get_or_create_from_instance(polish)
    forget(ana)
    setup_site()
    assert original_of(ana) == polish, "or the one that wagtail-localize translates from"


def test_the_set_up_makes_no_translation_an_original(conferences):
    jane = add_speaker("Jane Mason")
    index = conferences.get_translation(locale("sl"))
    add_conference(index, session("09:00", "10:00", "Opeke", speakers=[jane.pk]))
    assert setup_site() == []
    jane.delete()
    assert setup_site() == []
    [slovenian] = Speaker.objects.all()
    assert (is_original(slovenian), original_of(slovenian)) == (False, None)


# --- The numbers of the board --------------------------------------------------------------------
def test_the_board_counts_what_was_written_first_and_what_each_language_has(ana, english, person):
    jane = add_speaker("Jane Mason")
    assert jane.get_translations().aggregate(number=Count("pk")) == {"number": 0}
    [texts] = snippets()
    assert (texts.total, texts.of("en"), texts.of("sl"), texts.of("pl")) == (2, 1, 1, 0)
    publish_translation(english, person)
    [texts] = snippets()
    assert (texts.total, texts.of("en"), texts.of("sl"), texts.of("pl")) == (2, 2, 1, 0)
