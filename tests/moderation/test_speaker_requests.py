"""Asking for what only administrators may do to a speaker: to take it offline, or to delete it."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, ModelLogEntry

from conferences.models import Speaker
from ecca_site.access import roles
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import LedgerEntry, PageRequest, ReviewRefused
from tests.conferences.programmes import add_conference, session
from tests.moderation.speakers import SPEAKERS, decide, fresh, review, shown, submit, verify


@pytest.fixture
def slovenian_reviewer(conferences, person):
    return person("pregledovalka", roles.REVIEWER.group_name("sl"))


@pytest.fixture
def slovenian(speaker):
    other = speaker.copy_for_translation(Locale.objects.get(language_code="sl"))
    other.save()
    other.save_revision().publish()
    return other


def address(speaker):
    return reverse("moderation_request_snippet", args=["conferences", "speaker", speaker.pk])


def ask(client, user, speaker, kind="unpublish", **data):
    client.force_login(user)
    data = {"kind": kind, "reason": "She is ill.", **data}
    return client.post(address(speaker), data)


def waiting(speaker):
    return fresh(speaker).current_workflow_task_state


def test_the_editor_leads_there_and_names_what_depends_on_it(
    conferences, speaker, slovenian, manager, client
):
    page = add_conference(conferences, session("09:00", "10:00", "A", speakers=[speaker.pk]))
    client.force_login(manager)
    editor = client.get(reverse(f"{SPEAKERS}:edit", args=[speaker.pk])).content.decode()
    assert address(speaker) in editor
    html = client.get(address(speaker)).content.decode()
    for text in ("Ana Novak", "take offline", "delete", page.title, "Slovenščina"):
        assert text in html
    assert "Where to?" not in html


def test_whoever_may_do_it_is_not_led_to_ask(speaker, admin_user, client):
    client.force_login(admin_user)
    editor = client.get(reverse(f"{SPEAKERS}:edit", args=[speaker.pk])).content.decode()
    assert address(speaker) not in editor


def test_a_speaker_goes_offline_once_a_reviewer_agrees(
    conferences, speaker, manager, reviewer, client
):
    page = add_conference(conferences, session("09:00", "10:00", "A", speakers=[speaker.pk]))
    assert ask(client, manager, speaker).status_code == 302
    assert fresh(speaker).live
    state = waiting(speaker)
    [mail] = Mail.objects.filter(user=reviewer)
    assert "asks to take it offline: She is ill." in mail.text
    client.force_login(reviewer)
    html = client.get(review(state)).content.decode()
    assert "asks to take it offline: She is ill." in html
    assert page.title in html

    assert decide(client, reviewer, state).status_code == 302
    assert not fresh(speaker).live
    assert "Ana Novak" not in shown(client, page)
    [mail] = Mail.objects.filter(user=manager)
    assert mail.subject == "[English · speaker] Ana Novak: approved"
    assert "reviewer has agreed to what you asked for." in mail.text
    entry = LedgerEntry.objects.filter(kind="conferences.speaker").last()
    assert (entry.act, entry.rule) == ("offline", "request")
    verify()


def test_a_speaker_is_deleted_once_a_reviewer_agrees(speaker, manager, reviewer, client):
    ask(client, manager, speaker, "delete")
    decide(client, reviewer, waiting(speaker))
    assert not Speaker.objects.exists()
    [entry] = ModelLogEntry.objects.filter(action="wagtail.delete")
    assert entry.user == reviewer
    [mail] = Mail.objects.filter(user=manager)
    assert "/edit/" not in mail.text
    verify()


def test_what_is_declined_stays(speaker, manager, reviewer, client):
    ask(client, manager, speaker, "delete")
    decide(client, reviewer, waiting(speaker), "reject", "She is well again.")
    assert (fresh(speaker).live, fresh(speaker).current_workflow_state) == (True, None)
    [mail] = Mail.objects.filter(user=manager)
    assert "She is well again." in mail.text


def test_each_language_is_decided_by_its_own_reviewers(
    speaker, slovenian, manager, reviewer, slovenian_reviewer, client
):
    ask(client, manager, speaker, with_translations="on")
    decide(client, reviewer, waiting(speaker))
    assert (fresh(speaker).live, fresh(slovenian).live) == (False, True)
    decide(client, slovenian_reviewer, waiting(slovenian))
    assert not fresh(slovenian).live
    verify()


def test_a_language_that_nobody_asked_for_stays(speaker, slovenian, manager, reviewer, client):
    ask(client, manager, speaker)
    decide(client, reviewer, waiting(speaker))
    assert (fresh(speaker).live, fresh(slovenian).live) == (False, True)
    assert waiting(slovenian) is None


def test_nobody_else_decides(speaker, slovenian, manager, slovenian_reviewer, client):
    ask(client, manager, speaker)
    state = waiting(speaker)
    assert state.task.specific.is_reviewer(speaker, slovenian_reviewer) is False
    decide(client, slovenian_reviewer, state)
    decide(client, manager, state)
    assert (fresh(speaker).live, waiting(speaker).pk) == (True, state.pk)


def test_nobody_asks_without_the_right_to_write(speaker, reviewer, client):
    ask(client, reviewer, speaker)
    assert not PageRequest.objects.exists()


def test_nobody_asks_while_a_version_waits(speaker, manager, client):
    submit(client, manager, speaker)
    response = ask(client, manager, speaker)
    assert response.status_code == 422
    assert "It waits for a decision already" in response.content.decode()
    assert not PageRequest.objects.exists()


def test_a_speaker_has_no_other_place(speaker, manager, client):
    assert ask(client, manager, speaker, "move").status_code == 422
    assert not PageRequest.objects.exists()


def test_whoever_asked_takes_it_back(speaker, manager, client):
    ask(client, manager, speaker)
    client.post(reverse("moderation_withdraw_snippet", args=["conferences", "speaker", speaker.pk]))
    assert (fresh(speaker).live, waiting(speaker)) == (True, None)


def test_a_draft_saved_meanwhile_is_not_deleted_unseen(speaker, manager, reviewer, client):
    ask(client, manager, speaker, "delete")
    state = waiting(speaker)
    version = fresh(speaker)
    version.role = "Chair"
    version.save_revision(user=manager)
    with pytest.raises(ReviewRefused):
        state.task.specific.on_action(state, reviewer, "approve")
    assert Speaker.objects.count() == 1
    decide(client, reviewer, waiting(speaker))
    assert not Speaker.objects.exists()
