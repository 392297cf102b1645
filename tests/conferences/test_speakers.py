"""Speakers of a conference: who comes of a contribution, and what its reviewers are told."""

import datetime

import pytest
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from conferences.contributions.flow import NEW_PERSON
from conferences.models import ConferencePage, Contribution, Speaker
from ecca_site.access import roles

from .programmes import add_conference, add_speaker, programme, session, stream, text_of

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def meeting(conferences):
    return add_conference(
        conferences, session("09:00", "10:00", "Bricks", room="1"), rooms=["1"], title="Building",
        call_deadline_at=timezone.now() + datetime.timedelta(days=30),
    )  # fmt: skip


@pytest.fixture
def reviewer(person):
    return person(roles.REVIEWER.group_name("en"))


def contribute(meeting, name="Ana Novak", organisation="Cluster"):
    from conferences.models import Desk

    return Contribution.objects.create(
        desk=Desk.of(meeting), title="Timber", abstract="On timber.", language="en",
        reader_language="en", name=name, role="Engineer", organisation=organisation,
        email="e@example.org",
    )  # fmt: skip


def accept(cms, item, **changes):
    slot = {"action": "accept", "day": "2031-06-10", "start": "10:00", "end": "11:00"}
    address = reverse("conference_contribution", args=[item.pk])
    return cms.post(address, {**slot, "kind": "talk", "room": "1", **changes})


def chosen(meeting):
    """Return the speakers of the last session of the draft."""
    draft = ConferencePage.objects.get(pk=meeting.pk).get_latest_revision_as_object()
    return [speaker.pk for speaker in draft.programme[0].value["sessions"][-1]["speakers"]]


def test_a_contribution_brings_a_draft_who_waits_for_a_review(meeting, cms, manager, reviewer):
    assert accept(cms, contribute(meeting)).status_code == 302
    speaker = Speaker.objects.get()
    assert (speaker.name, speaker.role, speaker.live) == ("Ana Novak", "Engineer", False)
    assert chosen(meeting) == [speaker.pk]
    state = speaker.current_workflow_task_state
    assert (state.revision_id, state.revision.user) == (speaker.latest_revision_id, manager)
    cms.force_login(reviewer)
    html = text_of(cms.get(reverse("moderation_review", args=[state.pk])))
    assert "Engineer" in html


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("Ana Novák", "Cluster"),
        ("ana  NOVAK", " cluster "),
        ("Ana Novak", "CLUSTER"),
    ],
)
def test_somebody_of_the_same_name_is_a_question(meeting, cms, name, organisation):
    known = add_speaker("Ana Novak", organisation="Cluster", role="Director")
    item = contribute(meeting, name, organisation)
    page = text_of(cms.get(reverse("conference_contribution", args=[item.pk])))
    assert page.index("Is it the same person?") < page.index("Starts")
    assert "Yes: Ana Novak, Director, Cluster" in page
    for answer in ("", "99999", "x"):
        assert accept(cms, item, speaker=answer).status_code == 422
    item.refresh_from_db()
    assert (item.state, Speaker.objects.count()) == ("submitted", 1)
    assert accept(cms, item, speaker=str(known.pk)).status_code == 302
    known.refresh_from_db()
    assert (known.role, known.live, known.has_unpublished_changes) == ("Director", True, False)
    assert (Speaker.objects.count(), chosen(meeting)) == (1, [known.pk])


def test_somebody_else_of_the_same_name_is_somebody_new(meeting, cms):
    known = add_speaker("Ana Novak", organisation="Cluster", role="Director")
    assert accept(cms, contribute(meeting), speaker=NEW_PERSON).status_code == 302
    new = Speaker.objects.exclude(pk=known.pk).get()
    assert (new.role, new.live, chosen(meeting)) == ("Engineer", False, [new.pk])


@pytest.mark.parametrize("name", ["Ana Nowak", "Anan Ovak", "Novak Ana"])
def test_another_name_is_no_question(meeting, cms, name):
    add_speaker("Ana Novak", organisation="Cluster")
    item = contribute(meeting, name)
    page = text_of(cms.get(reverse("conference_contribution", args=[item.pk])))
    assert "Is it the same person?" not in page
    assert accept(cms, item).status_code == 302
    assert Speaker.objects.count() == 2


