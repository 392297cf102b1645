"""Two acts on one page at the same moment, each in a request of its own.

None of them ends in an error, and what they leave behind is the outcome of one after the other.
"""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from partners.models import PartnerPage
from tests.translation.test_slugs import at_once

pytestmark = [
    # SQLite writes one transaction after the other.
    pytest.mark.only_on("postgresql"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def signed_in(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def approve(page, state):
    return f"/cms/moderation/{state.pk}/", {"action": "approve"}


def withdraw(page, state):
    return f"/cms/moderation/pages/{page.pk}/withdraw/", {}


def unpublish(page, state):
    return f"/cms/pages/{page.pk}/unpublish/", {}


RACES = {
    "withdraw": (withdraw, "editor"),
    "unpublish": (unpublish, "admin"),
}


@pytest.fixture
def clients(site, editor, moderator):
    admin = get_user_model().objects.create_superuser("admin", "a@example.org", "x")
    people = {"editor": editor, "moderator": moderator, "admin": admin}
    return {name: signed_in(user) for name, user in people.items()}


@pytest.mark.parametrize("name", RACES)
@pytest.mark.parametrize("rounds", [5, pytest.param(200, marks=pytest.mark.soak)])
def test_approve_against(profile, submit, editor, clients, name, rounds):
    other, who = RACES[name]
    for number in range(rounds):
        page = PartnerPage.objects.get(pk=profile.pk)
        if not page.live:
            page.save_revision().publish()
        state = submit(page, editor, city=f"City {number}")
        page = PartnerPage.objects.get(pk=profile.pk)
        before = PageLogEntry.objects.filter(action="wagtail.publish").count()
        orders = {"moderator": approve(page, state), who: other(page, state)}
        answers = at_once(
            *(
                lambda person=person, order=order: clients[person].post(*order)
                for person, order in orders.items()
            )
        )
        assert [answer.status_code < 500 for answer in answers] == [True, True], answers
        state.refresh_from_db()
        published = PageLogEntry.objects.filter(action="wagtail.publish").count() - before
        assert published == int(state.status == TaskState.STATUS_APPROVED)
        assert state.status != TaskState.STATUS_IN_PROGRESS
        open_reviews = WorkflowState.objects.active().filter(object_id=str(page.pk))
        assert open_reviews.count() <= 1
        for review in open_reviews:
            review.cancel(user=editor)
