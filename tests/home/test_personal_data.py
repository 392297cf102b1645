"""Whoever asks for it gets, or gets rid of, what is kept of one mail address in every room of the
house.
"""

import datetime
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from conferences.models import ConferencePage, Contribution, Registration
from conferences.registration import flow
from ecca_site.intake import submissions
from ecca_site.mail.models import Mail
from partners.models import Application, PartnerPage, PartnerTeam
from tests import factories
from tests.conferences.registering import open_conference, register, states
from tests.partners.joining import confirmed

ADDRESS = "office@timber.example"


@pytest.fixture
def kept(site, client, monkeypatch):
    """What one address has left behind, and beside it another one's."""
    monkeypatch.setattr(submissions, "QUICKEST", 0)
    directory = factories.add_partner_index(site)
    confirmed(client)
    team = PartnerTeam.objects.get(translation_key=factories.add_partner(directory).translation_key)
    team.invitations.create(email=ADDRESS, language="en")
    meeting = open_conference(
        factories.add_conference_index(site), capacity=1, has_waiting_list=True
    )
    register(client, meeting, "Guest", email=ADDRESS)
    register(client, meeting, "Other")
    desk = Registration.objects.first().desk
    for email in (ADDRESS, "other@example.org"):
        Contribution.objects.create(desk=desk, title=f"Talk of {email}", email=email, language="en")
    return meeting


def export(capsys):
    capsys.readouterr()
    call_command("personal_data", "export", ADDRESS.upper())
    return json.loads(capsys.readouterr().out)


def test_everything_is_exported_and_nothing_of_others(kept, capsys):
    found = export(capsys)
    assert [item["legal_name"] for item in found["partners"]["applications"]] == ["Timber Cluster"]
    assert [item["email"] for item in found["partners"]["invitations"]] == [ADDRESS]
    assert [item["name"] for item in found["conferences"]["registrations"]] == ["Guest"]
    assert [item["title"] for item in found["conferences"]["contributions"]] == [
        f"Talk of {ADDRESS}"
    ]
    assert [len(found[room]["mails"]) for room in ("partners", "conferences")] == [1, 1]
    assert "other@example.org" not in json.dumps(found)


def test_everything_is_erased_and_the_place_goes_on(kept, capsys):
    assert states() == [("Guest", "registered"), ("Other", "waiting")]
    call_command("personal_data", "erase", ADDRESS.upper())
    assert capsys.readouterr().out.endswith("4 records erased.\n")
    nothing = {"applications": [], "invitations": [], "mails": []}
    assert export(capsys) == {
        "partners": nothing, "conferences": {"registrations": [], "contributions": [], "mails": []},
        "ledger": {"signatories": []},
    }  # fmt: skip
    assert states() == [("", "cancelled"), ("Other", "registered")]
    assert not Mail.objects.filter(address=ADDRESS).exists()
    assert not Application.objects.exclude(mailbox="").exists()
    assert PartnerPage.objects.count() == 1
    assert Contribution.objects.get(email="other@example.org").title == "Talk of other@example.org"


def test_who_was_at_a_conference_that_is_past_stays_counted(kept):
    days = [timezone.now() - datetime.timedelta(days=days) for days in (3, 2)]
    ConferencePage.objects.update(start_at=days[0], end_at=days[1])
    call_command("personal_data", "erase", ADDRESS)
    assert flow.conference_of(kept.translation_key).is_past
    assert states() == [("", "registered"), ("Other", "waiting")]
