"""From the call for contributions to a session in the draft of the programme."""

import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from conferences.models import ConferencePage, Contribution, Speaker
from conferences.models import contribution as models
from conferences.registration.erasure import erase_what_is_due
from ecca_site.access import roles
from ecca_site.i18n.dates import months_later
from ecca_site.intake.submissions import new_stamp
from ecca_site.mail.models import Mail

from .programmes import add_conference, session, text_of

pytestmark = pytest.mark.usefixtures("quick")
PDF = b"%PDF-1.7 text"


@pytest.fixture(autouse=True)
def _private_files(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    models.Contribution._meta.get_field("file").storage = models.private_storage()


@pytest.fixture
def meeting(conferences):
    return add_conference(
        conferences, session("09:00", "10:00", "Bricks", room="1"), rooms=["1"], title="Building",
        call_deadline_at=timezone.now() + datetime.timedelta(days=30), call_text="<p>Tell us.</p>",
    )  # fmt: skip


def contribute(client, page, file=None, reader="en", **changes):
    data = {
        "stamp": new_stamp(), "title": "Timber", "abstract": "On timber.", "language": "en",
        "name": "Engineer",
        "organisation": "Cluster", "email": "e@example.org", "consent": "on", **changes,
    }  # fmt: skip
    if file:
        data["file"] = SimpleUploadedFile(*file)
    return client.post(f"/{reader}/conference/{page.pk}/contribute/", data)


def slot(**changes):
    values = {
        "action": "accept",
        "day": "2031-06-10",
        "start": "10:00",
        "end": "11:00",
        "kind": "talk",
        "room": "1",
    }
    return {**values, **changes}


def test_a_contribution_is_kept_and_its_author_gets_a_mail(meeting, client, tmp_path):
    response = contribute(client, meeting, ("slides.pdf", PDF))
    assert response.status_code == 302
    assert not response.cookies
    item = Contribution.objects.get()
    assert (item.title, item.state, item.file_name, item.file.read()) == (
        "Timber",
        "submitted",
        "slides.pdf",
        PDF,
    )
    assert item.file.path.startswith(str(tmp_path / "private"))
    mail = Mail.objects.get()
    assert mail.subject == "Your contribution has arrived"
    assert "Timber" not in mail.text + mail.html


@pytest.mark.parametrize(
    ("file", "error"),
    [
        (("tool.exe", b"MZ"), "Choose a PDF, DOCX, ODT, PPTX or ODP file."),
        (("page.html", b"<html>"), "Choose a PDF, DOCX, ODT, PPTX or ODP file."),
        (("slides.pdf", b"<html><script>"), "This file is not a PDF file."),
        (("slides.pdf", b"%PDF-" + b"x" * (10 * 1024 * 1024)), "at most 10.0"),
        (("empty.pdf", b""), "The submitted file is empty."),
    ],
)
def test_a_file_of_another_kind_or_size_is_refused(meeting, client, file, error):
    response = contribute(client, meeting, file)
    assert response.status_code == 422
    assert error in text_of(response).replace("\xa0", " ")
    assert "On timber." in text_of(response)
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"title": ""}, {"consent": ""}, {"language": "xx"}, {"email": "x"}]
)
def test_what_is_missing_is_said(meeting, client, changes):
    assert contribute(client, meeting, **changes).status_code == 422
    assert not Contribution.objects.exists()


def test_a_form_sent_twice_is_one_contribution(meeting, client):
    stamp = new_stamp()
    for _time in range(2):
        assert contribute(client, meeting, stamp=stamp).status_code == 302
    assert Contribution.objects.count() == Mail.objects.count() == 1


def test_one_too_many_is_refused_in_the_readers_language_and_keeps_what_was_typed(
    meeting, slovenian, settings, client
):
    settings.FORM_LIMITS = {**settings.FORM_LIMITS, "contribution": {"network": 1, "mailbox": 10}}
    contribute(client, meeting)
    refused = contribute(client, meeting, ("slides.pdf", PDF), reader="sl", title="Opeka & les")
    form = refused.context["form"]
    assert (refused.status_code, form["title"].value(), form["abstract"].value()) == (
        429,
        "Opeka & les",
        "On timber.",
    )
    assert form.non_field_errors() == [
        (
            "Iz vašega omrežja je v eni uri prispelo preveč obrazcev. Kar ste vnesli, "
            "je še tu. Pošljite znova čez eno uro."
        )
    ]
    assert form.errors["file"] == ["Znova izberite datoteko; vse drugo je še tu."]
    assert Contribution.objects.count() == 1


def test_after_the_deadline_nothing_is_taken(conferences, client):
    page = add_conference(
        conferences, call_deadline_at=timezone.now() - datetime.timedelta(hours=1)
    )
    assert "No contributions are taken" in text_of(
        client.get(f"/en/conference/{page.pk}/contribute/")
    )
    assert contribute(client, page).status_code == 409
    assert not Contribution.objects.exists()


