"""The queue: what waits for me, oldest first, in words, with who is at it.

The same cost for 3 and 30 items.
"""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import WorkflowState

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.moderation.models import ReviewTask
from ecca_site.moderation.workdays import due_on
from partners.models import PartnerPage
from tests import factories

QUEUE = "/cms/moderation/"
QUERIES = 17  # of the whole page with the CMS around it, however long the queue is


def titles(response):
    return [state.item.title for state in response.context["object_list"]]


def age(state, days):
    WorkflowState.objects.filter(pk=state.workflow_state_id).update(
        created_at=timezone.now() - datetime.timedelta(days)
    )


def build_waiting(partners):
    author = get_user_model().objects.create_user("author")
    author.groups.add(Group.objects.get(name=roles.EDITOR.name))
    states = {}
    for title, days in (("One", 3), ("Two", 40), ("Three", 0)):
        page = factories.add_partner(partners, title=title)
        page.city = "Maribor"
        page.save_revision(user=author)
        page.get_workflow().start(page, author)
        states[title] = PartnerPage.objects.get(pk=page.pk).current_workflow_task_state
        age(states[title], days)
    return states


@pytest.fixture(scope="module")
def kept_waiting(keep, kept_directory):
    return keep(lambda: build_waiting(kept_directory()))


@pytest.fixture
def waiting(kept_waiting, site):
    """Three profiles in review, the second of them for longest."""
    return list(kept_waiting().values())


@pytest.fixture
def signed_in(client, moderator):
    client.force_login(moderator)
    return client


def test_everything_that_waits_for_me_oldest_first(waiting, signed_in):
    response = signed_in.get(QUEUE)
    assert titles(response) == ["Two", "One", "Three"]
    html = response.content.decode()
    assert html.count("queue-overdue") == 1


def test_who_decides_nothing_has_no_queue(waiting, client, editor):
    client.force_login(editor)
    assert client.get(QUEUE).status_code == 302
    assert client.get(QUEUE, follow=True).context["request"].path == "/cms/"


def test_reviewers_see_their_own_language(waiting, client, person):
    client.force_login(person("slovenian", roles.REVIEWER.group_name("sl")))
    assert titles(client.get(QUEUE)) == []
    client.force_login(person("english", roles.REVIEWER.group_name("en")))
    assert titles(client.get(QUEUE)) == ["Two", "One", "Three"]


@pytest.mark.parametrize(("query", "wanted"), [
    ("?age=7", ["Two"]), ("?age=1", ["Two", "One"]), ("?language=sl", []),
    ("?language=en", ["Two", "One", "Three"]),
    ("?claimed=mine", ["One"]), ("?claimed=free", ["Two", "Three"]),
    ("?ordering=revision__object_str", ["One", "Three", "Two"]),
    ("?ordering=-revision__object_str", ["Two", "Three", "One"]),
    ("?ordering=-workflow_state__created_at", ["Three", "One", "Two"]),
    ("?ordering=due_at", ["Two", "One", "Three"]), ("?ordering=-due_at", ["Three", "One", "Two"]),
    ("?ordering=organisation", ["Two", "One", "Three"]),
    ("?ordering=revision__content__locale", ["Two", "One", "Three"]),
    ("?ordering=revision__content_type__model", ["Two", "One", "Three"]),
    ("?ordering=workflow_state__requested_by__last_name", ["Two", "One", "Three"]),
    ("?ordering=requested_by__password", ["Two", "One", "Three"]),
    ("?age=abc", ["Two", "One", "Three"]), ("?kind=999999", ["Two", "One", "Three"]),
])  # fmt: skip
def test_the_queue_is_filtered_and_sorted(waiting, signed_in, query, wanted):
    signed_in.post(f"{QUEUE}{waiting[0].pk}/claim/")
    assert titles(signed_in.get(QUEUE + query)) == wanted


def test_an_item_is_claimed_by_one_person_and_given_back(waiting, signed_in, client, person):
    address = f"{QUEUE}{waiting[0].pk}/claim/"
    assert "moderator" in signed_in.post(address, follow=True).content.decode()
    other = person("other", roles.PARTNER_MODERATOR.name)
    client.force_login(other)
    assert (
        "moderator has claimed this already." in client.post(address, follow=True).content.decode()
    )
    client.post(address, {"release": "1"})
    waiting[0].refresh_from_db()
    assert waiting[0].claim.user.username == "moderator"


def test_a_claim_that_comes_too_late_is_told_why(waiting, signed_in, person):
    other = person("other", roles.PARTNER_MODERATOR.name)
    waiting[0].task.specific.on_action(waiting[0], other, "approve")
    html = signed_in.post(f"{QUEUE}{waiting[0].pk}/claim/", follow=True).content.decode()
    assert "other has approved this meanwhile." in html


def test_the_days_of_a_decision_are_a_setting_of_the_workflow(waiting, signed_in, admin_client):
    def overdue():
        return [
            state.item.title
            for state in signed_in.get(QUEUE).context["object_list"]
            if state.item.is_overdue
        ]

    assert overdue() == ["Two"]
    task = ReviewTask.objects.get(name="Partner moderation")
    admin_client.post(
        f"/cms/workflows/tasks/edit/{task.pk}/",
        {
            "groups": [group.pk for group in task.groups.all()],
            "working_days": 40,
            "is_for_language_reviewers": "on",
        },
    )
    assert overdue() == []
    setup_site()
    task.refresh_from_db()
    assert task.working_days == 40, "setting up the site again keeps what somebody set"


def test_only_who_may_decide_may_claim(waiting, client, editor, person):
    for user in (editor, person("slovenian", roles.REVIEWER.group_name("sl"))):
        client.force_login(user)
        client.post(f"{QUEUE}{waiting[0].pk}/claim/")
        waiting[0].refresh_from_db()
        assert not hasattr(waiting[0], "claim")
    assert client.get(f"{QUEUE}{waiting[0].pk}/claim/").status_code == 405


@pytest.mark.parametrize(("submitted", "days", "due"), [
    ("2026-11-23", 1, "2026-11-24"), ("2026-11-27", 1, "2026-11-30"),
    ("2026-11-27", 5, "2026-12-04"),
    ("2026-11-28", 1, "2026-11-30"), ("2026-11-24", 0, "2026-11-24"),
])  # fmt: skip
def test_due_dates_count_working_days(submitted, days, due):
    moment = timezone.make_aware(datetime.datetime.fromisoformat(f"{submitted}T12:00"))
    assert due_on(moment, days).isoformat() == due
