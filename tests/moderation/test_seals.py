"""What is approved is what is seen: a version is sealed with everything that it shows."""

from datetime import date, time, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import TaskState

from conferences.models import Speaker
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import Seal, SealBroken, ask_for, withdraw
from ecca_site.uploads.models import CustomDocument
from partners.models import PartnerPage
from tests import factories


@pytest.fixture
def state(profile, submit, editor, logo, document, site):
    """A profile under review that shows a picture, a document and a link to a page."""
    words = (
        f'<p><a linktype="document" id="{document.pk}">Statutes</a> '
        f'<a linktype="page" id="{site.pk}">Home</a></p>'
    )
    return submit(profile, editor, logo=logo, introduction=words)


def approve(state, user):
    state.task.specific.on_action(state, user, "approve")


def exchange(file):
    """Put another file in the place of a picture's or a document's, as a script might."""
    if isinstance(file, CustomDocument):
        file.file.save("other.pdf", ContentFile(b"%PDF-1.7\nother"))
    else:
        file.file = factories.make_image(size=(30, 20)).file.name
        file.save()


def is_live(page, state):
    return PartnerPage.objects.get(pk=page.pk).live_revision_id == state.revision_id


# --- What a seal holds ---------------------------------------------------------------------------
def test_a_seal_names_what_visitors_would_see(state, logo, document, site, editor):
    seal = Seal.objects.get()
    assert (seal.task_state, seal.revision_id) == (state, state.revision_id)
    assert seal.authors == [editor.pk]
    assert [(kind, key, name) for kind, key, _mark, name in seal.things] == [
        ("home.homepage", str(site.pk), site.title),
        ("uploads.customdocument", str(document.pk), "Statutes"),
        ("uploads.customimage", str(logo.pk), "Mark"),
    ]


def test_every_way_into_review_makes_one(profile, submit, editor):
    state = submit(profile, editor)
    withdraw(state, editor)
    page = PartnerPage.objects.get(pk=profile.pk)
    page.current_workflow_state.resume(editor)
    assert set(Seal.objects.values_list("task_state_id", flat=True)) == set(
        TaskState.objects.values_list("pk", flat=True)
    )
    assert Seal.objects.count() == 2


def test_to_seal_costs_the_same_for_three_pictures_as_for_one(profile, submit, editor):
    def queries(page, *titles):
        pictures = [factories.make_image(title, size=(60, 40)) for title in titles]
        page.introduction = "".join(
            f'<embed embedtype="image" id="{picture.pk}" format="left" alt="x"/>'
            for picture in pictures
        )
        page.save_revision(user=editor)
        for picture in pictures:
            picture.get_file_hash()
        with CaptureQueriesContext(connection) as captured:
            page.get_workflow().start(page, editor)
        assert len(Seal.objects.latest("pk").things) == len(titles)
        return len(captured)

    other = factories.add_partner(profile.get_parent(), title="Brick")
    third = factories.add_partner(profile.get_parent(), title="Clay")
    queries(third, "Warm")
    assert queries(profile, "One") == queries(other, "One", "Two", "Three")


# --- Each hole with its mend ---------------------------------------------------------------------
def test_what_is_as_it_was_submitted_is_approved(profile, state, moderator):
    approve(state, moderator)
    assert is_live(profile, state)


def test_an_exchanged_picture_is_not_approved_unseen(profile, state, moderator, logo):
    exchange(logo)
    with pytest.raises(SealBroken, match=r"picture “Mark” \(changed\)"):
        approve(state, moderator)
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS
    assert not is_live(profile, state)


def test_an_exchanged_document_is_not_approved_unseen(state, moderator, document):
    exchange(document)
    with pytest.raises(SealBroken, match=r"document “Statutes” \(changed\)"):
        approve(state, moderator)


def test_a_deleted_document_is_named(state, moderator, document):
    CustomDocument.objects.filter(pk=document.pk)._raw_delete("default")
    with pytest.raises(SealBroken, match=r"document “Statutes” \(no longer there\)"):
        approve(state, moderator)


def test_a_page_that_it_links_to_is_not_another_one_meanwhile(state, moderator, site):
    site.title = "Elsewhere"
    site.save_revision().publish()
    with pytest.raises(SealBroken, match=r"home page “Elsewhere” \(changed\)"):
        approve(state, moderator)


def test_after_another_look_it_is_approved(profile, state, moderator, logo):
    exchange(logo)
    with pytest.raises(SealBroken):
        approve(state, moderator)
    approve(state, moderator)
    assert is_live(profile, state)


def test_what_was_never_sealed_is_looked_at_again(profile, state, moderator):
    Seal.objects.all().delete()
    with pytest.raises(SealBroken, match="Nothing tells what it showed"):
        approve(state, moderator)
    approve(state, moderator)
    assert is_live(profile, state)


def test_an_administrator_against_the_rule_is_held_to_the_seal_too(state, admin_user, logo):
    exchange(logo)
    with pytest.raises(SealBroken):
        state.task.specific.on_action(state, admin_user, "override", comment="It is urgent.")


def test_a_rejection_needs_no_seal(state, moderator, logo):
    exchange(logo)
    state.task.specific.on_action(state, moderator, "reject", comment="Another mark, please.")
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_REJECTED


def test_whoever_submitted_is_told_once(state, moderator, editor, logo):
    exchange(logo)
    for _attempt in range(2):
        try:
            approve(state, moderator)
        except SealBroken:
            continue
    mails = Mail.objects.filter(key__startswith="changed:")
    assert [mail.user for mail in mails] == [editor]
    assert "picture “Mark” (changed)" in mails[0].text


