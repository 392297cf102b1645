import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.signals import request_started
from django.db import connection
from django.test import Client
from django.urls import reverse

from ecca_site.intake import submissions
from search.results import results
from tests import factories
from tests.drawings import DOCS, with_drawing
from tests.ways import WAYS, Walk, drawing_of

DOCUMENT = DOCS / "ways.md"
NUMBER = re.compile(r"\d+ quer(y|ies)")


def build_sections():
    """Return the sections that the ways lead to.

    What is done once in the life of a process is done, too: it is no part of a way.
    """
    sections = factories.add_partners_and_conferences()
    ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)
    for address in ("/en/", reverse("wagtailadmin_login")):
        Client().get(address)
    return sections


@pytest.fixture(scope="module")
def kept_sections(keep):
    return keep(build_sections)


@pytest.fixture
def walk(kept_sections, person, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr(submissions, "QUICKEST", 0)
    return Walk(kept_sections(), person, django_capture_on_commit_callbacks)


@pytest.mark.parametrize("name", WAYS)
def test_a_way_enters_the_rooms_and_asks_the_queries_that_are_written(name, walk, pytestconfig):
    WAYS[name](walk)
    drawing = drawing_of(walk.steps)
    if pytestconfig.getoption("write_docs"):
        DOCUMENT.write_text(with_drawing(DOCUMENT.read_text(), name, drawing))
    text = DOCUMENT.read_text()
    assert f"<!-- /{name} -->" in text
    drawn = with_drawing(text, name, drawing)
    if connection.vendor != "sqlite":
        # Another database may be asked a little more or less; the rooms are the same.
        text, drawn = NUMBER.sub("", text), NUMBER.sub("", drawn)
    assert text == drawn, "make docs"


def visit_during(walk, act):
    """Return the last step of a visit during which something else is done, too."""

    def do(**kwargs):
        act()

    request_started.connect(do)
    try:
        WAYS["visit"](walk)
    finally:
        request_started.disconnect(do)
    return walk.steps[-1]


def test_a_visit_that_asks_one_query_more_is_told(walk):
    assert visit_during(walk, Group.objects.exists).queries == 1


def test_a_visit_that_enters_one_room_more_is_told(walk):
    step = visit_during(walk, lambda: results(None, [], "bricks"))
    assert step.files.keys() == {"search", "delivery"}
    assert step.queries == 0
