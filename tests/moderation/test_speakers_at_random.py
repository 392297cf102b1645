"""Whatever managers and reviewers do to speakers in whatever order: visitors read no word of theirs
that nobody else has approved.
"""

import io
import random

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, TaskState

from conferences.models import Speaker
from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.moderation.models import LedgerEntry
from tests import factories
from tests.left_out import SEED

SPEAKERS = "wagtailsnippets_conferences_speaker"
STEPS = 60
FIELDS = ("name", "role", "organisation", "biography")
BUTTONS = (
    "", "action-submit", "action-submit", "action-publish", "action-cancel-workflow",
    "action-restart-workflow",
)  # fmt: skip


class Play:
    """A site with some speakers, people who do something to them, and who typed which word."""

    def __init__(self, client, people, seed):
        self.client = client
        self.people = people
        self.chance = random.Random(seed)
        self.typed = {}  # the person of each word

    def word(self, person):
        word = f"w{len(self.typed)}w"
        self.typed[word] = person.pk
        return word

    def step(self):
        person = self.chance.choice(self.people)
        self.client.force_login(person)
        act = self.chance.choice(
            [self.edit, self.edit, self.add, self.restore, self.decide, self.decide,
             self.decide, self.withdraw, self.ask, self.take_away]
        )  # fmt: skip
        act(person)

    def speaker(self):
        return self.chance.choice(list(Speaker.objects.order_by("pk")))

    def form(self, person):
        button = self.chance.choice(BUTTONS)
        data = {"name": f"Name {self.word(person)}", "picture": ""}
        data |= {name: self.word(person) for name in FIELDS[1:]}
        return data | ({button: "1"} if button else {})

    def post(self, name, *args, data):
        response = self.client.post(reverse(name, args=args), data)
        assert response.status_code < 500

    def edit(self, person):
        self.post(f"{SPEAKERS}:edit", self.speaker().pk, data=self.form(person))

    def add(self, person):
        self.post(f"{SPEAKERS}:add", data=self.form(person))

    def restore(self, person):
        speaker = self.speaker()
        version = self.chance.choice(list(speaker.revisions.order_by("pk")))
        self.post(f"{SPEAKERS}:revisions_revert", speaker.pk, version.pk, data=self.form(person))

    def decide(self, person):
        state = TaskState.objects.filter(status="in_progress").order_by("pk").first()
        if state is not None:
            action = self.chance.choice(["approve", "approve", "reject", "override"])
            data = {"action": action, "comment": "Read."}
            self.post("moderation_review", state.pk, data=data)

    def withdraw(self, person):
        self.post(
            "moderation_withdraw_snippet", "conferences", "speaker", self.speaker().pk, data={}
        )

    def ask(self, person):
        kinds = ["unpublish", "delete"] if Speaker.objects.count() > 3 else ["unpublish"]
        data = {"kind": self.chance.choice(kinds), "reason": "Ill."}
        name = "moderation_request_snippet"
        self.post(name, "conferences", "speaker", self.speaker().pk, data=data)

    def take_away(self, person):
        name = self.chance.choice(["unpublish", "delete", "lock", "unlock"])
        self.post(f"{SPEAKERS}:{name}", self.speaker().pk, data={})

    def publish_one(self, manager, reviewer):
        """Let a new speaker go live, so that visitors read one word at least."""
        self.client.force_login(manager)
        data = {name: self.word(manager) for name in FIELDS}
        self.post(f"{SPEAKERS}:add", data=data | {"picture": "", "action-submit": "1"})
        self.client.force_login(reviewer)
        state = TaskState.objects.latest("pk")
        self.post("moderation_review", state.pk, data={"action": "approve", "comment": ""})

    def seen(self):
        """Yield each word that visitors read with the version that it is live by."""
        for speaker in Speaker.objects.live():
            for name in FIELDS:
                for word in getattr(speaker, name).split():
                    if word in self.typed:
                        yield word, speaker.live_revision_id


@pytest.mark.parametrize(
    "turn", [0, pytest.param(1, marks=pytest.mark.whole), pytest.param(2, marks=pytest.mark.whole)]
)
def test_visitors_read_no_word_that_nobody_else_approved(site, person, client, turn):
    factories.add_conference_index(site)
    setup_site()
    people = [
        person("manager", roles.CONFERENCE_MANAGER.name),
        person("editor", roles.EDITOR.name),
        person("both", roles.CONFERENCE_MANAGER.name, roles.REVIEWER.group_name("en")),
        person("reviewer", roles.REVIEWER.group_name("en")),
    ]
    for name in ("Ana", "Eva"):
        speaker = Speaker.objects.create(name=name, locale=Locale.get_default())
        speaker.save_revision().publish()
    play = Play(client, people, SEED + turn)
    for _step in range(STEPS):
        play.step()
        for word, version in play.seen():
            approved = TaskState.objects.filter(revision=version, status="approved")
            deciders = set(approved.values_list("finished_by", flat=True))
            assert deciders, f"{word} is live unapproved, seed {SEED}"
            assert play.typed[word] not in deciders, f"{word} by its own author, seed {SEED}"
            entries = LedgerEntry.objects.filter(revision_number=version, act="live")
            assert entries.exclude(approved_at=None).exists()
    play.publish_one(people[0], people[3])
    assert set(play.typed) & {word for word, _version in play.seen()}
    call_command("verify_ledger", stdout=io.StringIO())
