"""Which translations go offline when the time of their original is over: those that were chosen."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from ecca_site.access import roles
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import LedgerEntry, PageRequest
from ecca_site.translation.models import ExpiryAlong
from tests.translation.conftest import publish_translation
from tests.translation.test_notes import FORM

DAY = "2031-05-01 12:00"
LATER = datetime.datetime(2031, 5, 2, tzinfo=datetime.UTC)


@pytest.fixture
def languages(item):
    return {code: publish_translation(item, code) for code in ("sl", "pl")}


@pytest.fixture
def editor(item, person):
    return person("editor", roles.EDITOR.name)


@pytest.fixture
def reviewer(item, person):
    return person("reviewer", roles.REVIEWER.group_name("en"))


@pytest.fixture
def slovenian_reviewer(item, person):
    return person("pregledovalka", roles.REVIEWER.group_name("sl"))


def address(page):
    return f"/cms/pages/{page.pk}/edit/"


def save(client, user, page, *along, day=DAY, action="action-submit", **said):
    """Save a page with the editor's form, with a date to go offline."""
    client.force_login(user)
    data = {
        **FORM,
        "summary": "It is over soon.",
        "expire_at": day,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "expiry-asked": "1",
        "expiry-along": [other.pk for other in along],
        **said,
    }
    if action:
        data[action] = "1"
    data |= nested_form_data({"body": streamfield([])})
    response = client.post(address(page), {name: value for name, value in data.items() if value})
    assert response.status_code == 302, response.context["form"].errors
    return type(page).objects.get(pk=page.pk)


def approve(page, user):
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, user, "approve")


