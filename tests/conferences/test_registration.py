"""Registering, the waiting list, the secret link, and what is left of it months later."""

import datetime
from unittest import mock

import pytest
import vobject
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from conferences.models import ConferencePage, Desk, Registration, Status
from conferences.programme import programme_of
from conferences.registration import flow, letters
from conferences.registration.erasure import erase_what_is_due
from conferences.registration.links import registration_at
from ecca_site.i18n.dates import months_later
from ecca_site.intake import limits
from ecca_site.intake.submissions import new_stamp
from ecca_site.mail.models import Mail
from tests import factories

from .programmes import add_conference, session, text_of
from .registering import link_in, open_conference, register, states

pytestmark = pytest.mark.usefixtures("quick")


def registration_behind(link):
    """Return whose link it is: links of two seconds differ, for they hold when they were made."""
    return registration_at(link.rstrip("/").rpartition("/")[2])


@pytest.fixture
def meeting(conferences):
    return open_conference(
        conferences, session("09:00", "10:00", "Bricks"),
        session("10:00", "10:30", "Coffee", kind="break"),
        capacity=2, questions=["dietary", "sessions"], title="Building",
    )  # fmt: skip


def test_whoever_registers_gets_a_place_and_a_mail_with_the_calendar(meeting, client):
    ref = programme_of(meeting).sessions[0].ref
    response = register(
        client, meeting, "Visitor", organisation="Cluster", dietary="No nuts", sessions=[ref]
    )
    assert (response.status_code, response["Location"]) == (
        302,
        f"/en/conference/{meeting.pk}/registered/",
    )
    assert not response.cookies
    person = Registration.objects.get()
    assert (person.name, person.organisation, person.dietary, person.session_refs) == (
        "Visitor", "Cluster", "No nuts", [ref],
    )  # fmt: skip
    assert (person.consent_text, person.consent_version) == ("I agree to be listed.", "7")
    mail = Mail.objects.get()
    assert (mail.address, mail.subject, mail.language) == (
        "visitor@example.org",
        "Registered: Building",
        "en",
    )
    import base64

    (name, content, _type), = mail.attachments  # fmt: skip
    calendar = vobject.readOne(base64.b64decode(content).decode())
    assert name == "conference.ics"
    assert [event.summary.value for event in calendar.vevent_list] == ["Building", "Bricks"]
    assert "Co-funded by the COSME programme" in mail.text


def test_the_form_asks_what_the_editor_chose_and_no_more(meeting, client):
    html = client.get(f"/en/conference/{meeting.pk}/register/").content.decode()
    asked = {name for name in ("dietary", "sessions", "accessibility") if f'name="{name}"' in html}
    assert asked == {"dietary", "sessions"}
    assert "Bricks" in html
    assert "Coffee" not in html, "nobody registers for a break"
    assert "I agree to be listed." in html


def test_no_cookie_comes_before_a_form_is_sent_nor_a_token_of_a_session(meeting, client):
    response = client.get(f"/en/conference/{meeting.pk}/register/")
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"name": ""}, "This field is required."),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"consent": ""}, "This field is required."),
        ({"sessions": ["ffffffff"]}, "Select a valid choice."),
        ({"fax": "1"}, "trap for programs"),
        ({"stamp": "forged"}, "open for too long"),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(meeting, client, data, error):
    response = register(client, meeting, "Visitor", dietary="No nuts", **data)
    assert response.status_code == 422
    assert error in text_of(response)
    assert "No nuts" in text_of(response)
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(meeting, client, headers):
    data = {"stamp": new_stamp(), "name": "A", "email": "a@example.org", "consent": "on"}
    response = client.post(f"/en/conference/{meeting.pk}/register/", data, headers=headers)
    assert response.status_code == 422
    assert not Registration.objects.exists()


def test_a_form_sent_twice_is_one_registration(meeting, client):
    stamp = new_stamp()
    for _time in range(2):
        assert register(client, meeting, "Visitor", stamp=stamp).status_code == 302
    assert Registration.objects.count() == Mail.objects.count() == 1


def test_an_address_that_is_registered_gets_its_link_again_and_no_second_place(meeting, client):
    first = register(client, meeting, "Visitor")
    second = register(client, meeting, "Other", email="VISITOR@example.org")
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert states() == [("Visitor", "registered")]
    [registration] = Registration.objects.all()
    assert [registration_behind(link_in(mail)) for mail in Mail.objects.all()] == [registration] * 2


