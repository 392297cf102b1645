"""Speakers, who are no pages, go live by the same review: from the editor to the ledger."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, Page, TaskState, WorkflowState

from conferences.models import Speaker
from ecca_site.access import roles
from ecca_site.mail.models import Mail
from ecca_site.moderation.items import items_of, queue_of
from ecca_site.moderation.models import GuestLink, LedgerEntry, ReviewRefused, Seal, is_author
from ecca_site.moderation.sealing import seals
from tests import factories
from tests.conferences.programmes import add_conference, add_speaker, session

EDIT = "wagtailsnippets_conferences_speaker:edit"
ADD = "wagtailsnippets_conferences_speaker:add"


@pytest.fixture
def conferences(site):
    index = factories.add_conference_index(site)
    from ecca_site.access.site_setup import setup_site

    setup_site()
    return index


@pytest.fixture
def manager(conferences, person):
    return person("manager", roles.CONFERENCE_MANAGER.name)


@pytest.fixture
def reviewer(conferences, person):
    return person("reviewer", roles.REVIEWER.group_name("en"))


@pytest.fixture
def speaker(conferences):
    return add_speaker("Ana Novak", role="Director", organisation="Cluster")


@pytest.fixture
def conference(conferences, speaker):
    return add_conference(conferences, session("09:00", "10:00", "Bricks", speakers=[speaker.pk]))


def typed(**changes):
    return {
        "name": "Ana Novak",
        "role": "Director",
        "organisation": "Cluster",
        "picture": "",
        "biography": "",
        **changes,
    }


def edit(client, user, speaker, **changes):
    client.force_login(user)
    return client.post(reverse(EDIT, args=[speaker.pk]), typed(**changes))


def submit(client, user, speaker, **changes):
    """Submit a change by the editor; return the task state."""
    response = edit(client, user, speaker, **{"action-submit": "1", **changes})
    assert response.status_code == 302
    return fresh(speaker).current_workflow_task_state


def fresh(speaker):
    return Speaker.objects.get(pk=speaker.pk)


def decide(client, user, state, action="approve", comment=""):
    client.force_login(user)
    address = reverse("moderation_review", args=[state.pk])
    return client.post(address, {"action": action, "comment": comment})


def test_a_change_is_seen_after_its_approval_alone(
    conference, speaker, manager, reviewer, client
):
    state = submit(client, manager, speaker, role="Chair", biography="Builds.")
    html = client.get(conference.url).content.decode()
    assert ("Director" in html, "Chair" in html) == (True, False)
    assert fresh(speaker).role == "Director"

    client.force_login(reviewer)
    review = client.get(reverse("moderation_review", args=[state.pk])).content.decode()
    assert "<del>Director</del>" in review
    assert "<ins>Chair</ins>" in review
    assert "<ins>Builds" in review
    assert decide(client, reviewer, state).status_code == 302
    html = client.get(conference.url).content.decode()
    assert ("Director" in html, "Chair" in html) == (False, True)
    entry = LedgerEntry.objects.filter(kind="conferences.speaker").last()
    assert (entry.rule, entry.revision_number) == ("review", fresh(speaker).live_revision_id)
    assert entry.approved_at is not None
    assert entry.seal_digest
    verify()


def verify():
    call_command("verify_ledger", stdout=io.StringIO())
