"""Every address of the CMS is in one area or closed, and open to nobody whose role does not open
that area.
"""

import html
import re
from collections import Counter
from contextlib import suppress
from itertools import product
from unittest import TestCase as PlainTestCase

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import TestCase
from django.urls import NoReverseMatch, URLResolver, get_resolver, resolve, reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from ecca_site.access import areas, gate, roles
from ecca_site.access.models import RoleGroup

from . import world

# What stands for the parts of an address that the gate does not look at.
SAMPLES = {
    "int": 1, "pagenumber": 1, "slug": "x", "string": "x", "path": "x",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "app_label": "wagtailcore", "model_name": "page", "content_type_app_name": "news",
    "content_type_model_name": "newspage", "revision_id_a": "live", "revision_id_b": "latest",
    "filter_spec": "width-9",
}  # fmt: skip
PAGES = ("wagtailcore", "page")  # of which kind of thing the bulk action is tried
LISTED = areas.EVERYBODY.union(*areas.AREAS.values())
# The board of all pages and languages and the CMS home, which shows some of it: titles of pages are
# no secret there to whoever has the board.
BOARD = {"translation_coverage", "translation_coverage_results", "wagtailadmin_home"}
OBJECTS = re.compile(
    r"<[\w.]+ object at 0x|django\.db\.models\.expressions|value=\"None\"|>\s*None\s*</textarea>"
)
NAMELESS = {"cms/test404/", "cms/.*/$"}


def addresses(resolver=None, spaces=(), route=""):
    """Yield name, or route where there is none, and pattern of everything that Django resolves in
    the CMS.
    """
    if resolver is None:
        resolver = next(
            each
            for each in get_resolver().url_patterns
            if str(each.pattern) == reverse("wagtailadmin_home").lstrip("/")
        )
        route = str(resolver.pattern)
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern, inner, route + str(pattern.pattern))
        else:
            own_route = str(pattern.pattern).removeprefix("^")  # as Django joins them
            yield ":".join((*spaces, pattern.name)) if pattern.name else route + own_route, pattern


def path_of(name, pattern, page):
    """Return a path that leads to this address, about a real page where it is about one.

    None if it has no name.
    """
    converters = {
        keyword: type(converter).__name__.removesuffix("Converter").lower()
        for keyword, converter in pattern.pattern.converters.items()
    } or dict.fromkeys(pattern.pattern.regex.groupindex, "int")
    keywords = {
        keyword: page if keyword in gate.PAGE_KEYWORDS else SAMPLES.get(keyword, SAMPLES[kind])
        for keyword, kind in converters.items()
    }
    of_outer_pattern = {"pk": SAMPLES["int"]}  # as of a passkey, below which its views stand
    for known in (keywords, keywords | of_outer_pattern):
        with suppress(NoReverseMatch):
            return reverse(name, kwargs=known)
    return None


def names_of_objects(response):
    """Return what an answer shows of Python instead of words, or of nothing.

    "<… object at 0x…>", "None".
    """
    text = "" if response.streaming else response.content.decode(errors="replace")
    return set(OBJECTS.findall(html.unescape(text)))


class TableTests(PlainTestCase):
    def test_every_address_of_the_cms_is_in_an_area(self):
        self.assertEqual({name for name, _pattern in addresses()} - LISTED, set())

    def test_every_listed_address_exists(self):
        self.assertEqual(LISTED - {name for name, _pattern in addresses()}, set())

    def test_an_address_is_closed_or_open_but_not_both(self):
        closed = areas.AREAS[areas.CLOSED]
        for area, names in areas.AREAS.items():
            self.assertFalse(area != areas.CLOSED and names & (closed | areas.EVERYBODY), area)

    def test_bulk_actions_are_sorted_by_things_that_exist(self):
        """A kind of thing that has moved to another app would be closed to everybody."""
        for names, area in areas.BULK_AREAS.items():
            self.assertEqual(apps.get_model(*names)._meta.label_lower, ".".join(names))
            self.assertIn(area, areas.AREAS)
        libraries = {get_image_model(), get_document_model(), Page}
        sorted_things = {apps.get_model(*names) for names in areas.BULK_AREAS}
        self.assertEqual(libraries - sorted_things, set())

    def test_every_area_is_opened_by_a_role_but_the_closed_one(self):
        opened = {area for role in roles.ROLES for area in role.areas}
        self.assertEqual(areas.AREAS.keys() - opened, {areas.CLOSED})


