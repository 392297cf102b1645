"""Invitations that are accepted at the same moment, twice or by two organisations' links."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from ecca_site.intake import submissions
from partners.applications.links import address_of_invitation
from partners.models import Invitation, PartnerTeam
from tests import factories, forms
from tests.races import MARKS, ROUNDS, at_once

pytestmark = MARKS

ANSWERS = {
    "first_name": "Ana",
    "last_name": "Stone",
    "password": "long-enough-timber-7",
}


def accept(address):
    client = Client(raise_request_exception=False)
    found = [form.data() for form in forms.forms_of(client.get(address).content.decode())]
    shown = next(data for data in found if "password" in data)
    return lambda: client.post(address, {**shown, **ANSWERS})


@pytest.mark.parametrize("teams", [1, 2])
@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_account_is_made(partners, monkeypatch, teams, rounds):
    monkeypatch.setattr(submissions, "QUICKEST", 0)
    for profile in (factories.add_partner(partners, title=f"Stone {n}") for n in range(teams)):
        assert PartnerTeam.objects.filter(translation_key=profile.translation_key).exists()
    found = list(PartnerTeam.objects.order_by("pk"))
    for number in range(rounds):
        email = f"ana{number}@stone.example"
        invitations = [
            Invitation.objects.create(team=team, email=email, language="en") for team in found
        ]
        addresses = [address_of_invitation(invitation) for invitation in invitations]
        answers = at_once(*(accept(address) for address in (addresses * 2)[:2]))
        assert sorted(answer.status_code for answer in answers) == [302, 409 if teams == 1 else 422]
        user = get_user_model().objects.get(email=email)
        assert user.groups.count() == 1
        assert Invitation.objects.filter(email=email, accepted_at__isnull=False).count() == 1