def test_an_accepted_contribution_is_a_session_of_the_draft_under_review_and_not_yet_live(
    meeting, client, cms
):
    contribute(client, meeting)
    item = Contribution.objects.get()
    address = reverse("conference_contribution", args=[item.pk])
    assert "On timber." in text_of(cms.get(address))
    assert cms.post(address, slot(answer="Welcome.")).status_code == 302
    page = ConferencePage.objects.get(pk=meeting.pk)
    draft = page.get_latest_revision_as_object()
    titles = [session["title"] for session in draft.programme[0].value["sessions"]]
    assert titles == ["Bricks", "Timber"]
    assert [session["title"] for session in page.programme[0].value["sessions"]] == ["Bricks"]
    assert page.workflow_in_progress
    assert not Speaker.objects.get(name="Engineer").live
    item.refresh_from_db()
    assert (item.state, item.answer) == ("accepted", "Welcome.")
    letter = Mail.objects.filter(address="e@example.org").last()
    assert letter.subject == "Accepted: Timber"
    assert "Welcome." in letter.text


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"start": "09:30"}, 422),
        ({"start": "18:00", "end": "19:00", "day": "2031-06-10", "room": ""}, 302),
        ({"end": "09:59"}, 422),
        ({"day": "2031-06-12"}, 422),
        ({"day": "nonsense"}, 422),
        ({"room": "9"}, 422),
        ({"start": "25:00"}, 422),
        ({"start": ""}, 422),
    ],
)
def test_a_session_that_does_not_fit_is_refused_in_words(meeting, client, cms, changes, status):
    contribute(client, meeting)
    item = Contribution.objects.get()
    response = cms.post(reverse("conference_contribution", args=[item.pk]), slot(**changes))
    assert response.status_code == status
    item.refresh_from_db()
    assert item.state == ("accepted" if status == 302 else "submitted")


def test_an_organiser_reads_the_days_in_words(meeting, client, cms):
    contribute(client, meeting)
    html = cms.get(f"/cms/conferences/contribution/{Contribution.objects.get().pk}/")
    assert '<option value="2031-06-10">10 June 2031</option>' in html.content.decode()


def test_the_first_session_brings_its_day(conferences, client, cms):
    page = add_conference(
        conferences, call_deadline_at=timezone.now() + datetime.timedelta(days=30)
    )
    contribute(client, page)
    item = Contribution.objects.get()
    assert (
        cms.post(reverse("conference_contribution", args=[item.pk]), slot(room="")).status_code
        == 302
    )
    (day,) = ConferencePage.objects.get(pk=page.pk).get_latest_revision_as_object().programme
    assert (day.value["date"], [s["title"] for s in day.value["sessions"]]) == (
        datetime.date(2031, 6, 10),
        ["Timber"],
    )


def test_a_page_under_review_is_left_alone(meeting, client, cms, manager):
    contribute(client, meeting)
    meeting.save_revision(user=manager)
    meeting.get_workflow().start(meeting, manager)
    response = cms.post(
        reverse("conference_contribution", args=[Contribution.objects.get().pk]), slot()
    )
    assert response.status_code == 422
    assert "under review" in text_of(response)


def test_a_declined_contribution_tells_its_author_in_their_language(
    meeting, slovenian, client, cms
):
    contribute(client, meeting, reader="sl")
    item = Contribution.objects.get()
    cms.post(
        reverse("conference_contribution", args=[item.pk]),
        {"action": "decline", "answer": "No room."},
    )
    item.refresh_from_db()
    assert item.state == "declined"
    letter = Mail.objects.filter(address="e@example.org").last()
    assert (letter.language, "No room." in letter.text) == ("sl", True)
    assert cms.post(reverse("conference_contribution", args=[item.pk]), slot()).status_code == 409


def test_a_private_file_has_one_way_out(meeting, client, cms, person):
    contribute(client, meeting, ("slides.pdf", PDF))
    item = Contribution.objects.get()
    address = reverse("conference_contribution_file", args=[item.pk])
    response = cms.get(address)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="slides.pdf"'
    client.logout()
    assert client.get(f"/media/{item.file.name}").status_code == 404
    assert client.get(address).status_code == 302
    client.force_login(person(roles.PARTNER_MODERATOR.name))
    assert client.get(address).status_code in (302, 403)


def test_what_was_sent_goes_with_the_personal_data(
    meeting, client, django_capture_on_commit_callbacks
):
    contribute(client, meeting, ("slides.pdf", PDF))
    item = Contribution.objects.get()
    path = Path(item.file.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        erase_what_is_due(months_later(meeting.end_at, 6))
    item.refresh_from_db()
    assert (item.title, item.email, item.file.name, item.language) == ("", "", "", "en")
    assert not path.exists()