@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")  # localize's report
class GateTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = world.build()

    def test_what_no_row_lists_is_refused(self):
        """As after an upgrade that adds an address."""
        for role in roles.ROLES:
            user = get_user_model().objects.create_user(f"somebody-{role.key}")
            user.groups.add(RoleGroup.objects.filter(role=role.key).first().group)
            self.assertEqual(gate.areas_of(user), set(role.areas))
            for name in ("wagtailadmin_pages:a_new_view", "cms/a-new-view/"):
                self.assertFalse(gate.is_open(name, user))

    @pytest.mark.whole
    def test_every_address_but_the_nameless_is_really_requested(self):
        page = self.world.pages["profile", world.SOURCE]
        self.assertEqual(
            {name for name, pattern in addresses() if path_of(name, pattern, page) is None},
            NAMELESS,
        )

    @pytest.mark.whole
    def test_what_is_not_open_to_a_role_is_refused(self):
        page, tried, wrong = self.world.pages["another profile", world.OTHER], Counter(), []
        for name, person in self.world.people.items():
            for address, pattern in addresses():
                path = path_of(address, pattern, page)
                if path is None or address in areas.EVERYBODY or person.opens(address, PAGES):
                    continue
                if person.opens(
                    gate.name_of(resolve(path)), PAGES
                ):  # a view of ours stands at an address of localize
                    continue
                for send in (person.client.get, person.client.post):
                    tried[name] += 1
                    response = send(path)
                    if not self.is_refusal(response, is_stranger=person.user is None):
                        wrong.append((name, path, response.status_code))
        self.assertEqual(wrong, [])
        self.assertGreater(tried["anonymous"], 450)
        self.assertGreater(min(tried.values()), 40)
        print(f"\n{tried.total()} requests for closed addresses: {dict(tried)}")

    @staticmethod
    def is_refusal(response, *, is_stranger):
        """A refusal is a status, or the way to the CMS home with the reason on it.

        Strangers are asked to sign in.
        """
        if response.status_code != 302:
            return response.status_code == 403
        if is_stranger:
            return response.url.startswith(reverse("wagtailadmin_login"))
        return response.url == reverse("wagtailadmin_home")

    @pytest.mark.whole
    def test_what_is_open_shows_nothing_that_is_not_ones_business(self):
        """Whatever number a typed address holds.

        The titles of others' drafts and files stand in no answer.
        """
        wrong, seen = [], set()
        pages = [self.world.pages[kind, world.SOURCE] for kind in ("another profile", "profile")]
        for role, page in product(roles.ROLES, pages):
            person = self.world.people[role.name]
            for address, pattern in addresses():
                path = path_of(address, pattern, page)
                is_left_out = (
                    path is None or (role.name, path) in seen or address == "wagtailadmin_logout"
                )
                if is_left_out or not person.opens(address, PAGES):
                    continue
                seen.add((role.name, path))
                response = person.client.get(path)
                shown = self.indiscretions(person, response, address) | names_of_objects(response)
                if response.status_code >= 500 or shown:
                    wrong.append((role.name, path, response.status_code, shown))
        self.assertEqual(wrong, [])
        self.assertGreater(len(seen), 500)

    @pytest.mark.whole
    def test_no_form_of_a_page_shows_the_name_of_an_object_instead_of_an_empty_text(self):
        """The forms of new pages of every type under every parent, and those of pages that are
        there.
        """
        wrong, seen = [], Counter()
        for person in self.world.people.values():
            if person.user is None:
                continue
            for page in Page.objects.filter(locale__language_code=world.SOURCE).specific():
                addresses = [reverse("wagtailadmin_pages:edit", args=[page.pk])]
                for model in page.specific_class.allowed_subpage_models():
                    names = model._meta.app_label, model._meta.model_name, page.pk
                    addresses.append(reverse("wagtailadmin_pages:add", args=names))
                for address in addresses:
                    response = person.client.get(address)
                    seen[response.status_code] += 1
                    if shown := names_of_objects(response):
                        wrong.append((person.name, address, shown))
        self.assertEqual(wrong, [])
        self.assertEqual(seen.keys(), {200, 302})
        self.assertGreater(seen[200], 60)

    def indiscretions(self, person, response, address):
        text = "" if response.streaming else response.content.decode(errors="replace")
        shown = {thing for thing in self.world.marks(text) if not person.may_know(*thing)}
        if address in BOARD and person.opens("translation_coverage"):
            shown = {thing for thing in shown if thing[0] in ("picture", "document", "speaker")}
        if person.role.is_per_partner and f"{person.role.name}: Timber" in text:
            shown.add("another one's group and collection")
        return shown

    @pytest.mark.whole
    def test_a_refusal_says_why(self):
        client = self.world.people[roles.PARTNER_ORGANISATION.name].client
        response = client.get(reverse("wagtailadmin_explore_root"), follow=True)
        self.assertIn("This part of the CMS is not open to you.", response.content.decode())
        response = client.get(
            reverse("wagtailadmin_explore_root"), HTTP_X_REQUESTED_WITH="XMLHttpRequest"
        )
        told = {"message": "This part of the CMS is not open to you."}
        self.assertEqual((response.status_code, response.json()), (403, told))
