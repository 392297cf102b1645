"""An organisation says that its profile is correct.

By one press, and nothing else changes by that.
"""

import datetime
import re

import pytest
from django.core import signing
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry, Revision

from ecca_site.access import roles
from ecca_site.mail.models import Mail
from ecca_site.translation.models import TranslationState
from partners.freshness.links import CONFIRMATIONS
from partners.freshness.rounds import ask_for_confirmations
from partners.models import ConfirmationRequest, PartnerPage
from tests import factories

from .confirming import LONG_AGO, TODAY, later, link, told


def dates(page):
    pages = PartnerPage.objects.filter(translation_key=page.translation_key)
    return set(pages.values_list("confirmed_on", flat=True))


def build_stone():
    """Make a Slovenian organisation in English and Slovenian that last confirmed a year ago."""
    directory = factories.add_both_partner_indexes()
    fields = {"title": "Stone", "mailbox": "info@stone.example", "confirmed_on": LONG_AGO}
    page = factories.add_partner(directory, **fields)
    factories.translated(page, "sl", "Kamen")
    return page


@pytest.fixture(scope="module")
def kept_stone(keep):
    return keep(build_stone)


@pytest.fixture
def stone(kept_stone, site):
    return kept_stone()


@pytest.fixture
def asked(stone):
    ask_for_confirmations(TODAY)
    return ConfirmationRequest.objects.get()


def test_one_mail_when_due_a_second_one_then_the_moderators(stone, person, settings):
    person("moderator", roles.PARTNER_MODERATOR.name)
    for number in (-10, -1):
        ask_for_confirmations(later(number))
    assert told() == []
    question = ("info@stone.example", "sl")
    for number in range(30):
        ask_for_confirmations(later(number))
    assert [mail[:2] for mail in told()] == [question]
    for number in range(30, 60):
        ask_for_confirmations(later(number))
    assert [mail[:2] for mail in told()] == [question]
    for number in range(60, 400, 7):
        ask_for_confirmations(later(number))
    assert "did not answer two mails" in Mail.objects.get().text
    assert told() == [("moderator@example.org", "en", "Nobody confirms: Stone")]
    assert set(PartnerPage.objects.values_list("live", flat=True)) == {True}


def test_the_command_run_twice_writes_once(stone, capsys):
    PartnerPage.objects.update(confirmed_on=timezone.localdate() - datetime.timedelta(400))
    call_command("ask_confirmations")
    call_command("ask_confirmations")
    assert len(told()) == 1
    assert capsys.readouterr().out.split()[::5] == ["1", "0"]


def test_a_profile_that_is_not_public_is_not_asked_for(stone):
    for page in PartnerPage.objects.all():
        page.unpublish()
    ask_for_confirmations(TODAY)
    assert told() == []


# --- Answering -----------------------------------------------------------------------------------
def test_looking_changes_nothing_and_one_press_confirms_every_language(asked, stone, client, site):
    draft = stone.copy_for_translation(Locale.objects.get(language_code="pl"), copy_parents=True)
    Page.objects.filter(pk=draft.pk).update(live=False)
    address = link()
    versions = list(Revision.objects.values_list("pk", "content"))
    response = client.get(address)
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert '<form method="post">' in response.content.decode()
    assert client.head(address).status_code == 200
    assert dates(stone) == {LONG_AGO}

    response = client.post(address)
    assert (response.status_code, response["Location"], dict(response.cookies)) == (
        302,
        address,
        {},
    )
    assert dates(stone) == {timezone.localdate()}
    assert PartnerPage.objects.filter(translation_key=stone.translation_key).count() == 3
    assert list(Revision.objects.values_list("pk", "content")) == versions, (
        "no version is made or changed"
    )
    assert PageLogEntry.objects.filter(action="partners.confirm").count() == 3
    ask_for_confirmations(TODAY)
    assert Mail.objects.count() == 1


def test_an_old_link_does_not_confirm_again(asked, stone, client):
    address = link()
    client.post(address)
    PartnerPage.objects.update(confirmed_on=LONG_AGO)
    client.post(address)
    assert dates(stone) == {LONG_AGO}


def test_visitors_see_the_new_date_at_once(
    asked, stone, client, django_capture_on_commit_callbacks
):
    before = client.get("/en/partners/stone/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(link())
    after = client.get("/en/partners/stone/").content.decode()
    assert "2 November 2025" in before
    assert "2 November 2025" not in after
    assert str(timezone.localdate().year) in after


def test_another_site_cannot_press_the_button(asked, stone, client):
    assert client.post(link(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert dates(stone) == {LONG_AGO}


def test_what_nobody_signed_leads_nowhere_and_says_so(asked, stone, client):
    for token in ("1", "1:x:y", signing.TimestampSigner(salt="other").sign(str(asked.pk))):
        for send in (client.get, client.post):
            response = send(f"/en/confirm-profile/{token}/")
            assert response.status_code == 404
            assert "This link leads nowhere" in response.content.decode()
    assert client.post("/en/confirm-profile/%00/").status_code in (400, 404)
    assert dates(stone) == {LONG_AGO}


def test_an_expired_link_confirms_nothing_and_sends_a_new_one(asked, stone, client):
    ended = timezone.now() - datetime.timedelta(seconds=1)
    address = CONFIRMATIONS.address_of(ConfirmationRequest.objects.get(), ended)
    assert client.get(address).status_code == 410
    told()
    responses = [client.post(address).status_code for _number in range(3)]
    assert responses == [200, 200, 429]
    assert [mail[:2] for mail in told()] == [("info@stone.example", "sl")] * 2
    assert dates(stone) == {LONG_AGO}


def test_a_running_review_goes_on_and_its_approval_keeps_the_date(asked, stone, client, person):
    editor, moderator = (
        person("editor", roles.EDITOR.name),
        person("moderator", roles.PARTNER_MODERATOR.name),
    )
    stone.city = "Maribor"
    version = stone.save_revision(user=editor)
    stone.get_workflow().start(stone, editor)
    address = re.search(
        r"/\w+/confirm-profile/[\w:.-]+/", Mail.objects.get(address="info@stone.example").text
    )[0]
    client.post(address)
    page = PartnerPage.objects.get(pk=stone.pk)
    assert (page.city, page.latest_revision_id, page.workflow_in_progress) == (
        "Ljubljana",
        version.pk,
        True,
    )
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, moderator, "approve")
    page = PartnerPage.objects.get(pk=stone.pk)
    assert (page.city, page.confirmed_on) == ("Maribor", timezone.localdate())
    assert dates(stone) == {timezone.localdate()}


def test_translations_are_as_fresh_as_they_were(asked, stone, client):
    def states():
        return list(
            TranslationState.objects.order_by("pk").values(
                "stale_since", "stale_segments", "stale_words"
            )
        )

    before = states()
    assert before
    client.post(link())
    assert states() == before
    PartnerPage.objects.get(pk=stone.pk).save_revision().publish()
    assert states() == before


# --- Who is told ---------------------------------------------------------------------------------
def test_moderators_see_on_the_home_who_is_silent(stone, person, client):
    moderator, other = (
        person("moderator", roles.PARTNER_MODERATOR.name),
        person("other", roles.EDITOR.name),
    )

    def sees(user):
        client.force_login(user)
        return "Profiles that nobody confirms" in client.get("/cms/").content.decode()

    assert not sees(moderator)
    for number in (0, 30, 60):
        ask_for_confirmations(later(number))
    assert (sees(moderator), sees(other)) == (True, False)
    ConfirmationRequest.objects.update(confirmed_at=timezone.now())
    assert not sees(moderator)