def test_a_hall_of_people_registers_from_one_address_and_a_program_is_stopped(
    conferences, client, settings
):
    hall = open_conference(conferences, capacity=1000, title="Hall")
    # Each form takes long to answer; what counts them is asked as the view asks it.
    form = RequestFactory().post("/")
    assert {
        limits.refusal(form, "registration", f"a@{number}.example.org") for number in range(199)
    } == {""}
    assert register(client, hall, "Two-hundredth").status_code == 302
    for number in range(settings.FORM_LIMITS["registration"]["network"] - 200):
        limits.refusal(form, "registration", f"more@{number}.example.org")
    refused = register(client, hall, "Late", organisation="Stone & Co")
    assert (refused.status_code, refused.context["form"].non_field_errors()) == (429, [
        ("Too many forms came from your network within an hour. What you typed is still here. "
        "Send it again in an hour.")
    ])  # fmt: skip
    fields = {
        name: refused.context["form"][name].value()
        for name in ("name", "email", "organisation", "consent")
    }
    assert fields == {
        "name": "Late",
        "email": "late@example.org",
        "organisation": "Stone & Co",
        "consent": True,
    }
    assert 'value="Stone &amp; Co"' in refused.content.decode()
    assert states() == [("Two-hundredth", "registered")]
    assert register(Client(REMOTE_ADDR="127.0.1.1"), hall, "Late").status_code == 302, (
        "another network is free"
    )


def test_too_many_of_one_mailbox_are_asked_to_wait_wherever_they_come_from(meeting, settings):
    settings.FORM_LIMITS = {**settings.FORM_LIMITS, "registration": {"network": 600, "mailbox": 2}}
    addresses = ["192.0.2.1", "198.51.100.1", "203.0.113.1"]
    answers = [register(Client(REMOTE_ADDR=address), meeting, "A") for address in addresses]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert (
        answers[2]
        .context["form"]
        .non_field_errors()[0]
        .startswith("Too many forms came with this e-mail address")
    )


# --- Opening and closing -------------------------------------------------------------------------
def test_registration_opens_and_closes_by_the_clock(conferences, client):
    now = timezone.now()
    early = open_conference(conferences, registration_opens_at=now + datetime.timedelta(days=3))
    late = open_conference(conferences, registration_closes_at=now - datetime.timedelta(days=3))
    gone = open_conference(conferences, status=Status.CANCELLED)
    for page, words in (
        (early, "Registration opens on"),
        (late, "Registration is closed."),
        (gone, "is closed."),
    ):
        assert words in text_of(client.get(f"/en/conference/{page.pk}/register/"))
        assert register(client, page).status_code == 409
    assert not Registration.objects.exists()


def test_the_form_is_read_and_sent_and_nothing_else(meeting, client):
    address = f"/en/conference/{meeting.pk}/register/"
    assert client.get(address).status_code == client.head(address).status_code == 200
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(address).status_code == 405, method


def test_a_conference_that_takes_no_registrations_has_no_form(conferences, client):
    page = add_conference(conferences, join_url="https://elsewhere.example/register")
    assert client.get(f"/en/conference/{page.pk}/register/").status_code == 404
    assert (
        'href="https://elsewhere.example/register"' in client.get(page.get_url()).content.decode()
    )


# --- Waiting list --------------------------------------------------------------------------------
def test_who_finds_no_place_waits_and_gets_the_next_free_one_in_order(meeting, client):
    for name in "ABCD":
        register(client, meeting, name)
    assert states() == [
        ("A", "registered"),
        ("B", "registered"),
        ("C", "waiting"),
        ("D", "waiting"),
    ]
    seated = Registration.objects.order_by("number").values_list("seated_at", flat=True)
    assert [moment is None for moment in seated] == [False, False, True, True]
    waiting = Mail.objects.get(address="c@example.org")
    assert waiting.subject == "On the waiting list: Building"
    assert waiting.attachments is None
    response = client.post(link_in(Mail.objects.get(address="a@example.org")), {"action": "cancel"})
    assert response.status_code == 302
    assert states() == [
        ("A", "cancelled"),
        ("B", "registered"),
        ("C", "registered"),
        ("D", "waiting"),
    ]
    assert (
        "A place has become free: it is yours."
        in Mail.objects.filter(address="c@example.org").last().text
    )
    assert Mail.objects.filter(address="d@example.org").count() == 1
    assert Registration.objects.get(number=3).seated_at is not None


def test_who_gets_a_place_by_a_change_reads_the_facts_of_now(meeting, slovenian, client):
    """In every language: the mail is written while the conference is being published."""
    page = factories.translated(meeting, "sl", title="Gradnja")
    for name in "ABC":
        register(client, page, name, "sl")
    meeting.city, meeting.capacity = "Graz", 3
    meeting.save_revision().publish()
    mail = Mail.objects.filter(address="c@example.org").last()
    assert states()[2] == ("C", "registered")
    assert "Graz" in mail.text
    assert "Gradnja" in mail.text