def let_time_pass(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("publish_scheduled")


def live(*pages):
    return [Page.objects.get(pk=page.pk).live for page in pages]


def asked(html):
    """Return the translations in the question, with whether each is chosen and asked for."""
    boxes = BeautifulSoup(html, "html.parser").find_all("input", {"name": "expiry-along"})
    return {
        int(box["value"]): (box.has_attr("checked"), "reviewers" in str(box.parent))
        for box in boxes
    }


# --- The question --------------------------------------------------------------------------------
def test_the_editor_asks_about_each_translation_that_there_is(
    item, languages, editor, admin_user, client
):
    client.force_login(editor)
    html = client.get(address(item)).content.decode()
    assert asked(html) == {page.pk: (False, True) for page in languages.values()}
    client.force_login(admin_user)
    html = client.get(address(item)).content.decode()
    assert asked(html) == {page.pk: (False, False) for page in languages.values()}


def test_nothing_is_asked_of_a_translation_or_a_page_without_one(item, editor, client):
    client.force_login(editor)
    assert "expiry-asked" not in client.get(address(item)).content.decode()
    slovenian = publish_translation(item, "sl")
    assert "expiry-asked" not in client.get(address(slovenian)).content.decode()


def test_nothing_is_asked_of_whoever_sets_no_dates(item, languages, person, client):
    client.force_login(person("translator", roles.TRANSLATOR.group_name("en")))
    response = client.get(address(item))
    assert response.status_code == 200
    assert "expiry-asked" not in response.content.decode()


def test_the_answer_stands_in_the_form_and_before_the_reviewer(
    item, languages, editor, reviewer, client
):
    page = save(client, editor, item, languages["sl"])
    html = client.get(address(item)).content.decode()
    assert asked(html) == {
        languages["sl"].pk: (True, True),
        languages["pl"].pk: (False, True),
    }
    client.force_login(reviewer)
    review = reverse("moderation_review", args=[page.current_workflow_task_state.pk])
    section = BeautifulSoup(client.get(review).content, "html.parser").find(id="expiry-along")
    assert [row.text for row in section.parent.select("li")] == ["Slovenščina"]


def test_whoever_sets_no_dates_changes_nothing(item, languages, editor, person, client):
    page = save(client, editor, item, languages["sl"], action="")
    translator = person("translator", roles.TRANSLATOR.group_name("en"))
    page = save(client, translator, page, languages["pl"], action="", day=None)
    [row] = ExpiryAlong.objects.filter(revision=page.latest_revision)
    assert (row.page_id, row.user) == (languages["sl"].pk, editor)


def test_what_is_no_translation_of_the_page_is_not_kept(item, languages, editor, news, client):
    page = save(client, editor, item, news, item, **{"expiry-along": [news.pk, item.pk, "x"]})
    assert not ExpiryAlong.objects.filter(revision=page.latest_revision).exists()


def test_the_answer_goes_with_its_date(item, languages, editor, admin_user, client):
    page = save(client, editor, item, languages["sl"], action="")
    page = save(client, admin_user, page, languages["sl"], languages["pl"], action="")
    rows = ExpiryAlong.objects.filter(revision=page.latest_revision).order_by("page")
    assert [(row.page_id, row.user) for row in rows] == [
        (languages["sl"].pk, editor),
        (languages["pl"].pk, admin_user),
    ]
    page = save(client, editor, page, languages["pl"], action="", day="2031-06-01 12:00")
    [row] = ExpiryAlong.objects.filter(revision=page.latest_revision)
    assert (row.page_id, row.user) == (languages["pl"].pk, editor)
    page = save(client, editor, page, languages["pl"], action="", day=None)
    assert not ExpiryAlong.objects.filter(revision=page.latest_revision).exists()


# --- The day -------------------------------------------------------------------------------------
def test_what_nobody_chose_stays_online(item, languages, editor, reviewer, client, monkeypatch):
    approve(save(client, editor, item), reviewer)
    let_time_pass(monkeypatch)
    assert live(item, *languages.values()) == [False, True, True]
    assert not PageRequest.objects.exists()


def test_what_an_administrator_chose_goes_offline_at_once(
    item, languages, admin_user, client, monkeypatch
):
    save(client, admin_user, item, languages["sl"], action="action-publish")
    let_time_pass(monkeypatch)
    assert live(item, languages["sl"], languages["pl"]) == [False, False, True]
    entry = LedgerEntry.objects.filter(language="sl").last()
    assert (entry.act, entry.rule) == ("offline", "schedule")
    assert entry.signatory_key != ""
    [mail] = Mail.objects.filter(user=admin_user, subject="“Old bricks” went offline on its date")
    assert "Offline, too: Slovenščina." in mail.text


def test_what_an_editor_chose_is_decided_by_the_reviewers_of_each_language(
    item, languages, editor, reviewer, slovenian_reviewer, client, monkeypatch
):
    approve(save(client, editor, item, *languages.values()), reviewer)
    let_time_pass(monkeypatch)
    assert live(item, *languages.values()) == [False, True, True]
    wishes = {request.wish for request in PageRequest.objects.all()}
    assert (PageRequest.objects.count(), len(wishes)) == (2, 1)
    assert "is over." in Mail.objects.get(user=slovenian_reviewer).text
    [mail] = Mail.objects.filter(user=editor, subject="“Old bricks” went offline on its date")
    assert "The reviewers of these languages were asked: Slovenščina, Polski." in mail.text

    state = languages["sl"].current_workflow_task_state
    state.task.specific.on_action(state, slovenian_reviewer, "approve")
    assert live(languages["sl"], languages["pl"]) == [False, True]


def test_a_translation_made_later_stays_online(item, editor, admin_user, client, monkeypatch):
    slovenian = publish_translation(item, "sl")
    save(client, admin_user, item, slovenian, action="action-publish")
    polish = publish_translation(item, "pl")
    assert polish.expire_at is None
    let_time_pass(monkeypatch)
    assert live(item, slovenian, polish) == [False, False, True]


def test_a_draft_with_an_answer_changes_nothing(
    item, languages, editor, admin_user, client, monkeypatch
):
    page = save(client, admin_user, item, languages["sl"], action="action-publish")
    save(client, editor, page, languages["sl"], languages["pl"], action="")
    let_time_pass(monkeypatch)
    assert live(item, languages["sl"], languages["pl"]) == [False, False, True]
    assert not PageRequest.objects.exists()


@pytest.mark.parametrize("is_deleted", [False, True])
def test_what_somebody_chose_who_is_gone_stays_and_administrators_are_told(
    item, languages, editor, reviewer, admin_user, client, monkeypatch, is_deleted
):
    approve(save(client, editor, item, languages["sl"]), reviewer)
    if is_deleted:
        editor.delete()
    else:
        get_user_model().objects.filter(pk=editor.pk).update(is_active=False)
    let_time_pass(monkeypatch)
    assert live(item, languages["sl"]) == [False, True]
    assert not PageRequest.objects.exists()
    [mail] = Mail.objects.filter(user=admin_user, subject="“Old bricks” went offline on its date")
    assert "These stay online" in mail.text
    assert "Slovenščina" in mail.text


def test_a_right_that_is_lost_meanwhile_counts(item, languages, admin_user, client, monkeypatch):
    save(client, admin_user, item, languages["sl"], action="action-publish")
    get_user_model().objects.filter(pk=admin_user.pk).update(is_superuser=False)
    let_time_pass(monkeypatch)
    assert live(item, languages["sl"]) == [False, True]


def test_a_date_that_was_taken_back_meanwhile_takes_nothing_offline(
    item, languages, admin_user, client, monkeypatch
):
    page = save(client, admin_user, item, languages["sl"], action="action-publish")
    save(client, admin_user, page, languages["sl"], action="action-publish", day=None)
    let_time_pass(monkeypatch)
    assert live(item, languages["sl"]) == [True, True]
