"""Two people together: whoever asks × whoever decides × page × language × act.

What visitors read afterwards is what ``access.roles`` gives these two, in every language.
"""

import random
from collections import Counter
from itertools import product

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.test import Client
from wagtail.models import Page, TaskState

from ecca_site.access import roles
from ecca_site.moderation.models import PageRequest, ReviewRefused
from tests.left_out import SEED

from . import world
from .test_matrix import undone

SHARES = [
    0.012,
    pytest.param(1, marks=pytest.mark.soak, id="whole"),
]
CELLS = 5_000  # at least
SHARE_OF_PAIRS = 0.4  # of those in a scene that a share of the scenes holds
LOWER = 2  # kinds of pages below the one that is tried, whose addresses are looked at
ACTS = ("unpublish", "delete", "move")
SPANISH = "es"  # has a home page and nothing else
DESTINATION = "The last one"  # a content page beside the one that is tried
MORE_PEOPLE = (
    ("reviewer en", roles.REVIEWER, "en"),
    ("reviewer pl", roles.REVIEWER, "pl"),
    ("translator en", roles.TRANSLATOR, "en"),
    ("translator pl", roles.TRANSLATOR, "pl"),
    ("second editor", roles.EDITOR, None),
)


def scenes():
    """Yield kind, language, act, and whether its translations are asked for, too."""
    for scene in product(world.PARENTS, world.LANGUAGES, ACTS, (False, True)):
        kind, _language, act, _along = scene
        if act != "move" or kind == "content":  # the others have one place in a language
            yield scene


class Pairs:
    def __init__(self, the_world, share):
        self.world = the_world
        self.visitor = Client()
        self.chance = random.Random(SEED)
        everything = list(scenes())
        self.scenes = self.chance.sample(everything, round(share * len(everything)))
        self.share_of_pairs = 1 if share == 1 else SHARE_OF_PAIRS
        self.people = [person for person in the_world.people.values() if person.user]
        self.addresses = {
            where: Page.objects.get(pk=pk).specific.get_url()
            for where, pk in the_world.pages.items()
        }
        self.count = Counter()
        self.wrong = []

    # --- What happens ----------------------------------------------------------------------------
    def run(self):
        for scene in self.scenes:
            for asker in self.people:
                with undone():
                    self.ask(asker, *scene)
                    expected = self.expected_requests(asker, *scene)
                    if self.requests() != expected:
                        self.wrong.append(
                            f"{asker.name} {scene}: asked {self.requests()}, not {expected}"
                        )
                    for decider in self.people if expected else ():
                        if self.chance.random() < self.share_of_pairs:
                            with undone():
                                self.decide(decider)
                                self.check(asker, decider, *scene)

    def ask(self, asker, kind, language, act, along):
        data = {"kind": act, "reason": "Please."}
        if along:
            data["with_translations"] = "on"
        if act == "move":
            data["destination"] = self.destination(language).pk
        page = self.world.pages[kind, language]
        asker.client.post(f"/cms/moderation/pages/{page}/request/", data)

    @staticmethod
    def destination(language):
        found = Page.objects.filter(title__startswith=DESTINATION, depth=3)
        return found.filter(content_type__model="contentpage").get(locale__language_code=language)

    @staticmethod
    def requests():
        found = PageRequest.objects.select_related("workflow_state")
        return {request.page.locale.language_code for request in found}

    @staticmethod
    def decide(decider):
        """Approve whatever waits, or try to."""
        waiting = TaskState.objects.filter(workflow_state__page_request__isnull=False)
        for state in waiting.filter(status=TaskState.STATUS_IN_PROGRESS).order_by("pk"):
            try:
                with transaction.atomic():
                    state.task.specific.on_action(state, decider.user, "approve")
            except (ReviewRefused, PermissionDenied):
                continue

    # --- What should ------------------------------------------------------------------------------
    @staticmethod
    def expected_requests(asker, kind, language, act, along):
        """Return the languages of the requests that should be made."""
        if "change" not in asker.holds(kind, language):
            return set()
        if not asker.opens("moderation_request"):
            return set()
        is_beginning = kind == "home" and act == "delete"
        if is_beginning and language == world.SOURCE:
            return set()
        if not along:
            return {language}
        languages = [*world.LANGUAGES, SPANISH] if kind == "home" else world.LANGUAGES
        asked = {each for each in languages if "change" in asker.holds(kind, each)}
        return asked - {world.SOURCE} if is_beginning else asked

    def expected_gone(self, asker, decider, kind, language, act, along):
        """Return the pages that visitors should not find any more where they were."""
        gone = set()
        if asker is decider:
            return gone
        for each in self.expected_requests(asker, kind, language, act, along):
            if all(decider.reviews(lower, each) for lower in world.below(kind)):
                gone |= {(lower, each) for lower in self.hidden_by(kind, act)}
        return gone

    @staticmethod
    def hidden_by(kind, act):
        if act == "unpublish" and kind != "home":
            return [kind]
        return world.below(kind)

    def check(self, asker, decider, *scene):
        self.count[scene[2]] += 1
        kind = scene[0]
        lower = [each for each in world.below(kind) if each != kind]
        kinds = {kind, *self.chance.sample(lower, min(LOWER, len(lower)))}
        looked_at = set(product(kinds, world.LANGUAGES))
        gone = {where for where in looked_at if not self.is_shown(where)}
        expected = self.expected_gone(asker, decider, *scene) & looked_at
        if gone != expected:
            self.wrong.append(
                f"{asker.name} + {decider.name} {scene}: "
                f"gone {sorted(gone)}, not {sorted(expected)}"
            )

    def is_shown(self, where):
        return self.visitor.get(self.addresses[where]).status_code == 200


def add_people(the_world):
    for name, role, language in MORE_PEOPLE:
        group = Group.objects.get(name=role.group_name(language))
        the_world.add_person(world.Person(name, role, language), group)


@pytest.mark.one_transaction
@pytest.mark.django_db
@pytest.mark.parametrize("share", SHARES)
def test_two_people_do_what_the_roles_of_both_allow_and_nothing_else(
    share, site, capsys, settings, monkeypatch
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(FileSystemStorage, "delete", lambda *args: None)
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
    the_world = world.build()
    add_people(the_world)
    pairs = Pairs(the_world, share)
    pairs.run()
    with capsys.disabled():
        print(f"\n{pairs.count.total()} pairs in {len(pairs.scenes)} scenes, seed {SEED}")
    assert pairs.count.total() > (1 if share == 1 else 0.1) * share * CELLS
    assert not pairs.wrong, f"{len(pairs.wrong)} cells:\n" + "\n".join(pairs.wrong[:200])
