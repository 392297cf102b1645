"""Nothing that can be sent to a form of the CMS makes a 500, and what was typed with it stays.

Every form that somebody of each role finds is read out of its page as a browser reads it; one
field after the other gets values that no browser sends. What that changes is undone each time.
"""

import html
import random
from collections import Counter

import pytest
from django.db import transaction
from django.urls import resolve, reverse
from django.utils.datastructures import MultiValueDict
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from ecca_site.access import gate
from tests import forms
from tests.core.test_drafts import STREAMS, UNFINISHED
from tests.core.test_sent import MALFORMED, TABLES
from tests.left_out import SEED
from tests.moderation import world as worlds
from tests.moderation.test_addresses import PAGES, addresses, path_of

SHARE = 30
# Of each field for each role: all roles together send every value to the forms that all have.
PER_FIELD = 5
NEVER = {"wagtailadmin_logout", "wagtailadmin_login"}
VALUES = [
    "", " ", "abc", "-1", "0", "1e9", "NaN", "²", "9" * 21, "null", "[]", "{}", '"x"', "true",
    "a" * 5000, "a\0b", "\0", "\u202e", "漢字", "😀" * 200, "\r\n", "\t=1+1", "|", "..", "%00",
    "<b>" * 20_000, "<script>alert(1)</script>", "{{ 7*7 }}", "' OR 1=1 --", "javascript:alert(1)",
    "http://[", "//x.example", "a@b", "2026-13-45", "99999-01-01", "0001-01-01 00:00",
    "0001-01-01", "9999-12-31 23:59", "25:61", ",", '"', "a,b," * 300,
    "en", "xx", "on", "\ufeff", "\ufffe", "\x0b",
    *MALFORMED.values(), *TABLES.values(),
]  # fmt: skip
MARK = "Typed with care"
# A browser shows again what somebody typed into these.
TYPED = ("title", "name", "first_name", "comment", "reason", "note", "subject", "legal_name")
EVERY_BLOCK = [(name, UNFINISHED[name]) for name in UNFINISHED if name not in ("section",)]


@pytest.fixture(scope="module")
def kept_world(keep):
    """The site of the tests of permissions; it is no row, so nothing reads it again."""
    built = {}

    def build():
        built["world"] = worlds.build()
        return {}

    keep(build)
    return built["world"]


@pytest.fixture
def world(db, kept_world):
    return kept_world


class Walk:
    """Sends forms, and keeps what went wrong."""

    def __init__(self, world, chance):
        self.world = world
        self.chance = chance
        self.seen = Counter()
        self.wrong = []

    def paths_of(self, person):
        """Return what a person may open, each about a page that is theirs where one is named."""
        page = self.world.pages["profile", worlds.SOURCE]
        found = {}
        for name, pattern in addresses():
            path = path_of(name, pattern, page)
            if path is None or name in NEVER or not person.opens(name, PAGES):
                continue
            found[path] = gate.name_of(resolve(path))
        return [path for path, name in found.items() if name not in NEVER]

    def pages_of(self, person):
        """Return the editors of pages of every type that a person has, new ones too."""
        found = []
        for (kind, language), pk in self.world.pages.items():
            if "change" in person.holds(kind, language):
                found.append(reverse("wagtailadmin_pages:edit", args=[pk]))
            if "add" in person.holds(kind, language):
                found += self.new_pages_below(pk)
        return found

    @staticmethod
    def new_pages_below(pk):
        found = []
        for model in Page.objects.get(pk=pk).specific_class.allowed_subpage_models():
            names = model._meta.app_label, model._meta.model_name, pk
            found.append(reverse("wagtailadmin_pages:add", args=names))
        return found

    def forms_at(self, person, path):
        """Return the forms of a screen, those of pages with a block of every kind."""
        response = person.client.get(path)
        if response.status_code != 200 or response.streaming:
            return []
        found = forms.forms_of(response.content.decode())
        for form in found:
            names = {name for name, _value in form.fields}
            if {"title", "comments-TOTAL_FORMS"} <= names:
                form.fields = list(self.with_blocks(dict(form.fields), response).items())
        return found

    def with_blocks(self, fields, response):
        model = type(response.context["form"].instance)
        known = response.context["form"].fields
        for name in STREAMS.get(model, ()):
            if name in known:
                allowed = known[name].block.child_blocks
                rows = [row for row in EVERY_BLOCK if row[0] in allowed]
                fields |= nested_form_data({name: streamfield(rows)})
        return fields

    def send(self, person, path, form, name, value):
        """Send a form with one field changed; add to what is wrong if the answer is."""
        data = MultiValueDict(form.data(form.buttons[0] if form.buttons else None))
        if name in data:
            data[name] = value
        typed = next((each for each in TYPED if each in data and each != name), None)
        if typed:
            data[typed] = MARK
        address = forms.urljoin(path, form.action).partition("#")[0]
        with transaction.atomic():
            cookies = person.client.cookies.copy()
            person.client.raise_request_exception = False
            response = person.client.post(address, dict(data.lists()))
            person.client.cookies = cookies
            transaction.set_rollback(True)
        self.seen[response.status_code] += 1
        problem = self.problem_of(response, typed)
        if problem:
            self.wrong.append((person.name, address, name, value[:60], problem))

    @staticmethod
    def problem_of(response, typed):
        if response.status_code >= 500:
            return response.status_code
        is_shown = response.status_code in (200, 400, 409, 422) and not response.streaming
        is_page = is_shown and response["Content-Type"].startswith("text/html")
        if is_page and typed and MARK not in html.unescape(response.content.decode()):
            return f"{response.status_code} without what was typed"
        return None


def random_walk(world, number):
    """Send so many forms of people, screens, fields and values that chance chooses."""
    walk = Walk(world, random.Random(SEED))
    people = [person for person in world.people.values() if person.user]
    screens = {}
    while walk.seen.total() < number:
        person = walk.chance.choice(people)
        kind = walk.chance.choice([walk.paths_of, walk.pages_of])
        if (person.name, kind.__name__) not in screens:
            screens[person.name, kind.__name__] = kind(person)
        paths = screens[person.name, kind.__name__]
        if not paths:
            continue
        path = walk.chance.choice(paths)
        for form in walk.forms_at(person, path):
            for name in walk.chance.choices([name for name, _value in form.fields] or [""], k=3):
                walk.send(person, path, form, name, walk.chance.choice(VALUES))
    return walk


def whole_walk(world):
    walk = Walk(world, random.Random(SEED))
    for person in world.people.values():
        if person.user is None:
            continue
        for path in {*walk.paths_of(person), *walk.pages_of(person)}:
            for form in walk.forms_at(person, path):
                for name in dict(form.fields):
                    for value in walk.chance.sample(VALUES, PER_FIELD):
                        walk.send(person, path, form, name, value)
    return walk


@pytest.mark.filterwarnings("ignore")
def test_generated_forms_make_no_500(world, capsys):
    with capsys.disabled():
        print(f"\n{SHARE} forms of the CMS, seed {SEED} (ECCA_TEST_SEED repeats them)")
    walk = random_walk(world, SHARE)
    assert walk.wrong == []
    assert walk.seen.total() >= SHARE


@pytest.mark.soak
@pytest.mark.filterwarnings("ignore")
def test_every_field_of_every_form_makes_no_500(world):
    walk = whole_walk(world)
    assert walk.wrong == []
    assert walk.seen.total() > 10_000