def test_who_cancels_from_the_waiting_list_frees_no_place(meeting, client):
    for name in "ABCD":
        register(client, meeting, name)
    client.post(link_in(Mail.objects.get(address="c@example.org")), {"action": "cancel"})
    assert states() == [
        ("A", "registered"),
        ("B", "registered"),
        ("C", "cancelled"),
        ("D", "waiting"),
    ]


def test_a_cancelled_person_may_register_again_behind_the_others(meeting, client):
    for name in "ABC":
        register(client, meeting, name)
    client.post(link_in(Mail.objects.get(address="a@example.org")), {"action": "cancel"})
    register(client, meeting, "A")
    assert states() == [
        ("A", "cancelled"),
        ("B", "registered"),
        ("C", "registered"),
        ("A", "waiting"),
    ]


def test_more_places_go_to_those_who_wait(meeting, client):
    for name in "ABCD":
        register(client, meeting, name)
    page = ConferencePage.objects.get(pk=meeting.pk)
    page.capacity = 3
    page.save_revision().publish()
    assert states()[2:] == [("C", "registered"), ("D", "waiting")]


def test_a_newcomer_does_not_overtake_those_who_wait(meeting, client):
    """There is a place from when a version with more of them is live until it is given."""
    for name in "ABC":
        register(client, meeting, name)
    ConferencePage.objects.filter(pk=meeting.pk).update(capacity=4)
    register(client, meeting, "D")
    assert states()[2:] == [("C", "waiting"), ("D", "waiting")]
    flow.fill_free_places(ConferencePage.objects.get(pk=meeting.pk))
    assert states()[2:] == [("C", "registered"), ("D", "registered")]


@pytest.mark.parametrize(
    "changes",
    [
        {"status": Status.CANCELLED},
        {
            "start_at": datetime.datetime(2021, 6, 10, tzinfo=datetime.UTC),
            "end_at": datetime.datetime(2021, 6, 11, tzinfo=datetime.UTC),
        },
    ],
    ids=["cancelled", "past"],
)
def test_nobody_gets_a_place_where_nothing_takes_place_any_more(meeting, client, changes):
    for name in "ABCD":
        register(client, meeting, name)
    page = ConferencePage.objects.get(pk=meeting.pk)
    for name, value in {**changes, "capacity": 3}.items():
        setattr(page, name, value)
    page.save_revision().publish()
    flow.fill_free_places(page)
    flow.cancel(Registration.objects.get(name="A"))
    assert states() == [
        ("A", "cancelled"),
        ("B", "registered"),
        ("C", "waiting"),
        ("D", "waiting"),
    ]
    told = Mail.objects.filter(text__contains="A place has become free")
    assert not told.exists()


def test_a_place_and_the_mail_about_it_come_together_or_not_at_all(meeting, client, monkeypatch):
    for name in "ABC":
        register(client, meeting, name)
    before = states()
    guest, failing = Registration.objects.get(name="A"), mock.Mock(side_effect=OSError("full"))
    answers = {"name": "D", "email": "d@example.org"}
    for letter in ("confirm", "confirm_cancellation", "tell_of_place"):
        monkeypatch.setattr(letters, letter, failing)
    with pytest.raises(OSError, match="full"):
        flow.register(meeting, answers, language="en")
    with pytest.raises(OSError, match="full"):
        flow.cancel(guest)
    ConferencePage.objects.filter(pk=meeting.pk).update(capacity=3)
    with pytest.raises(OSError, match="full"):
        flow.fill_free_places(ConferencePage.objects.get(pk=meeting.pk))
    assert states() == before
    assert Desk.objects.get().last_number == 3


def test_without_a_waiting_list_a_full_conference_says_so(conferences, client):
    page = open_conference(conferences, capacity=1, has_waiting_list=False)
    register(client, page, "A")
    response = register(client, page, "B")
    assert response.status_code == 409
    assert "All places are taken." in text_of(response)
    assert states() == [("A", "registered")]


# --- The link ------------------------------------------------------------------------------------
def test_the_link_changes_answers_and_keeps_the_place(meeting, client):
    register(client, meeting, "Visitor", dietary="No nuts")
    address = link_in(Mail.objects.get())
    assert "No nuts" in text_of(client.get(address))
    response = client.post(
        address, {"stamp": new_stamp(), "name": "Visitor Two", "dietary": "Vegan"}
    )
    assert response.status_code == 302
    person = Registration.objects.get()
    assert (person.name, person.dietary, person.state, person.number) == (
        "Visitor Two",
        "Vegan",
        "registered",
        1,
    )


def test_the_link_says_what_is_wrong(meeting, client):
    register(client, meeting, "Visitor")
    response = client.post(link_in(Mail.objects.get()), {"stamp": new_stamp(), "name": ""})
    assert response.status_code == 422
    assert Registration.objects.get().name == "Visitor"


