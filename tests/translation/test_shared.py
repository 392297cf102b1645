"""Facts of the published original hold in all languages at once; texts wait for their review."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import Locale, PageLogEntry

from conferences.models import ConferencePage, Speaker
from ecca_site.access.site_setup import setup_site
from ecca_site.delivery.versions import language_stamp
from ecca_site.moderation.models import is_author
from ecca_site.translation.localize.records import OverridableSegment, StringSegment
from ecca_site.translation.models import TranslationState
from ecca_site.translation.submission.submit import submit
from home.models import HomePage
from news.models import NewsPage
from search.models import Entry
from tests import factories

from .conftest import change, fill, publish_translation, request_translation

STREAMS = ("body", "programme", "documents", "tracks", "rooms", "report")
HERE = {
    "country": "PL",
    "city": "Lublin",
    "latitude": "51.25",
    "longitude": "22.57",
    "website": "https://lublin.example",
    "members_sme": 10,
}
MOVED = {
    "country": "AT",
    "city": "Graz",
    "latitude": "47.07",
    "longitude": "15.44",
    "website": "https://graz.example",
    "members_sme": 12,
}


def build_profile():
    english = factories.add_both_partner_indexes()
    factories.home_of("pl")
    factories.translated(english, "pl", "Partnerzy", slug="partnerzy")
    setup_site()
    return factories.add_partner(english, title="Stone", offers="Stone", **HERE)


@pytest.fixture(scope="module")
def kept_profile(keep):
    return keep(build_profile)


@pytest.fixture
def profile(kept_profile, site):
    """A partner in Poland, English; its directory is there in Slovenian and Polish, too."""
    return kept_profile()


def as_words(values):
    return {
        name: f"{float(value):.5f}" if name.endswith("itude") else str(value)
        for name, value in values.items()
    }


def facts_in(page):
    return as_words({name: getattr(reload(page), name) for name in HERE})


def facts_in_version(revision):
    revision.refresh_from_db()
    return as_words({name: revision.content[name] for name in HERE})


def reload(page):
    return type(page).objects.get(pk=page.pk)


# --- A partner that moves ------------------------------------------------------------------------
def test_the_facts_of_a_partner_reach_live_page_and_versions_at_once(profile, admin_user):
    slovenian = publish_translation(profile, "sl")
    draft = slovenian.save_revision()
    polish = request_translation(profile, "pl").get_target_instance()
    change(profile, title="Stones", offers="Stones", **MOVED)
    for found in (facts_in(slovenian), facts_in_version(draft), facts_in(polish)):
        assert found == as_words(MOVED)
    assert facts_in_version(polish.latest_revision) == as_words(MOVED)
    page = reload(slovenian)
    assert (page.title, page.offers) == ("Stone (sl)", "Stone (sl)"), "no text moves unreviewed"
    [entry] = PageLogEntry.objects.filter(page=slovenian.pk, action="translation.share")
    assert set(entry.data["fields"]) == HERE.keys()


def test_visitors_find_it_where_it_is_now(profile, client, django_capture_on_commit_callbacks):
    slovenian = publish_translation(profile, "sl")
    address = slovenian.get_parent().get_url()
    pin = client.get(address).content.decode().partition("partner-map")[2].partition("</svg>")[0]
    stamps = {code: language_stamp(code) for code in ("en", "sl", "pl")}
    with django_capture_on_commit_callbacks(execute=True):
        change(profile, **MOVED)
    assert all(language_stamp(code) != stamp for code, stamp in stamps.items())
    html = client.get(slovenian.get_url()).content.decode()
    assert "Graz" in html
    assert "Avstrija" in html
    assert "Lublin" not in html
    for country, titles in (("AT", ["Stone (sl)"]), ("PL", [])):
        found = client.get(address, {"country": country}).context["page_obj"].object_list
        assert [page.title for page in found] == titles
    moved = client.get(address).content.decode().partition("partner-map")[2].partition("</svg>")[0]
    assert moved != pin
    [entry] = Entry.objects.filter(page=slovenian.pk)
    assert "Graz" in entry.text
    assert "Lublin" not in entry.text
    row = client.get(f"/api/v2/pages/{slovenian.pk}/").json()
    assert (row["country"], row["city"], row["website"]) == ("AT", "Graz", "https://graz.example")


def test_a_draft_of_the_original_moves_nothing(profile, admin_user):
    slovenian = publish_translation(profile, "sl")
    draft = slovenian.save_revision()
    page = reload(profile)
    for name, value in MOVED.items():
        setattr(page, name, value)
    revision = page.save_revision(user=admin_user)
    page.get_workflow().start(page, admin_user)
    assert facts_in(slovenian) == facts_in_version(draft) == as_words(HERE)
    revision.publish()
    assert facts_in(slovenian) == facts_in_version(draft) == as_words(MOVED)


def test_a_date_moves_nothing_before_it_comes(profile):
    slovenian = publish_translation(profile, "sl")
    profile.unpublish()
    page = reload(profile)
    page.city, page.go_live_at = "Graz", timezone.now() + datetime.timedelta(days=9)
    page.save_revision().publish()
    assert (reload(profile).live, reload(slovenian).city) == (False, "Lublin")


def test_a_translation_under_review_keeps_its_texts_and_gets_the_facts(profile, admin_user):
    slovenian = publish_translation(profile, "sl")
    change(profile, offers="Bricks")
    translation = request_translation(profile, "sl")
    fill(translation)
    submit(translation, admin_user)
    reviewed = reload(slovenian).current_workflow_task_state.revision
    change(profile, offers="Sand", **MOVED)
    assert facts_in_version(reviewed) == as_words(MOVED)
    assert reviewed.content["offers"] == "Bricks (sl)"
    assert reload(slovenian).offers == "Stone (sl)"
    reviewed.publish()
    assert facts_in(slovenian) == as_words(MOVED)
    assert reload(slovenian).offers == "Bricks (sl)"


def test_who_wrote_what_is_reviewed_stays_its_author(profile, person):
    """Two versions that were the same stay so: saving it once more is not to write it."""
    slovenian = publish_translation(profile, "sl")
    writer, other = person("writer"), person("other")
    slovenian.offers = "Kamen"
    slovenian.save_revision(user=writer)
    slovenian.save_revision(user=other)
    slovenian.get_workflow().start(slovenian, other)
    assert is_author(writer, reload(slovenian).current_workflow_task_state)
    change(profile, **MOVED)
    assert is_author(writer, reload(slovenian).current_workflow_task_state)


def test_facts_are_nothing_to_translate_and_make_nothing_stale(profile):
    slovenian = publish_translation(profile, "sl")
    change(profile, **MOVED)
    assert not TranslationState.objects.get(page=slovenian).is_stale
    facts = {"city", "website", "mailbox", "short_name", "logo", "country", "eccp_url"}
    for model in (StringSegment, OverridableSegment):
        places = set(model.objects.values_list("context__path", flat=True))
        assert not facts & places


# --- Other pages, and speakers -------------------------------------------------------------------
def test_where_a_conference_is_reaches_all_languages(profile, site, client):
    index = factories.add_conference_index(site)
    for code in ("sl", "pl"):
        factories.translated(index, code)
    conference = factories.add_conference(
        index, title="Bricks", venue_name="Old mill", host=None, summary="We meet."
    )
    pages = [publish_translation(conference, code) for code in ("sl", "pl")]
    change(
        conference,
        city="Graz",
        country="AT",
        venue_name="Kunsthaus",
        venue_address="Lendkai 1",
        host=profile,
        summary="We meet there.",
    )
    for page in pages:
        found = ConferencePage.objects.get(pk=page.pk)
        assert (found.city, found.country, found.venue_name, found.venue_address, found.host) == (
            "Graz", "AT", "Kunsthaus", "Lendkai 1", profile,
        )  # fmt: skip
        assert found.summary == f"We meet. ({found.locale.language_code})"
        code = found.locale.language_code
        file = client.get(f"/{code}/conference/{found.pk}/calendar.ics").content.decode()
        calendar = file.replace("\r\n ", "")
        assert "Kunsthaus" in calendar
        assert "Old mill" not in calendar


def test_menus_and_share_buttons_are_the_same_in_all_languages(news):
    change(news, show_in_menus=True)
    assert news.get_translations().filter(show_in_menus=True).count() == 2
    home = news.get_parent().specific
    change(home, share_enabled=False, linkedin_url="https://www.linkedin.com/company/ecca")
    found = HomePage.objects.values_list("share_enabled", "linkedin_url")
    assert set(found) == {(False, "https://www.linkedin.com/company/ecca")}


def test_the_picture_of_a_speaker_is_the_same_in_all_languages_and_the_name_is_not(site):
    english = Speaker.objects.create(name="George", locale=Locale.get_default())
    english.save_revision().publish()
    serbian = english.copy_for_translation(Locale.objects.get(language_code="sr-latn"))
    serbian.name = "Džordž"
    serbian.save()
    serbian.save_revision().publish()
    draft = serbian.save_revision()
    english.refresh_from_db()
    english.name, english.picture = "George B.", factories.make_image()
    english.save_revision()
    serbian.refresh_from_db()
    assert serbian.picture is None
    english.latest_revision.publish()
    serbian.refresh_from_db()
    draft.refresh_from_db()
    assert (serbian.name, serbian.picture) == ("Džordž", english.picture)
    assert draft.content["picture"] == english.picture.pk


# --- In the page editor --------------------------------------------------------------------------
def test_the_editor_of_a_translation_shows_facts_and_changes_none(item, admin_client):
    slovenian = factories.translated(item, "sl", title="Stare opeke")
    form = admin_client.get(f"/cms/pages/{slovenian.pk}/edit/").context["form"]
    disabled = {name for name, field in form.fields.items() if field.disabled}
    assert disabled == {
        "show_in_menus", "date", "topic", "related_partner", "related_conference",
    }  # fmt: skip
    assert "original" in str(form.fields["topic"].help_text)
    english = admin_client.get(f"/cms/pages/{item.pk}/edit/").context["form"]
    assert not any(field.disabled for field in english.fields.values())


def test_the_form_of_a_speaker_in_another_language_takes_no_picture(site, admin_client):
    english = Speaker.objects.create(name="George", locale=Locale.get_default())
    serbian = english.copy_for_translation(Locale.objects.get(language_code="sr-latn"))
    serbian.save()
    address = "/cms/snippets/conferences/speaker/edit/{}/"
    form = admin_client.get(address.format(serbian.pk)).context["form"]
    assert [name for name, field in form.fields.items() if field.disabled] == ["picture"]
    data = {"name": "Džordž", "picture": factories.make_image().pk}
    admin_client.post(address.format(serbian.pk), data)
    version = Speaker.objects.get(pk=serbian.pk).get_latest_revision_as_object()
    assert (version.name, version.picture) == ("Džordž", None)
    admin_client.post(address.format(english.pk), data)
    assert Speaker.objects.get(pk=english.pk).get_latest_revision_as_object().picture is not None


def test_translators_read_what_is_not_theirs(profile, admin_client):
    slovenian = publish_translation(profile, "sl")
    html = admin_client.get(f"/cms/pages/{slovenian.pk}/edit/").content.decode()
    line = html.partition("Not translated, and the same as in the original")[2].partition("</p>")[0]
    assert "city, latitude" in line
    assert "what we offer" not in line


def test_facts_sent_for_a_translation_are_passed_over(item, admin_client):
    slovenian = factories.translated(item, "sl", title="Stare opeke")
    data = {
        "title": "Stara opeka", "slug": slovenian.slug, "summary": "Nova", "topic": "funding",
        "date": "2031-01-01", "body-count": "0", "lead_image_alt": "", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "action-publish": "1",
    }  # fmt: skip
    admin_client.post(f"/cms/pages/{slovenian.pk}/edit/", data)
    page = NewsPage.objects.get(pk=slovenian.pk)
    version = page.get_latest_revision_as_object()
    assert version.title == "Stara opeka"
    assert (version.topic, version.date) == (item.topic, item.date)


def test_times_of_a_translated_conference_stay_what_they_are(site, admin_client):
    """Whatever zone is sent along with them."""
    factories.home_of("sl")
    index = factories.add_conference_index(site)
    factories.translated(index, "sl")
    conference = factories.add_conference(index, title="Bricks")
    slovenian = factories.translated(conference, "sl", title="Opeke")
    data = {
        "title": "Opeke", "slug": slovenian.slug, "summary": "Srečamo se.",
        "timezone": "Asia/Tokyo",
        "start_at": "2031-06-10 01:00", "how_to_join": "null", "call_text": "null",
        **{f"{name}-count": "0" for name in STREAMS},
    }  # fmt: skip
    admin_client.post(f"/cms/pages/{slovenian.pk}/edit/", data)
    version = ConferencePage.objects.get(pk=slovenian.pk).get_latest_revision_as_object()
    assert (version.summary, version.timezone, version.start_at) == (
        "Srečamo se.",
        "Europe/Ljubljana",
        conference.start_at,
    )
