"""What organisers see and send, and who may."""

import csv
import datetime
import io

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.desk.chart import chart_of
from conferences.models import ConferenceIndexPage, Contribution, Desk, Mailing, Registration
from conferences.programme import programme_of
from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.mail.models import Mail
from tests import factories

from .programmes import session, text_of
from .registering import open_conference, register, states

pytestmark = pytest.mark.usefixtures("quick")


def build_meeting(conferences):
    """Make a conference of two sessions, and the list of conferences in Slovenian."""
    factories.home_of("sl")
    factories.translated(conferences, "sl", "Konference", slug="konference")
    bricks, timber = session("09:00", "10:00", "Bricks"), session("10:00", "11:00", "Timber")
    return open_conference(conferences, bricks, timber, questions=["sessions"], title="Building")


@pytest.fixture(scope="module")
def kept_meeting(keep, kept_conferences):
    return keep(lambda: build_meeting(kept_conferences()))


@pytest.fixture
def meeting(kept_meeting, site):
    return kept_meeting()


@pytest.fixture
def slovenian(meeting):
    return ConferenceIndexPage.objects.get(locale__language_code="sl")


@pytest.fixture
def people(meeting, slovenian, client):
    """A (Bricks) and B in English, C in Slovenian."""
    ref = programme_of(meeting).sessions[0].ref
    register(client, meeting, "A", sessions=[ref])
    register(client, meeting, "B")
    register(client, meeting, "C", language="sl", sessions=[ref])
    Mail.objects.all().delete()
    return list(Registration.objects.order_by("number"))


def addresses(meeting, registration=1, contribution=1, mailing=1):
    return [
        reverse("conference_desks"),
        *(reverse(f"conference_{name}", args=[meeting.pk]) for name in (
            "registrations", "registrations_results", "badges", "sign_in_sheet", "mail",
            "contributions",
        )),
        reverse("conference_registration_cancel", args=[registration]),
        reverse("conference_contribution", args=[contribution]),
        reverse("conference_contribution_file", args=[contribution]),
        reverse("conference_mailing", args=[mailing]),
    ]  # fmt: skip


@pytest.fixture
def everything(meeting, people):
    contribution = Contribution.objects.create(
        desk=Desk.objects.get(),
        title="Secret title",
        language="en",
        reader_language="en",
        email="s@example.org",
    )
    mailing = Mailing.objects.create(
        desk=Desk.objects.get(), texts={"en": {"subject": "S", "text": "T"}}, total=0
    )
    return addresses(meeting, people[0].pk, contribution.pk, mailing.pk)


@pytest.mark.parametrize("role", [roles.CONFERENCE_MANAGER, roles.EDITOR, roles.ADMINISTRATOR])
def test_organisers_reach_every_view(everything, person, client, role):
    client.force_login(person(role.name))
    statuses = {address: client.get(address).status_code for address in everything}
    assert set(statuses.values()) - {200} == {404}, "a contribution without a file"
    assert list(statuses.values()).count(404) == 1


@pytest.mark.parametrize(
    "group",
    [
        roles.PARTNER_MODERATOR.name,
        roles.TRANSLATOR.group_name("en"),
        roles.REVIEWER.group_name("en"),
        None,
    ],
)
def test_nobody_else_does(everything, person, client, group):
    if group:
        client.force_login(person(group))
    for address in everything:
        for method in ("get", "post"):
            response = getattr(client, method)(address, {"action": "send"})
            assert response.status_code in (302, 403), address
            assert b"example.org" not in response.content
    assert {state for _name, state in states()} == {"registered"}
    assert Mailing.objects.count() == 1


def test_a_group_that_may_edit_pages_sees_no_registrations_without_the_permission(
    everything, person, client
):
    group = Group.objects.create(name="A group people made")
    group.permissions.set(
        Group.objects.get(name=roles.TRANSLATOR.group_name("en")).permissions.all()
    )
    client.force_login(person("A group people made"))
    assert {client.get(address).status_code for address in everything} <= {302, 403}


@pytest.mark.parametrize("number", ["0", "9" * 18])
def test_what_is_not_there_is_not_found(cms, meeting, number):
    for address in addresses(meeting):
        wanted = "/".join(number if part.isdigit() else part for part in address.split("/"))
        if wanted != address:
            assert cms.get(wanted).status_code == 404


def test_the_list_searches_and_filters(people, cms, meeting):
    def shown(**query):
        response = cms.get(reverse("conference_registrations", args=[meeting.pk]), query)
        return [row.name for row in response.context["object_list"]]

    assert shown() == ["A", "B", "C"]
    assert shown(q="c@example") == ["C"]
    assert shown(state="waiting") == []


def test_the_list_costs_the_same_queries_for_3_and_300(people, cms, meeting):
    address = reverse("conference_registrations", args=[meeting.pk])

    def cost():
        cms.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert cms.get(address).status_code == 200
        return len(queries)

    before = cost()
    desk = Desk.objects.get()
    Registration.objects.bulk_create(
        Registration(
            desk=desk,
            number=number,
            state="registered",
            language="en",
            name=f"N{number}",
            email=f"{number}@x.si",
        )
        for number in range(10, 307)
    )
    assert cost() == before


