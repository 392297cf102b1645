"""One moderator approves the draft of an application while another declines the application.

One of them is first, the other one is told, and nobody sees an error.
"""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import TaskState

from ecca_site.access import roles
from ecca_site.intake import submissions
from partners.models import Application, PartnerPage
from tests.races import MARKS, ROUNDS, at_once, signed_in

from . import joining

pytestmark = MARKS


@pytest.mark.parametrize("rounds", ROUNDS)
def test_approve_against_decline(partners, person, monkeypatch, rounds):
    monkeypatch.setattr(submissions, "QUICKEST", 0)
    moderators = [person(name, roles.PARTNER_MODERATOR.name) for name in ("first", "second")]
    approver, decliner = map(signed_in, moderators)
    outcomes = set()
    for number in range(rounds):
        application, _address = joining.confirmed(
            Client(), legal_name=f"Timber {number}", mailbox=f"office@timber{number}.example"
        )
        page = application.profile
        state = page.current_workflow_task_state
        answers = at_once(
            lambda pk=state.pk: approver.post(f"/cms/moderation/{pk}/", {"action": "approve"}),
            lambda pk=state.pk, application=application: decliner.post(
                f"/cms/applications/{pk}/{application.pk}/", {"action": "decline", "text": "No."}
            ),
        )
        assert [answer.status_code < 500 for answer in answers] == [True, True], answers
        application.refresh_from_db()
        is_live = PartnerPage.objects.filter(pk=page.pk, live=True).exists()
        assert application.state in (Application.State.ADMITTED, Application.State.DECLINED)
        assert is_live == (application.state == Application.State.ADMITTED)
        assert not TaskState.objects.filter(pk=state.pk, status="in_progress").exists()
        outcomes.add(application.state)
    assert get_user_model().objects.filter(email__startswith="office@").count() == 0
    assert outcomes
