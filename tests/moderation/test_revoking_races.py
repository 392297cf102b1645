"""An approval is taken back at the moment when somebody else does so, or its time comes."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from ecca_site.intake.decisions import TooLate
from ecca_site.moderation.ledger.verify import problems
from ecca_site.moderation.revoking import approved_and_waiting, revoke
from partners.models import PartnerPage
from tests import factories
from tests.races import MARKS, ROUNDS, at_once

pytestmark = MARKS


@pytest.fixture
def dated(partners, editor, moderator):
    """Return a function that makes an approved version of a live page, whose time has come."""

    def make(number):
        partners.refresh_from_db()
        page = factories.add_partner(partners, title=f"Quarry {number}", city="At first")
        page.save_revision().publish()
        now = timezone.now()
        page.city = "Later"
        page.go_live_at = now + datetime.timedelta(days=1)
        page.save_revision(user=editor)
        page.get_workflow().start(page, editor)
        state = PartnerPage.objects.get(pk=page.pk).current_workflow_task_state
        state.task.specific.on_action(state, moderator, "approve")
        state = approved_and_waiting().get()
        state.revision.content["go_live_at"] = None
        Revision.objects.filter(pk=state.revision_id).update(
            content=state.revision.content,
            approved_go_live_at=now - datetime.timedelta(minutes=1),
        )
        return page, state

    return make


def city_of(page):
    return PartnerPage.objects.get(pk=page.pk).city


@pytest.mark.parametrize("rounds", ROUNDS)
def test_its_time_comes_at_the_same_moment(dated, moderator, rounds):
    for number in range(rounds):
        page, state = dated(number)
        results = at_once(
            lambda state=state: revoke(state, moderator, "Wrong."),
            lambda: call_command("publish_scheduled"),
        )
        is_revoked = results[0] is None
        assert is_revoked or isinstance(results[0], TooLate), results
        assert results[1] is None, results
        assert city_of(page) == ("At first" if is_revoked else "Later")
        assert not approved_and_waiting().exists()
        assert list(problems()) == []


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_take_it_back(dated, moderator, rounds):
    for number in range(rounds):
        page, state = dated(number)
        results = at_once(*[lambda state=state: revoke(state, moderator, "Wrong.")] * 2)
        [late] = [result for result in results if result is not None]
        assert isinstance(late, TooLate), results
        assert city_of(page) == "At first"
        steps = PageLogEntry.objects.filter(page_id=page.pk, action="moderation.revoke")
        assert steps.count() == 1
