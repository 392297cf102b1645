"""The public API: what is live and public, and nothing else, whatever is asked."""

import json

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.many import copy_many

PAGES = "/api/v2/pages/"
PROFILES = f"{PAGES}?type=partners.PartnerPage"


class ApiTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = factories.add_partner_index(factories.home_of())
        cls.partner = factories.add_partner(
            cls.index, title="Cluster", mailbox="secret@example.org", themes=["design"],
            offers="Bricks",
            latitude="46.05", working_languages=["sl", "en"],
        )  # fmt: skip
        cls.partner.title = cls.partner.offers = "Secret draft"
        cls.partner.save_revision()
        cls.hidden = factories.add_partner(cls.index, title="Secret page")
        cls.hidden.unpublish()
        factories.home_of("sl")
        factories.translated(cls.index, "sl", "Partnerji")
        cls.partner = type(cls.partner).objects.get(pk=cls.partner.pk)
        factories.translated(cls.partner, "sl", "Grozd", mailbox="secret@example.org")

    def get(self, address):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, address)
        self.assertNotIn("secret", response.content.decode().lower(), address)
        return json.loads(response.content)

    def test_a_profile_shows_its_public_facts(self):
        profile = self.get(f"{PAGES}{self.partner.pk}/")
        self.assertEqual(profile["title"], "Cluster")
        self.assertEqual(profile["offers"], "Bricks")
        self.assertEqual(profile["themes"], ["design"])
        self.assertEqual(profile["working_languages"], ["sl", "en"])
        self.assertEqual(profile["latitude"], "46.05000")
        self.assertEqual(profile["meta"]["locale"], "en")
        self.assertEqual(profile["meta"]["html_url"], self.partner.get_full_url())
        self.assertIsNone(profile["logo"])

    def test_a_logo_is_the_address_at_which_visitors_get_it(self):
        logo = factories.make_image("Logo")
        type(self.partner).objects.filter(pk=self.partner.pk).update(logo=logo)
        [profile] = self.get(f"{PROFILES}&fields=logo&locale=en")["items"]
        self.assertRegex(profile["logo"], r"^http://[^/]+/media/images/.+\.(jpg|png)$")

    def test_nothing_private_is_shown_or_guessed(self):
        """Neither drafts nor mailboxes, by fields asked for, by filters or by order, even to who is
        signed in.
        """
        self.client.force_login(
            get_user_model().objects.create_superuser("root", "root@example.org", "x")
        )
        titles = {item["title"] for item in self.get(f"{PAGES}?fields=*")["items"]}
        self.assertIn("Cluster", titles)
        self.get(f"{PROFILES}&fields=*")
        self.get(f"{PAGES}{self.partner.pk}/?fields=*")
        for query in ("fields=mailbox", "mailbox=secret@example.org", "order=mailbox", "live=0",
                      "owner=1",
                      "search=secret", "fields=draft_title", "fields=owner",
                      "alias_of=1"):  # fmt: skip
            self.assertEqual(self.client.get(f"{PROFILES}&{query}").status_code, 400, query)
        for address in (
            f"{PAGES}{self.hidden.pk}/",
            f"{PAGES}find/?id=1",
            "/api/v2/images/",
            "/api/v2/documents/",
        ):
            self.assertEqual(self.client.get(address).status_code, 404, address)

    def test_it_is_read_by_language_and_kind(self):
        self.assertEqual(
            [item["title"] for item in self.get(f"{PROFILES}&locale=sl")["items"]], ["Grozd"]
        )
        self.assertEqual(
            [item["title"] for item in self.get(f"{PROFILES}&locale=en&country=SI")["items"]],
            ["Cluster"],
        )
        self.assertEqual(self.get(f"{PROFILES}&country=PL")["meta"]["total_count"], 0)

    def test_a_list_is_counted_anew_when_something_was_published(self):
        for query in ("", "&locale=en"):
            before = self.get(f"{PROFILES}{query}")["meta"]["total_count"]
            with self.captureOnCommitCallbacks(execute=True):
                factories.add_partner(self.index, title="Another")
            self.assertEqual(self.get(f"{PROFILES}{query}")["meta"]["total_count"], before + 1)

    def test_bad_questions_are_refused(self):
        huge = "9" * 40
        for query in ("type=users.User", "type=x", "fields=(", "limit=-1", "limit=x", "limit=1000",
                      "offset=x",
                      f"offset={huge}", f"child_of={huge}", "slug=%00", "unknown=1", "order=x",
                      "latitude=x", "type=partners.PartnerPage&latitude=x",
                      "type=partners.PartnerPage&confirmed_on=x",
                      "rich_text_format=x"):  # fmt: skip
            response = self.client.get(f"{PAGES}?{query}")
            self.assertEqual(response.status_code, 400, query)
        for address in (f"{PAGES}{huge}/", f"{PAGES}?locale=xx"):
            self.assertEqual(self.client.get(address).status_code, 404, address)
        self.assertEqual(self.get(f"{PAGES}?id={huge}")["items"], [])
        for method in ("post", "put", "patch", "delete"):
            self.assertEqual(getattr(self.client, method)(PAGES).status_code, 405)

    def test_others_may_keep_the_answer_and_no_cookie_comes_with_it(self):
        response = self.client.get(PAGES)
        self.assertEqual(response["Cache-Control"], "public, max-age=300")
        self.assertEqual(response["X-Robots-Tag"], "noindex")
        self.assertFalse(response.cookies)

    def test_a_list_costs_the_same_whatever_the_number(self):
        costs = []
        for number in (0, 100):
            copy_many(self.partner, number)
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                shown = self.get(f"{PROFILES}&fields=*&locale=en")
            self.assertEqual(
                (shown["meta"]["total_count"], len(shown["items"])),
                (1 + number, min(1 + number, 20)),
            )
            costs.append(len(queries))
        self.assertEqual(costs[0], costs[1])
