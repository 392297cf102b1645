"""Translated speakers: the first goes live with its page, later ones by reviews of their own."""

import pytest
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from conferences.models import ConferencePage, Speaker
from ecca_site.access import roles
from ecca_site.moderation.models import LedgerEntry
from ecca_site.translation.submission.requests import request_translation
from ecca_site.translation.submission.submit import submit
from tests import factories
from tests.conferences.programmes import add_conference, add_speaker, session

from .conftest import approve, change, fill_with_companions, take_offline

EDIT = "wagtailsnippets_conferences_speaker:edit"


@pytest.fixture
def conference(site):
    index = factories.add_both_conference_indexes()
    speaker = add_speaker("Ana Novak", role="Director")
    return add_conference(index, session("09:00", "10:00", "Bricks", speakers=[speaker.pk]))


@pytest.fixture
def manager(conference, person):
    return person("manager", roles.CONFERENCE_MANAGER.name)


@pytest.fixture
def english(conference):
    return Speaker.objects.get(locale=Locale.get_default())


@pytest.fixture
def translated(conference, slovenian, translator, reviewer):
    """The Slovenian speaker, live with the Slovenian page."""
    translation = request_translation(conference, slovenian)
    fill_with_companions(translation)
    page = submit(translation, translator)
    approve(page, reviewer)
    return Speaker.objects.get(locale=slovenian)


def write_role(translation, data, user):
    text = StringTranslation.objects.get(context__path="role", locale=translation.target_locale)
    text.data = data
    text.last_translated_by = user
    text.save()


def translation_to(speaker):
    return Translation.objects.get(
        source__object_id=speaker.translation_key, target_locale=speaker.locale
    )


def slovenian_page(conference, client):
    page = ConferencePage.objects.get(
        translation_key=conference.translation_key, locale__language_code="sl"
    )
    client.logout()
    return client.get(page.url).content.decode()


def test_the_first_goes_live_with_its_page_by_the_review_of_that(translated):
    assert (translated.live, translated.role) == (True, "Director (sl)")
    entry = LedgerEntry.objects.filter(kind="conferences.speaker", key=translated.pk).get()
    assert (entry.rule, entry.language) == ("review", "sl")
    assert entry.signatory_key != ""


def test_a_later_one_goes_live_by_a_review_of_its_own(
    conference, translated, manager, reviewer, client
):
    translation = translation_to(translated)
    write_role(translation, "Direktorica", manager)
    client.force_login(manager)
    address = reverse(EDIT, args=[translated.pk])
    html = client.get(address).content.decode()
    submitting = reverse("translation_submit", args=[translation.pk])
    assert submitting in html
    assert client.post(submitting).url == address
    assert "Direktorica" not in slovenian_page(conference, client)
    state = Speaker.objects.get(pk=translated.pk).current_workflow_task_state
    client.force_login(reviewer)
    html = client.get(reverse("moderation_review", args=[state.pk])).content.decode()
    assert "Direktorica" in html
    assert "Original" in html
    client.force_login(manager)
    assert "waits for a decision" in client.get(address).content.decode()
    approve(translated, reviewer)
    assert "Direktorica" in slovenian_page(conference, client)
    entry = LedgerEntry.objects.filter(kind="conferences.speaker", key=translated.pk).last()
    assert (entry.rule, entry.approved_at is not None) == ("review", True)


def test_its_texts_are_locked_while_they_are_under_review(translated, manager, client):
    translation = translation_to(translated)
    write_role(translation, "Direktorica", manager)
    client.force_login(manager)
    client.post(reverse("translation_submit", args=[translation.pk]))
    text = StringTranslation.objects.get(data="Direktorica")
    segment = translation.source.stringsegment_set.get(context__path="role")
    for address in (
        reverse("translation_text", args=[translation.pk, segment.pk]),
        reverse("translation_submit", args=[translation.pk]),
    ):
        client.post(address, {"data": "Nobody read this"})
    text.refresh_from_db()
    assert text.data == "Direktorica"
    assert translated.revisions.filter(task_states__status="in_progress").count() == 1


def test_whoever_wrote_its_texts_does_not_approve_it(translated, manager, person, client):
    both = person("both", roles.CONFERENCE_MANAGER.name, roles.REVIEWER.group_name("sl"))
    translation = translation_to(translated)
    write_role(translation, "Direktorica", both)
    client.force_login(manager)
    client.post(reverse("translation_submit", args=[translation.pk]))
    state = Speaker.objects.get(pk=translated.pk).current_workflow_task_state
    client.force_login(both)
    response = client.post(reverse("moderation_review", args=[state.pk]), {"action": "approve"})
    assert response.status_code == 422
    translated.refresh_from_db()
    assert translated.role == "Director (sl)"


