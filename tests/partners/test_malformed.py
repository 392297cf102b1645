"""Nothing that can be sent to the forms to join makes a 500.

Generated submissions, whose seed is printed.
"""

import random
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from ecca_site.intake.submissions import new_stamp
from partners.applications import links as application_links
from partners.freshness import links as freshness_links
from partners.models import (
    Application,
    ConfirmationRequest,
    Invitation,
    PartnerIndexPage,
    PartnerTeam,
)
from tests import factories
from tests.left_out import SEED

from .joining import FIELDS, apply, last_mail, link_in

SHARE, ALL = 300, 10_000
VALUES = [
    "", " ", "abc", "a" * 5000, "\x00", "a\x00b", "\u202e", "漢字", "😀" * 200,
    "<script>alert(1)</script>", "-1",
    "99999999999999999999", "NaN", "confirm", "a@b", "a@" + "b" * 300 + ".si", "http://[", "//",
    "https://xn--/", "|",
    "\r\nBcc: x@y.si", "design", "DE", "%00",
]  # fmt: skip
NAMES = [
    *FIELDS,
    "first_name",
    "last_name",
    "password",
    "seeks",
    "themes",
    "members_sme",
    "members_public",
    "stamp",
    "fax",
    "action",
    "text",
    "unknown",
    "",
]


def forms_of(partner):
    """Return the addresses of what else anybody may send.

    For a mailbox, to confirm a profile, to make an account.
    """
    asked = ConfirmationRequest.objects.create(
        translation_key=partner.translation_key, asked_on=timezone.localdate()
    )
    team = PartnerTeam.objects.get(translation_key=partner.translation_key)
    invitation = Invitation.objects.create(team=team, email="ana@stone.example", language="en")
    links = freshness_links.address_of(asked), application_links.address_of_invitation(invitation)
    return [f"/en/partner/{partner.pk}/contact/", *(urlsplit(link).path for link in links)]


def send(number, client, capsys):
    with capsys.disabled():
        print(f"\n{number} generated submissions, seed {SEED} (ECCA_TEST_SEED repeats them)")
    assert apply(client).status_code == 302
    forms = [
        "/en/apply/partner/", "/en/apply/supporting/", "/en/apply/associated/",
        link_in(last_mail()),
        *forms_of(factories.add_partner(PartnerIndexPage.objects.get(),
                mailbox="info@stone.example")),
    ]  # fmt: skip
    chance, browser, seen = random.Random(SEED), Client(raise_request_exception=False), set()
    for count in range(number):
        data = (
            {**FIELDS, "mailbox": f"n{count}@example.org", "stamp": new_stamp()}
            if chance.random() < 0.7
            else {}
        )
        for name in chance.choices(NAMES, k=chance.randint(0, 3)):
            data[name] = chance.choice(VALUES)
        address, method = chance.choice(forms), chance.choice(["post", "post", "post", "get"])
        response = getattr(browser, method)(address, data)
        assert response.status_code < 500, (method, address, data)
        seen.add(response.status_code)
    assert {200, 302, 422} <= seen
    assert not Application.objects.filter(legal_name="").exists()


@pytest.fixture
def visitor(directory, quick, client, without_limits):
    return client


@pytest.mark.filterwarnings("ignore")
@pytest.mark.whole
def test_generated_submissions_make_no_500(visitor, capsys):
    send(SHARE, visitor, capsys)


@pytest.mark.soak
@pytest.mark.filterwarnings("ignore")
def test_many_generated_submissions_make_no_500(visitor, capsys):
    send(ALL, visitor, capsys)
