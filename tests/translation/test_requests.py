"""Whoever writes or translates a language asks for its translations.

Drafts, never live pages and never aliases.
"""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from ecca_site.access import roles
from ecca_site.translation.models import TranslationState
from ecca_site.translation.submission.requests import locales_for, request_as, request_translation
from home.models import HomePage
from tests import factories

OTHERS = ["es", "hu", "pl", "pt", "sl", "sr-latn"]


def locale(code):
    return Locale.objects.get(language_code=code)


def copies(page):
    return {
        copy.locale.language_code: (copy.live, copy.alias_of_id, copy.title)
        for copy in page.get_translations().select_related("locale")
    }


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        (roles.TRANSLATOR.group_name("sl"), ["sl"]),
        (roles.EDITOR.name, ["pl", "sl"]),  # the languages that have a home page
        (roles.REVIEWER.group_name("sl"), []),
        (roles.PARTNER_MODERATOR.name, []),
        (roles.CONFERENCE_MANAGER.name, []),
    ],
)
def test_who_may_ask_for_which_language(item, person, role, codes):
    assert sorted(locales_for(person("somebody", role), item)) == codes


def test_a_superuser_may_ask_for_all(item, admin_user):
    assert sorted(locales_for(admin_user, item)) == OTHERS


def test_nobody_asks_for_a_draft_or_for_a_translation_of_a_translation(item, person, news):
    translator = person("translator", roles.TRANSLATOR.group_name("sl"))
    polish = factories.translated(item, "pl")
    assert locales_for(translator, polish) == {}
    item.unpublish()
    assert locales_for(translator, item) == {}
    with pytest.raises(PermissionDenied):
        request_as(translator, item, locale("sl"))


def test_asking_makes_a_draft(item, person):
    translator = person("translator", roles.TRANSLATOR.group_name("sl"))
    translation = request_as(translator, item, locale("sl"))
    assert copies(item) == {"sl": (False, None, "Old bricks")}
    assert TranslationState.objects.get(page=translation.get_target_instance()).source_id == item.pk
    request_as(translator, item, locale("sl"))
    assert Translation.objects.get() == translation
    assert Page.objects.filter(translation_key=item.translation_key).count() == 2


def test_what_stands_above_becomes_a_draft_too(item, news, admin_user):
    request_translation(item, locale("hu"), admin_user)
    assert copies(item)["hu"] == (False, None, "Old bricks")
    assert copies(news)["hu"] == (False, None, "News")
    assert copies(HomePage.objects.get(locale__language_code="en"))["hu"] == (False, None, "ECCA")


def test_an_alias_becomes_a_draft(item, news):
    alias = item.create_alias(
        parent=news.get_translation(locale("sl")),
        update_locale=locale("sl"),
        reset_translation_key=False,
    )
    assert alias.live
    assert not TranslationState.objects.filter(page=alias).exists()
    request_translation(item, locale("sl"))
    assert copies(item) == {"sl": (False, None, "Old bricks")}
    assert TranslationState.objects.get(page=alias).source_id == item.pk


def test_a_translator_asks_on_the_page_of_the_original(item, person, client):
    client.force_login(person("translator", roles.TRANSLATOR.group_name("sl")))
    address = f"/cms/translations/pages/{item.pk}/"
    response = client.get(address)
    assert [choice.choice_label for choice in response.context["form"]["locales"]] == [
        "Slovenščina"
    ]
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"locales": [locale("pl").pk]}).status_code == 422
    assert copies(item) == {}
    response = client.post(address, {"locales": [locale("sl").pk]})
    assert response["Location"] == f"/cms/pages/{item.get_translation(locale('sl')).pk}/edit/"
    assert copies(item) == {"sl": (False, None, "Old bricks")}


def test_the_buttons_of_localize_lead_there_too(item, admin_client, person, client):
    translation = request_translation(item, locale("sl"))
    assert admin_client.get(f"/cms/localize/submit/page/{item.pk}/").context["page"] == item
    response = admin_client.get(f"/cms/localize/update/{translation.source_id}/")
    assert response["Location"] == f"/cms/translations/pages/{item.pk}/"
    client.force_login(person("editor", roles.EDITOR.name))
    assert (
        f"/cms/translations/pages/{item.pk}/"
        in client.get(f"/cms/pages/{item.pk}/edit/").content.decode()
    )


def test_many_pages_are_asked_for_at_once(
    item, news, person, client, django_capture_on_commit_callbacks
):
    other = factories.add_news(news, title="New walls")
    client.force_login(person("translator", roles.TRANSLATOR.group_name("sl")))
    address = "/cms/translations/request/"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"page": [item.pk, other.pk], "locale": ["sl", "pl"]})
    assert (copies(item), copies(other)) == ({}, {})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"page": [item.pk, other.pk], "locale": ["sl"]})
    assert copies(item) == {"sl": (False, None, "Old bricks")}
    assert copies(other) == {"sl": (False, None, "New walls")}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"page": "x", "locale": "sl"},
        {"page": "999999", "locale": "sl"},
        {"page": "1", "locale": "xx"},
    ],
)
def test_nonsense_is_answered_in_words(item, admin_client, data):
    assert admin_client.post("/cms/translations/request/", data).status_code in (302, 403, 404)
    assert admin_client.get("/cms/translations/request/").status_code == 405
    assert admin_client.get("/cms/translations/pages/999999/").status_code == 404


def test_others_ask_for_nothing(item, person, client):
    client.force_login(person("reviewer", roles.REVIEWER.group_name("sl")))
    for address in (f"/cms/translations/pages/{item.pk}/", "/cms/translations/request/"):
        response = client.post(
            address, {"locales": [locale("sl").pk], "page": item.pk, "locale": "sl"}
        )
        assert response.status_code == 403
    assert copies(item) == {}