@pytest.mark.parametrize("who", ["manager", "admin_user"])
def test_nobody_publishes_it_by_the_editor_of_translations(translated, who, client, request):
    user = request.getfixturevalue(who)
    write_role(translation_to(translated), "Direktorica", user)
    client.force_login(user)
    html = client.get(reverse(EDIT, args=[translated.pk])).content.decode()
    assert "&quot;canPublish&quot;: false" in html
    assert "&quot;canPublish&quot;: true" not in html
    client.post(reverse(EDIT, args=[translated.pk]), {"action": "publish"})
    translated.refresh_from_db()
    assert translated.role == "Director (sl)"


def test_strangers_do_not_submit_it(translated, person, client):
    client.force_login(person("editor", roles.PARTNER_MODERATOR.name))
    client.post(reverse("translation_submit", args=[translation_to(translated).pk]))
    assert not Speaker.objects.get(pk=translated.pk).workflow_in_progress


@pytest.mark.parametrize("is_chosen", [True, False])
def test_whoever_takes_an_original_offline_is_asked_about_its_translations(
    conference, english, translated, admin_user, manager, client, is_chosen
):
    assert "Ana Novak (sl)" in slovenian_page(conference, client)
    asked = take_offline(client, admin_user, english, *([translated] if is_chosen else []))
    assert "Take these translations offline, too" in asked
    assert f'name="along" value="{translated.pk}" checked> Ana Novak (sl) (Slovenščina)' in asked
    assert "Visitors no longer find it." in asked
    assert "stay as" not in asked
    translated.refresh_from_db()
    english.refresh_from_db()
    assert (english.live, translated.live) == (False, not is_chosen)
    assert "Ana Novak" not in slovenian_page(conference, client)
    client.force_login(manager)
    client.post(reverse("translation_submit", args=[translation_to(translated).pk]))
    assert not Speaker.objects.get(pk=translated.pk).workflow_in_progress
    with TestCase.captureOnCommitCallbacks(execute=True):
        english.latest_revision.publish()
    assert ("Ana Novak (sl)" in slovenian_page(conference, client)) == (not is_chosen)


def test_a_translation_takes_nothing_along(english, translated, admin_user, client):
    asked = take_offline(client, admin_user, translated, english)
    assert 'name="along"' not in asked
    assert "1 translation stays as it is:" in asked
    assert "Readers of this language see the original in its place." in asked
    english.refresh_from_db()
    translated.refresh_from_db()
    assert (english.live, translated.live) == (True, False)


def test_a_translation_that_waits_for_a_decision_is_not_offered(
    english, translated, manager, admin_user, client
):
    write_role(translation_to(translated), "Direktorica", manager)
    client.force_login(manager)
    client.post(reverse("translation_submit", args=[translation_to(translated).pk]))
    asked = take_offline(client, admin_user, english, translated)
    assert 'name="along"' not in asked
    assert "1 translation stays as it is:" in asked
    translated.refresh_from_db()
    assert (translated.live, translated.workflow_in_progress) == (True, True)


@pytest.mark.one_transaction
@pytest.mark.parametrize("is_chosen", [True, False])
def test_whoever_deletes_an_original_is_asked_about_its_translations(
    english, translated, admin_user, client, is_chosen
):
    client.force_login(admin_user)
    ConferencePage.objects.all().delete()  # what shows a speaker keeps her from being deleted
    address = reverse("wagtailsnippets_conferences_speaker:delete", args=[english.pk])
    asked = client.get(address).content.decode()
    assert "Delete these translations, too" in asked
    assert f'name="along" value="{translated.pk}" checked> Ana Novak (sl) (Slovenščina)' in asked
    client.post(address, {"along": [translated.pk]} if is_chosen else {})
    assert not Speaker.objects.filter(pk=english.pk).exists()
    assert Speaker.objects.filter(pk=translated.pk).exists() == (not is_chosen)


def test_another_speaker_is_no_translation(english, translated, slovenian, admin_user, client):
    stranger = Speaker.objects.create(name="Eva", locale=slovenian)
    take_offline(client, admin_user, english, stranger)
    stranger.refresh_from_db()
    assert stranger.live


def test_who_is_not_live_is_not_translated_until_then(conference, english, slovenian, translator):
    draft = Speaker.objects.create(name="Draft", locale=english.locale, live=False)
    draft.save_revision()
    days = conference.programme
    days[0].value["sessions"][0]["speakers"] = [english, draft]
    change(conference, programme=days)
    translation = request_translation(conference, slovenian)
    assert not Speaker.objects.filter(name="Draft", locale=slovenian).exists()
    fill_with_companions(translation)
    assert submit(translation, translator).workflow_in_progress
    draft.get_latest_revision().publish()
    there = Speaker.objects.get(name="Draft", locale=slovenian)
    assert not there.live