def test_a_spreadsheet_takes_nothing_for_a_formula(people, cms, meeting):
    Registration.objects.filter(name="A").update(
        name="=HYPERLINK(1)", organisation="+1", dietary="@x", email="-a@x.si"
    )
    response = cms.get(reverse("conference_registrations", args=[meeting.pk]), {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert rows[1][1:4] + rows[1][6:7] == ["'=HYPERLINK(1)", "'+1", "'-a@x.si", "'@x"]
    assert rows[1][8] == "Bricks"
    assert len(rows) == 4


def test_growth_is_a_picture_and_a_table(people):
    day = datetime.datetime(2031, 1, 1, 12, tzinfo=datetime.UTC)
    for number, registration in enumerate(people):
        moment = day + datetime.timedelta(days=number * 2 if number < 2 else 2)
        Registration.objects.filter(pk=registration.pk).update(created_at=moment)
    chart = chart_of(Desk.objects.get())
    assert [(number, total) for _day, number, total in chart.rows] == [(1, 1), (2, 3)]
    assert chart.points == "0,160 0.0,160 0.0,110.0 640.0,110.0 640.0,10.0 640,10.0"


def test_organisers_cancel_in_somebodys_place(people, cms):
    address = reverse("conference_registration_cancel", args=[people[0].pk])
    assert "Cancel the registration of A" in text_of(cms.get(address))
    assert cms.post(address).status_code == 302
    assert states()[0] == ("A", "cancelled")
    assert Mail.objects.filter(address="a@example.org").count() == 1


def test_badges_and_the_sheet_name_those_with_a_place(people, cms, meeting):
    Registration.objects.filter(name="B").update(state="waiting")
    for name in ("badges", "sign_in_sheet"):
        html = cms.get(reverse(f"conference_{name}", args=[meeting.pk])).content.decode()
        assert [who for who in "ABC" if f">{who}<" in html] == ["A", "C"]


# --- Mail to many --------------------------------------------------------------------------------
def letter(**values):
    return {
        "audience": "registered", "subject_en": "News", "text_en": "First.\n\nSecond.",
        "subject_sl": "Novice",
        "text_sl": "Prvo.", **values,
    }  # fmt: skip


def test_a_preview_shows_each_language_and_sends_nothing(people, cms, meeting):
    response = cms.post(reverse("conference_mail", args=[meeting.pk]), letter(action="preview"))
    previews = response.context["previews"]
    assert [(p.language, p.number, p.subject, p.has_own_text) for p in previews] == [
        ("English", 2, "News", True), ("Slovenščina", 1, "Novice", True),
    ]  # fmt: skip
    assert not Mailing.objects.exists()
    assert not Mail.objects.exists()


def test_everybody_is_written_to_in_their_language_once(
    people, cms, meeting, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = cms.post(reverse("conference_mail", args=[meeting.pk]), letter(action="send"))
    mailing = Mailing.objects.get()
    assert response["Location"] == reverse("conference_mailing", args=[mailing.pk])
    written = dict(Mail.objects.values_list("address", "subject"))
    assert written == {"a@example.org": "News", "b@example.org": "News", "c@example.org": "Novice"}
    from conferences.tasks import send_mailing

    send_mailing.enqueue(mailing.pk)
    assert Mail.objects.count() == 3
    with django_capture_on_commit_callbacks(execute=True):
        progress = cms.get(response["Location"])
    assert "of 3 are sent" in text_of(progress)


def test_a_sessions_people_alone_are_written_to(
    people, cms, meeting, django_capture_on_commit_callbacks
):
    ref = programme_of(meeting).sessions[0].ref
    with django_capture_on_commit_callbacks(execute=True):
        cms.post(
            reverse("conference_mail", args=[meeting.pk]),
            letter(action="send", audience=f"session:{ref}", subject_sl="", text_sl=""),
        )
    assert dict(Mail.objects.values_list("address", "subject")) == {
        "a@example.org": "News",
        "c@example.org": "News",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject_en": ""},
        {"text_sl": ""},
        {"audience": "session:ffffffff"},
        {"audience": "everybody"},
    ],
)
def test_an_incomplete_mail_is_not_sent(people, cms, meeting, wrong):
    response = cms.post(
        reverse("conference_mail", args=[meeting.pk]), letter(action="send", **wrong)
    )
    assert response.status_code == 422
    assert not Mailing.objects.exists()


def test_conferences_are_listed_by_their_source_once(meeting, slovenian, cms):
    factories.translated(meeting, "sl", "Gradimo")
    setup_site()
    html = cms.get(reverse("conference_desks")).content.decode()
    assert html.count("/cms/conferences/") >= 2
    assert "Building" in html
    assert "Gradimo" not in html