def test_a_speaker_of_another_organisation_or_named_so_in_a_translation_is_no_question(
    meeting, cms
):
    add_speaker("Ana Novak", organisation="Institute")
    other = add_speaker("Anna Nowak", organisation="Cluster")
    translation = other.copy_for_translation(Locale.objects.get(language_code="sl"))
    translation.name = "Ana Novak"
    translation.save()
    assert accept(cms, contribute(meeting)).status_code == 302
    assert Speaker.objects.filter(locale=meeting.locale).count() == 3


def test_a_speaker_who_was_written_in_another_language_is_asked_for_once(meeting, cms):
    known = add_speaker(
        "Ana Novak", organisation="Cluster", locale=Locale.objects.get(language_code="sl")
    )
    item = contribute(meeting)
    address = reverse("conference_contribution", args=[item.pk])
    assert text_of(cms.get(address)).count("Yes: Ana Novak, Cluster") == 1
    english = known.copy_for_translation(meeting.locale)
    english.save()
    assert text_of(cms.get(address)).count("Yes: Ana Novak, Cluster") == 1
    assert accept(cms, item, speaker=str(known.pk)).status_code == 422
    assert accept(cms, item, speaker=str(english.pk)).status_code == 302
    assert chosen(meeting) == [english.pk]


def test_a_name_that_stands_in_a_draft_alone_is_asked_for_too(meeting, cms):
    known = add_speaker("A. Novak", organisation="Cluster")
    known.name = "Ana Novak"
    known.save_revision()
    item = contribute(meeting)
    assert accept(cms, item).status_code == 422
    assert accept(cms, item, speaker=str(known.pk)).status_code == 302
    assert Speaker.objects.get().name == "A. Novak"


def test_of_two_at_once_the_second_is_asked(meeting, manager):
    """The form of the second was shown before there was anybody of that name."""
    from conferences.contributions import flow

    item = contribute(meeting)
    add_speaker("Ana Novak", organisation="Cluster")
    slot = {
        "day": "2031-06-10", "start": datetime.time(10), "end": datetime.time(11), "kind": "talk",
        "track": "", "room": "1", "answer": "",
    }  # fmt: skip
    with pytest.raises(flow.CannotAccept, match="say whether it is the same person"):
        flow.accept(item, meeting, manager, slot)
    assert Speaker.objects.count() == 1


# --- What the reviewers of a conference are told -------------------------------------------------
def submit_with(meeting, user, *speakers):
    keys = [speaker.pk for speaker in speakers]
    meeting.programme = stream(
        "programme", programme(session("09:00", "10:00", "B", speakers=keys))
    )
    meeting.save_revision(user=user)
    meeting.get_workflow().start(meeting, user)
    state = ConferencePage.objects.get(pk=meeting.pk).current_workflow_task_state
    return reverse("moderation_review", args=[state.pk])


def test_a_review_names_the_speakers_who_are_not_live_or_are_changed(
    meeting, manager, reviewer, client
):
    live = add_speaker("Live Speaker")
    changed = add_speaker("Changed Speaker")
    changed.role = "Chair"
    changed.save_revision(user=manager)
    changed.get_workflow().start(changed, manager)
    draft = Speaker.objects.create(name="Draft Speaker", locale=live.locale, live=False)
    address = submit_with(meeting, manager, live, changed, draft)
    client.force_login(reviewer)
    html = text_of(client.get(address))
    panel = html.partition('aria-labelledby="waiting-speakers"')[2].partition("</section>")[0]
    task_state = changed.current_workflow_task_state
    link = reverse("moderation_review", args=[task_state.pk])
    assert f'<a href="{link}">Changed Speaker</a>: a change waits for a decision' in panel
    assert "Draft Speaker: not live, and not submitted" in panel
    assert "Live Speaker" not in panel


def test_a_review_says_nothing_where_all_are_as_they_are(meeting, manager, reviewer, client):
    address = submit_with(meeting, manager, add_speaker("Live Speaker"))
    client.force_login(reviewer)
    assert "waiting-speakers" not in client.get(address).content.decode()


def test_a_conference_that_goes_live_takes_no_draft_of_a_speaker_along(
    meeting, manager, reviewer, client
):
    draft = Speaker.objects.create(name="Draft Speaker", locale=Locale.get_default(), live=False)
    draft.save_revision()
    address = submit_with(meeting, manager, draft)
    client.force_login(reviewer)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post(address, {"action": "approve"}).status_code == 302
    page = ConferencePage.objects.get(pk=meeting.pk)
    assert not page.has_unpublished_changes
    client.logout()
    assert "Draft Speaker" not in client.get(page.url).content.decode()
    assert not Speaker.objects.get().live
