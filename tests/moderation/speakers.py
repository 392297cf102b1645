"""What people do to speakers in the CMS, and what is read of it."""

import io

from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse

from conferences.models import Speaker

SPEAKERS = "wagtailsnippets_conferences_speaker"


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
    return client.post(reverse(f"{SPEAKERS}:edit", args=[speaker.pk]), typed(**changes))


def submit(client, user, speaker, **changes):
    """Submit a change by the editor; return the task state."""
    changes = changes or {"role": "Chair"}
    response = edit(client, user, speaker, **{"action-submit": "1", **changes})
    assert response.status_code == 302
    return fresh(speaker).current_workflow_task_state


def fresh(speaker):
    return Speaker.objects.get(pk=speaker.pk)


def review(state):
    return reverse("moderation_review", args=[state.pk])


def decide(client, user, state, action="approve", comment=""):
    client.force_login(user)
    with TestCase.captureOnCommitCallbacks(execute=True):  # visitors get what is kept until then
        return client.post(review(state), {"action": action, "comment": comment})


def shown(client, page):
    client.logout()
    return client.get(page.url).content.decode()


def verify():
    call_command("verify_ledger", stdout=io.StringIO(), stderr=io.StringIO())
