"""Every role × page type × language × action, by every route.

What changes is what ``access.roles`` says.
"""

import random
from collections import Counter
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction
from django.test import TestCase
from django.utils import translation
from wagtail_localize.models import Translation

from tests.left_out import SEED

from . import cells, library_cells, world
from .fingerprint import Fingerprint, writes

SHARES = [
    pytest.param(0.1, marks=pytest.mark.share),
    pytest.param(0.2, marks=[pytest.mark.whole, pytest.mark.only_on("postgresql")]),
    pytest.param(1, marks=pytest.mark.soak, id="whole"),
]
# Whoever looks at fewer pages tries more on each: preparing one is what takes long.
FEWEST_SCENES = 6
CELLS = 19_000  # at least
REFUSED = {302, 403, 404, 405}


@contextmanager
def undone():
    """Do something and take it back."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        # Of what is taken back nothing will run, and every rollback reads all of it.
        connection.run_on_commit = []
        transaction.savepoint_rollback(point)
        cache.clear()
        translation.activate("en")


@contextmanager
def of_its_own():
    """Leave nothing behind.

    PostgreSQL would look through the rows of all that was taken back again and again.
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")


def is_about_reviews(action):
    return cells.is_about_reviews(action) or action in library_cells.REVIEWED_SPEAKERS


class Matrix:
    def __init__(self, the_world, share):
        self.world = the_world
        self.chance = random.Random(SEED)
        self.pages = list(the_world.pages)
        self.things = list(library_cells.things(the_world))
        self.share_of_cells = 1
        if share < 1:
            everything = [*self.pages, *self.things]
            number = max(FEWEST_SCENES, round(share * len(everything)))
            chosen = self.chance.sample(everything, number)
            self.share_of_cells = share * len(everything) / number
            self.pages = [page for page in self.pages if page in chosen]
            self.things = [thing for thing in self.things if thing in chosen]
        self.wrong, self.count = [], Counter()
        self.lists = {}  # what was answered already: one list shows many pages

    def scenes(self):
        for kind, language in self.pages:
            scene = cells.Scene(self.world, kind, language)
            assert scene.form  # as it is before anything is done to the page
            yield scene

    def run(self, scene, actions):
        """Let everybody try these actions on a page as it is now."""
        before = Fingerprint()
        for action in actions:
            if not action.exists(scene):
                continue
            for person in self.world.people.values():
                # A superuser may do all that is not closed: of interest is what even a superuser
                # may not.
                if person.is_superuser and action.outcomes and not is_about_reviews(action):
                    continue
                if self.chance.random() < self.share_of_cells:
                    self.check(scene, action, person, before)
                    self.count[action.name] += 1

    def send(self, person, requests, before):
        """Return what the answers show, what the requests changed, the answers' statuses and the
        tables written to.
        """
        seen, statuses = set(), []
        with writes() as tables:
            try:
                with TestCase.captureOnCommitCallbacks(execute=True):
                    for request in requests:
                        response = request.send(person.client)
                        statuses.append(response.status_code)
                        if not response.streaming:
                            shown = self.world.marks(response.content.decode(errors="replace"))
                            # A refusal gives back what was typed, which here is the page's own
                            # title.
                            sent = self.world.marks(str(request.data))
                            seen |= shown - sent if response.status_code >= 400 else shown
            except Exception as error:  # a 500 is one wrong cell; the others are of interest, too
                return seen, {repr(error)}, statuses, tables
            return seen, before.changed(tables), statuses, tables

    def check(self, scene, action, person, before):
        with undone():
            if action.prepare:
                action.prepare(scene, person)
                before = Fingerprint()
            requests = action.requests(scene)
            expected = action.expected(person, scene, requests)
            key = (person.name, *((each.address, each.args, each.query) for each in requests))
            if action not in cells.LISTS or key not in self.lists:
                self.lists[key] = self.send(person, requests, before)
            seen, changed, statuses, tables = self.lists[key]
            changed = set(changed)
        if action.is_reading and scene.key in seen:
            changed.add("sees")
        cell = f"{person.name}: {action.name}, {' '.join(scene.key)}"
        if (
            expected
        ):  # what follows from a change, in tables that no kind of change names, is not judged here
            changed = {kind for kind in changed if kind not in tables}
        side = action.side | {"translations"} if expected else set()
        if "live" in expected:
            side = side | {"strings"}  # what is published is what translators work on
        if not expected <= changed <= expected | side:
            self.wrong.append(f"{cell}: {sorted(changed)} instead of {sorted(expected)} {statuses}")
        is_open = all(person.opens(request.address, request.args) for request in requests)
        if not is_open and not set(statuses) <= REFUSED:
            self.wrong.append(f"{cell}: refused with {statuses}")
        for foreign in sorted(seen):
            if person.user is None or not person.may_know(*foreign):
                self.wrong.append(f"{cell}: shows {' '.join(foreign)}")


def leave_out_what_costs_time(settings, monkeypatch):
    """Indexes are made by tasks, and the test client copies the context of every template.

    A file that is deleted would stay so when the database is rolled back.
    """
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(FileSystemStorage, "delete", lambda *args: None)
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)


@pytest.mark.one_transaction
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("share", SHARES)
def test_every_role_does_what_the_roles_say_and_nothing_else(
    share, site, capsys, settings, monkeypatch
):
    matrix = Matrix(world.build(), share)
    leave_out_what_costs_time(settings, monkeypatch)
    author = matrix.world.author
    for thing in matrix.things:
        with of_its_own():
            if thing.kind == "speaker":
                speakers = [*library_cells.SPEAKERS, *library_cells.REVIEWED_SPEAKERS]
                matrix.run(thing, speakers)
            else:
                matrix.run(thing, library_cells.FILES)
    for scene in matrix.scenes():
        with of_its_own():
            matrix.run(scene, cells.TRANSLATING)
            Translation.objects.update(enabled=False)
            matrix.run(
                scene,
                [*cells.READING, *cells.WRITING, *library_cells.FORGED, *cells.IN_OTHER_STATES],
            )
            cells.submitted_by(scene, author)
            matrix.run(scene, cells.REVIEWING)
    with capsys.disabled():
        print(f"\n{matrix.count.total()} cells of the matrix, seed {SEED}")
    # Some pages have more cells than others, so that a share of the pages is a rough one.
    assert matrix.count.total() > (0.9 if share == 1 else 0.3) * share * CELLS
    assert not matrix.wrong, f"{len(matrix.wrong)} cells:\n" + "\n".join(matrix.wrong[:400])