# --- Speakers ------------------------------------------------------------------------------------
@pytest.fixture
def conference(site, editor):
    index = factories.section(factories.add_conference_index)
    speaker = Speaker.objects.create(
        name="Ana", locale=site.locale, picture=factories.make_image("Ana’s face", size=(60, 40))
    )
    speaker.save_revision().publish()
    page = factories.add_conference(index)
    session = {"start": time(9), "end": time(10), "title": "Bricks", "speakers": [speaker]}
    page.programme = [("day", {"date": date(2031, 6, 10), "title": "", "sessions": [session]})]
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    page.refresh_from_db()
    page.speaker = Speaker.objects.get()
    return page


def test_an_edited_speaker_is_named(conference, admin_user):
    conference.speaker.biography = "Something nobody has read."
    conference.speaker.save_revision().publish()
    with pytest.raises(SealBroken, match=r"speaker “Ana” \(changed\)"):
        approve(conference.current_workflow_task_state, admin_user)


def test_a_draft_of_a_speaker_changes_nothing(conference, admin_user):
    conference.speaker.biography = "A draft."
    conference.speaker.save_revision()
    approve(conference.current_workflow_task_state, admin_user)


def test_a_speaker_taken_offline_is_no_longer_there(conference, admin_user):
    conference.speaker.unpublish()
    with pytest.raises(SealBroken, match=r"speaker “Ana” \(no longer there\)"):
        approve(conference.current_workflow_task_state, admin_user)


def test_an_exchanged_picture_of_a_speaker_is_named(conference, admin_user):
    exchange(conference.speaker.picture)
    with pytest.raises(SealBroken, match=r"picture “Ana’s face” \(changed\)"):
        approve(conference.current_workflow_task_state, admin_user)


# --- Requests ------------------------------------------------------------------------------------
def test_a_request_is_about_the_pages_that_there_were(profile, editor, moderator, partners):
    ask_for(profile, "delete", editor, "It has closed.")
    state = PartnerPage.objects.get(pk=profile.pk).current_workflow_task_state
    profile.save_revision(user=moderator)
    with pytest.raises(SealBroken, match=r"“Stone” \(changed\)"):
        approve(state, moderator)
    approve(state, moderator)
    assert not PartnerPage.objects.filter(pk=profile.pk).exists()


# --- Dates ---------------------------------------------------------------------------------------
@pytest.fixture
def dated(profile, submit, editor, moderator, logo):
    """An approved version that waits for its date."""
    date = timezone.now() + timedelta(days=2)
    approve(submit(profile, editor, logo=logo, go_live_at=date), moderator)
    return PartnerPage.objects.get(pk=profile.pk)


def test_what_is_as_it_was_approved_goes_live_on_its_date(dated, time_travel):
    time_travel(timezone.now() + timedelta(days=3))
    call_command("publish_scheduled")
    assert PartnerPage.objects.get(pk=dated.pk).live_revision_id == dated.latest_revision_id


def test_what_shows_something_else_on_its_date_waits_again(
    dated, logo, editor, moderator, admin_user, time_travel
):
    exchange(logo)
    time_travel(timezone.now() + timedelta(days=3))
    call_command("publish_scheduled")
    page = PartnerPage.objects.get(pk=dated.pk)
    assert page.live_revision_id != dated.latest_revision_id
    assert page.current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS
    mails = Mail.objects.filter(key__startswith="held-back:")
    assert {mail.user for mail in mails} == {admin_user, editor}
    assert all("picture “Mark” (changed)" in mail.text for mail in mails)
    approve(page.current_workflow_task_state, moderator)
    assert PartnerPage.objects.get(pk=page.pk).live_revision_id == dated.latest_revision_id


# --- The review ----------------------------------------------------------------------------------
def test_the_review_shows_what_the_seal_holds(state, moderator, client):
    client.force_login(moderator)
    text = client.get(f"/cms/moderation/{state.pk}/").content.decode()
    assert "What was submitted with it" in text
    assert "<dt>Picture</dt><dd>Mark</dd>" in text
    assert "<dt>Document</dt><dd>Statutes</dd>" in text
    assert "Also changed since" not in text


def test_the_review_names_what_was_changed_since(profile, state, moderator, client, logo):
    exchange(logo)
    client.force_login(moderator)
    address = f"/cms/moderation/{state.pk}/"
    assert "<li>picture “Mark” (changed)</li>" in client.get(address).content.decode()
    refused = client.post(address, {"action": "approve", "comment": "Fine with me"})
    assert refused.status_code == 422
    assert "What it shows has changed since it was submitted" in refused.content.decode()
    assert "Fine with me" in refused.content.decode()
    assert "Also changed since" not in client.get(address).content.decode()
    client.post(address, {"action": "approve", "comment": ""})
    assert is_live(profile, state)


def test_a_refusal_by_wagtails_own_button_is_kept(profile, state, moderator, client, logo):
    """It raises what was refused, and all that the request wrote is taken back."""
    exchange(logo)
    client.force_login(moderator)
    address = f"/cms/pages/workflow/action/{profile.pk}/approve/{state.pk}/"
    client.post(address, {"comment": ""})
    assert not is_live(profile, state)
    assert Seal.objects.filter(task_state=state).count() == 2
    client.post(address, {"comment": ""})
    assert is_live(profile, state)