def test_nobody_guesses_a_link_and_no_foreign_page_uses_one(meeting, client):
    register(client, meeting, "Visitor")
    address = link_in(Mail.objects.get())
    assert client.get(address[:-2] + "x/").status_code == 404
    assert client.get("/en/registration/1/").status_code == 404
    foreign = client.post(address, {"action": "cancel"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert states() == [("Visitor", "registered")]


def test_a_second_cancellation_changes_nothing(meeting, client):
    for name in "ABC":
        register(client, meeting, name)
    address = link_in(Mail.objects.get(address="a@example.org"))
    assert client.post(address, {"action": "cancel"}).status_code == 302
    assert client.post(address, {"action": "cancel"}).status_code == 409
    assert Mail.objects.filter(key__endswith=":cancelled").count() == 1


def test_somebody_who_cancelled_is_not_called_what_a_conference_is():
    with translation.override("hu"):
        assert Registration.State.CANCELLED.label == "Lemondva"
        assert Status.CANCELLED.label == "Elmarad"


def test_everything_is_in_the_visitors_language(meeting, slovenian, client):
    factories.translated(meeting, "sl", "Gradimo", consent_text="Strinjam se.")
    html = client.get(f"/sl/conference/{meeting.pk}/register/").content.decode()
    assert '<html lang="sl">' in html
    assert "Strinjam se." in html
    register(client, meeting, "Obiskovalka", language="sl")
    person, mail = Registration.objects.get(), Mail.objects.get()
    assert (person.language, person.consent_text, mail.language) == ("sl", "Strinjam se.", "sl")
    assert link_in(mail).startswith("/sl/registration/")
    assert "Gradimo" in mail.subject


# --- Erasure -------------------------------------------------------------------------------------
def test_personal_data_goes_months_after_the_end_and_the_statistics_stay(meeting, client):
    register(client, meeting, "Visitor", dietary="No nuts")
    address = link_in(Mail.objects.get())
    due = months_later(meeting.end_at, 6)
    assert erase_what_is_due(due - datetime.timedelta(seconds=1)) == 0
    assert erase_what_is_due(due) == 1
    person = Registration.objects.get()
    kept = {name: value for name, value in vars(person).items() if isinstance(value, str) and value}
    assert kept == {"state": "registered", "language": "en", "consent_version": "7"}
    assert Desk.objects.get().registrations.counts()["registered"] == 1
    assert not Mail.objects.filter(address="visitor@example.org").exists()
    assert client.get(address).status_code == 404
    assert erase_what_is_due(due) == 0


def test_a_conference_without_a_date_holds_up_no_erasure(conferences, meeting, client):
    undated = open_conference(conferences, title="Undated")
    for page in (undated, meeting):
        register(client, page, "Visitor")
    assert Desk.objects.order_by("pk").first() == Desk.of(undated)
    ConferencePage.objects.filter(pk=undated.pk).update(live=False, start_at=None, end_at=None)
    assert erase_what_is_due(months_later(meeting.end_at, 6)) == 1
    assert Registration.objects.get(desk=Desk.of(undated)).name == "Visitor"
    assert Registration.objects.get(desk=Desk.of(meeting)).name == ""


def test_an_erasure_that_fails_halfway_has_erased_nothing(meeting, client, monkeypatch):
    register(client, meeting, "Visitor")
    monkeypatch.setattr(Desk, "save", mock.Mock(side_effect=OSError("The disk is full")))
    with pytest.raises(OSError, match="full"):
        erase_what_is_due(months_later(meeting.end_at, 6))
    assert states() == [("Visitor", "registered")]
    assert Mail.objects.filter(address="visitor@example.org").exists()


def test_the_command_erases_what_is_due_alone(meeting, conferences, client, capsys):
    register(client, meeting, "Visitor")
    call_command("erase_registrations")
    assert capsys.readouterr().out == "0 people erased.\n"
    assert states() == [("Visitor", "registered")]


def test_months_end_where_a_month_has_no_such_day():
    assert months_later(
        datetime.datetime(2031, 8, 31, tzinfo=datetime.UTC), 6
    ).date() == datetime.date(2032, 2, 29)


def test_a_mail_to_a_mailbox_that_nobody_confirmed_repeats_nothing_that_was_typed(
    conferences, client
):
    hall = open_conference(conferences, title="Hall")
    register(client, hall, "Win a prize", email="a@example.org", organisation="Prizes & Co")
    register(client, hall, "Win a prize", email="a@example.org", organisation="Prizes & Co")
    texts = [mail.subject + mail.text + mail.html for mail in Mail.objects.all()]
    assert len(texts) == 2
    assert [("Hall" in text, "rize" in text) for text in texts] == [(True, False)] * 2
