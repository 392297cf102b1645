"""A secret address opens one thing, until the moment that is signed with it."""

import datetime

import pytest
from django.utils import timezone

from ecca_site.intake.links import Opened, SecretLinks

REGISTRATIONS = SecretLinks("registration", "ecca.registration")
DAY = datetime.timedelta(days=1)


class Thing:
    pk = 12


def test_an_address_without_an_end_lasts():
    token = REGISTRATIONS.token_of(Thing)
    assert REGISTRATIONS.open(token) == Opened("12", is_expired=False)
    assert REGISTRATIONS.key_at(token) == "12"


@pytest.mark.parametrize(("distance", "is_expired"), [(DAY, False), (-DAY, True)])
def test_an_address_ends_at_its_moment(distance, is_expired):
    token = REGISTRATIONS.token_of(Thing, timezone.now() + distance)
    assert REGISTRATIONS.open(token) == Opened("12", is_expired)
    assert REGISTRATIONS.key_at(token) == (None if is_expired else "12")


def test_nobody_moves_the_end_or_the_key_of_an_address():
    token = REGISTRATIONS.token_of(Thing, timezone.now() - DAY)
    key, end, signature = token.split(".")
    for forged in (f"{key}..{signature}", f"{key}.{int(end) + 10**6}.{signature}", f"13.{end}.x"):
        assert REGISTRATIONS.open(forged) is None


def test_an_address_of_one_kind_opens_nothing_of_another():
    token = SecretLinks("application", "ecca.application").token_of(Thing)
    assert REGISTRATIONS.open(token) is None


@pytest.mark.parametrize("token", ["", ".", "12", "12.", "\0", "12.\x00.x", "č" * 500])
def test_what_is_no_token_opens_nothing(token):
    assert REGISTRATIONS.open(token) is None


def test_the_address_names_the_view(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://ecca.example"
    token = REGISTRATIONS.token_of(Thing)
    assert REGISTRATIONS.address_of(Thing) == f"https://ecca.example/en/registration/{token}/"
