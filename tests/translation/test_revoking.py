"""A moderator takes an approval back: what was approved does not go live."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision, TaskState

from ecca_site.intake.decisions import TooLate
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import LedgerEntry
from ecca_site.moderation.revoking import approved_and_waiting, revoke
from ecca_site.translation.releases.ending import open_release
from ecca_site.translation.releases.release import bind

from .conftest import publish_translation
from .test_releases import live, locale, people, submit_source, translate  # noqa: F401

LATER = timezone.now() + datetime.timedelta(days=30)


@pytest.fixture
def dated(item, people):  # noqa: F811
    """The approval of a version with a date."""
    submit_source(item, people, summary="Later.", go_live_at=LATER)
    return approved_and_waiting().get()


def address(state):
    return f"/cms/moderation/{state.pk}/revoke/"


def mails_of(user):
    return [mail for mail in Mail.objects.filter(user=user) if "taken back" in mail.text]


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def test_a_date_ends_and_the_submitter_is_told_why(dated, item, people, client):  # noqa: F811
    client.force_login(people["reviewer en"])
    home = client.get("/cms/").content.decode()
    assert address(dated) in home
    html = client.get(address(dated)).content.decode()
    assert "It was approved and would go live on" in html
    response = client.post(address(dated), {"comment": "The figures are wrong."}, follow=True)
    assert "was taken back" in response.content.decode()
    assert address(dated) not in client.get("/cms/").content.decode()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    [mail] = [mail for mail in Mail.objects.filter(user=people["editor"]) if "taken" in mail.text]
    assert "has taken the approval back. It does not go live any more." in mail.text
    assert "The figures are wrong." in mail.text
    [entry] = PageLogEntry.objects.filter(action="moderation.revoke")
    assert (entry.user, entry.comment) == (people["reviewer en"], "The figures are wrong.")


def test_its_day_comes_and_nothing_goes_live(dated, item, people, monkeypatch):  # noqa: F811
    before, entries = live(item), LedgerEntry.objects.count()
    revoke(dated, people["reviewer en"], "Wrong.")
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER + datetime.timedelta(days=1))
    call_command("publish_scheduled")
    assert live(item) == before
    assert LedgerEntry.objects.count() == entries


def test_the_version_is_amended_and_submitted_again(dated, item, people, client):  # noqa: F811
    revoke(dated, people["reviewer en"], "Wrong figures.")
    client.force_login(people["editor"])
    html = client.get(f"/cms/pages/{item.pk}/edit/").content.decode()
    assert "asks for changes: Wrong figures." in html
    page = fresh(item)
    page.current_workflow_state.resume(people["editor"])
    state = fresh(item).current_workflow_task_state
    assert state.status == TaskState.STATUS_IN_PROGRESS
    state.task.specific.on_action(state, people["reviewer en"], "approve")
    assert approved_and_waiting().get().revision_id == dated.revision_id


def test_a_version_submitted_since_stays_in_the_queue(dated, item, people):  # noqa: F811
    page = fresh(item)
    page.summary = "Another."
    page.save_revision(user=people["editor"])
    page.get_workflow().start(page, people["editor"])
    waiting = fresh(item).current_workflow_task_state
    revoke(dated, people["reviewer en"], "Wrong.")
    assert fresh(item).current_workflow_task_state == waiting
    assert not approved_and_waiting().exists()


@pytest.mark.parametrize("name", ["editor", "reviewer sl"])
def test_others_take_nothing_back(dated, people, client, name):  # noqa: F811
    client.force_login(people[name])
    assert client.get(address(dated)).status_code == 302
    assert client.post(address(dated), {"comment": "No."}).status_code == 403
    with pytest.raises(PermissionDenied):
        revoke(dated, people[name], "No.")
    assert approved_and_waiting().get() == dated
    assert address(dated) not in client.get("/cms/").content.decode()


def test_it_needs_a_reason(dated, people, client):  # noqa: F811
    client.force_login(people["reviewer en"])
    assert client.post(address(dated), {"comment": " "}).status_code == 422
    assert approved_and_waiting().get() == dated


def test_what_is_live_is_not_taken_back(dated, item, people, client):  # noqa: F811
    dated.revision.publish()
    Revision.objects.update(approved_go_live_at=None)
    with pytest.raises(TooLate):
        revoke(dated, people["reviewer en"], "Wrong.")
    client.force_login(people["reviewer en"])
    assert client.get(address(dated)).url == "/cms/moderation/"
    assert client.post(address(dated), {"comment": "Wrong."}).status_code == 409


def test_the_second_of_two_finds_it_taken_back(dated, people):  # noqa: F811
    revoke(dated, people["reviewer en"], "Wrong.")
    with pytest.raises(TooLate):
        revoke(dated, people["reviewer en"], "Wrong.")


# --- What is held back ---------------------------------------------------------------------------
@pytest.fixture
def bound(item, people):  # noqa: F811
    """A page whose approved version and Slovenian translation wait for the Polish one."""
    for code in ("sl", "pl"):
        publish_translation(item, code)
    bind(item, people["editor"], languages={locale("sl"): True, locale("pl"): True})
    submit_source(item, people, summary="New.")
    translate(item, "sl", people)
    return item


def test_a_held_source_ends_with_what_was_translated_from_it(bound, people):  # noqa: F811
    release = open_release(bound.pk)
    state = approved_and_waiting().get(revision=release.revision)
    revoke(state, people["reviewer en"], "Wrong.")
    release = open_release(bound.pk)
    assert release.revision is None
    assert set(release.languages.values_list("revision", flat=True)) == {None}
    assert release.languages.count() == 2
    assert live(bound)["en"] != "New."
    [mail] = mails_of(people["translator sl"])
    assert "An approved translation waited for its original." in mail.text


def test_a_held_translation_ends_alone(bound, people):  # noqa: F811
    release = open_release(bound.pk)
    language = release.languages.get(locale=locale("sl"))
    revoke(approved_and_waiting().get(revision=language.revision), people["reviewer sl"], "Wrong.")
    release = open_release(bound.pk)
    assert release.revision is not None
    assert release.languages.get(locale=locale("sl")).revision is None
    [mail] = Mail.objects.filter(user=people["translator sl"], subject__contains="taken back")
    assert "Wrong." in mail.text
