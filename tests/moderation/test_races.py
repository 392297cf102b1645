"""Two moderators at the same moment, each in a process of its own.

One decision, and the other one is told of it.
"""

import json
import random
import re
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from ecca_site.access import roles
from ecca_site.mail.models import Mail
from partners.models import PartnerPage
from tests.left_out import SEED
from tests.left_to_workers import do_what_was_left
from tests.processes import environment, running
from tests.races import MARKS, ROUNDS

TOO_LATE = re.compile("meanwhile|not currently awaiting moderation")
DECISIONS = ("wagtail.workflow.approve", "wagtail.workflow.reject")

pytestmark = MARKS


@pytest.fixture
def deciders(tmp_path):
    """Two processes that take decisions."""
    command = [sys.executable, "-m", "tests.moderation.decider"]
    env = environment(tmp_path)
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                running(
                    command,
                    env,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    bufsize=1,
                )
            )
            for _number in range(2)
        ]


def at_once(deciders, orders):
    """Hand each process its order; return their answers."""
    for decider, order in zip(deciders, orders, strict=True):
        decider.stdin.write(json.dumps(order) + "\n")
        decider.stdin.flush()
    return [json.loads(decider.stdout.readline()) for decider in deciders]


def log_of(page):
    entries = PageLogEntry.objects.filter(page_id=page.pk).values_list("action", flat=True)
    return [
        sum(action in names for action in entries) for names in (DECISIONS, ("wagtail.publish",))
    ]


@pytest.mark.parametrize("other", ["approve", "reject"])
@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_decision_one_publication_one_entry_one_mail(
    profile, submit, editor, person, deciders, other, rounds, capsys
):
    chance = random.Random(SEED)
    moderators = [person(name, roles.PARTNER_MODERATOR.name) for name in ("first", "second")]
    assert [decider.stdout.readline() for decider in deciders] == ["ready\n", "ready\n"]
    won = {"approve": 0, "reject": 0}
    for number in range(rounds):
        page = PartnerPage.objects.get(pk=profile.pk)
        state = submit(page, editor, city=f"City {number}")
        before = log_of(page)
        moment, actions = time.time() + 0.05, ["approve", other]
        chance.shuffle(actions)
        answers = at_once(deciders, [
            {
                "at": moment + chance.uniform(0, 0.004), "user": user.pk, "action": action,
                "state": state.pk,
                "page": page.pk, "route": chance.choice(("review", "wagtail")),
            }
            for user, action in zip(moderators, actions, strict=True)
        ])  # fmt: skip

        state.refresh_from_db()
        page.refresh_from_db()
        is_approved = state.status == TaskState.STATUS_APPROVED
        assert is_approved or state.status == TaskState.STATUS_REJECTED
        done = "has approved this meanwhile." if is_approved else "has asked for changes meanwhile."
        told = [text for answer in answers for text in answer["told"] if TOO_LATE.search(text)]
        # Who comes after the end of the review is told so by Wagtail.
        assert len(told) == 1, answers
        assert told[0] == f"{state.finished_by.username} {done}" or "awaiting" in told[0], answers
        assert max(answer["status"] for answer in answers) < 500
        decisions, publications = (
            after - count for after, count in zip(log_of(page), before, strict=True)
        )
        assert (decisions, publications) == (1, int(is_approved))
        assert (page.city == f"City {number}") == is_approved
        assert not WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).exists()
        do_what_was_left("write_to_submitters")
        assert (
            Mail.objects.filter(
                key__in=[f"{word}:{state.pk}:{editor.pk}" for word in ("approved", "rejected")]
            ).count()
            == 1
        )
        won["approve" if is_approved else "reject"] += 1
        if not is_approved:
            page.current_workflow_state.cancel(user=editor)
    with capsys.disabled():
        print(f"\n{rounds} races of approve with {other}: {won}, seed {SEED}")
