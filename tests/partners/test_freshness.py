"""Once a year an organisation is asked whether its profile is correct.

By mail, again, and then its moderators.
"""

import datetime

import pytest
from django.utils import timezone

from ecca_site.access import roles
from ecca_site.i18n.dates import months_later
from ecca_site.mail.models import Mail
from partners.freshness.rounds import ask_for_confirmations
from tests import factories

from .confirming import LONG_AGO, TODAY, later, told


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-11-02", 12, "2025-11-02"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2026-03-31", 1, "2026-02-28"),
    ],
)
def test_months_are_those_of_the_calendar(day, months, before):
    assert months_later(datetime.date.fromisoformat(day), -months).isoformat() == before


def test_who_never_confirmed_is_asked_a_year_after_going_live(english, settings):
    page = factories.add_partner(english, mailbox="info@stone.example")
    published = timezone.localdate(page.first_published_at)
    ask_for_confirmations(published + datetime.timedelta(300))
    assert told() == []
    settings.ECCA_CONFIRM_MONTHS = 6
    ask_for_confirmations(published + datetime.timedelta(300))
    assert len(told()) == 1


def test_without_a_mailbox_its_people_are_asked_in_its_language(partners, person):
    page = factories.add_partner(partners, title="Stone", confirmed_on=LONG_AGO)
    factories.translated(page, "sl", "Kamen")
    for name in ("ana", "bor"):
        person(name, roles.PARTNER_ORGANISATION.group_name("Stone"))
    person("stranger")
    ask_for_confirmations(TODAY)
    assert [mail[:2] for mail in told()] == [("ana@example.org", "sl"), ("bor@example.org", "sl")]


def test_a_language_of_another_country_is_not_the_organisations(partners):
    page = factories.add_partner(
        partners, country="AT", mailbox="info@wien.example", confirmed_on=LONG_AGO
    )
    factories.translated(page, "sl", "Dunaj")
    ask_for_confirmations(TODAY)
    assert [mail[1] for mail in told()] == ["en"]


def test_where_there_is_nobody_to_ask_the_moderators_know_at_once(partners, person):
    person("moderator", roles.PARTNER_MODERATOR.name)
    factories.add_partner(partners, title="Stone", confirmed_on=LONG_AGO)
    for number in (0, 40, 80):
        ask_for_confirmations(later(number))
    assert "Neither a mailbox nor a person is known" in Mail.objects.get().text
    assert told() == [("moderator@example.org", "en", "Nobody confirms: Stone")]


def test_asking_costs_the_same_whether_one_or_three_have_confirmed(
    english, django_assert_num_queries
):
    for _number in range(3):
        factories.add_partner(english, confirmed_on=TODAY)
        with django_assert_num_queries(2):
            ask_for_confirmations(TODAY)
