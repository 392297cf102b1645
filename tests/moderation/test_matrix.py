"""Every role × page type × language × action, by every route: what changes is what ``home.roles`` says, and no more."""

import os
import random
import time
from collections import Counter
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction
from django.test import TestCase
from django.utils import translation
from wagtail_localize.models import Translation

from . import cells, library_cells, world
from .fingerprint import Fingerprint, writes

SEED = int(os.environ.get("ECCA_TEST_SEED", random.randrange(2**32)))
SHARES = {"sqlite": [0.1, pytest.param(1, marks=pytest.mark.soak)], "postgresql": [1]}
CELLS = 19_000  # at least
REFUSED = {302, 403, 404, 405}


@contextmanager
def undone():
    """Do something and take it back."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        connection.run_on_commit = []  # of what is taken back nothing will run, and every rollback reads all of it
        transaction.savepoint_rollback(point)
        cache.clear()
        translation.activate("en")


@contextmanager
def of_its_own():
    """Leave nothing behind: PostgreSQL would look through the rows of all that was taken back again and again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")


class Matrix:
    def __init__(self, the_world, share):
        self.world, self.share, self.chance = the_world, share, random.Random(SEED)
        self.wrong, self.count = [], Counter()
        self.lists = {}  # what was answered already: one list shows many pages

    def scenes(self):
        for kind, language in self.world.pages:
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
                # A superuser may do all that is not closed: of interest is what even a superuser may not.
                if person.is_superuser and action.outcomes and not cells.is_about_reviews(action):
                    continue
                if self.share == 1 or self.chance.random() < self.share:
                    self.check(scene, action, person, before)
                    self.count[action.name] += 1

    def send(self, person, requests, before):
        """Return what the answers show, what the requests changed, the answers' statuses and the tables written to."""
        seen, statuses = set(), []
        with writes() as tables:
            try:
                with TestCase.captureOnCommitCallbacks(execute=True):
                    for request in requests:
                        response = request.send(person.client)
                        statuses.append(response.status_code)
                        if not response.streaming:
                            seen |= self.world.marks(response.content.decode(errors="replace"))
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
        if expected:  # what follows from a change, in tables that no kind of change names, is not judged here
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


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("share", SHARES[connection.vendor])
def test_every_role_does_what_the_roles_say_and_nothing_else(share, site, capsys, settings, monkeypatch):
    started = time.perf_counter()
    matrix = Matrix(world.build(), share)
    leave_out_what_costs_time(settings, monkeypatch)
    author = matrix.world.author
    for thing in library_cells.things(matrix.world):
        with of_its_own():
            matrix.run(thing, library_cells.SPEAKERS if thing.kind == "speaker" else library_cells.FILES)
    for scene in matrix.scenes():
        with of_its_own():
            matrix.run(scene, cells.TRANSLATING)
            Translation.objects.update(enabled=False)
            matrix.run(scene, [*cells.READING, *cells.WRITING, *library_cells.FORGED, *cells.IN_OTHER_STATES])
            cells.submitted_by(scene, author)
            matrix.run(scene, cells.REVIEWING)
    with capsys.disabled():
        print(f"\n{matrix.count.total()} cells of the matrix, {time.perf_counter() - started:.0f} s, seed {SEED}")
    assert matrix.count.total() > 0.9 * share * CELLS
    assert not matrix.wrong, f"{len(matrix.wrong)} cells:\n" + "\n".join(matrix.wrong[:400])
