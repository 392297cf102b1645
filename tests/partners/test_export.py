"""The directory as a file: who gets it, and what is in it."""

import csv
import io
import json

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from tests import factories
from tests.many import copy_many

ADDRESSES = [reverse(f"partner_export_{kind}") for kind in ("csv", "json")]
KEEPERS = [roles.ADMINISTRATOR, roles.EDITOR, roles.PARTNER_MODERATOR]


class ExportTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = factories.add_partner_index(factories.home_of())
        cls.partner = factories.add_partner(
            cls.index, title="=HYPERLINK(1)", offers="+1, \"bricks\"\nand more",
            mailbox="office@example.org",
            themes=["design", "recycling"], longitude="-8.61", members_sme=3,
        )  # fmt: skip
        factories.add_partner(cls.index, title="Hidden").unpublish()
        setup_site()
        cls.keeper = cls.user(Group.objects.get(name=roles.EDITOR.name))

    @staticmethod
    def user(*groups):
        name = groups[0].name if groups else "nobody"
        user = get_user_model().objects.create_user(name, "x@example.org", "x")
        user.groups.add(*groups)
        return user

    def test_each_role_gets_the_file_or_not(self):
        groups = list(Group.objects.all())
        seen = []
        for group in groups:
            role = roles.role_of(group.role_group.role)
            self.client.force_login(
                self.user(group) if group.name != roles.EDITOR.name else self.keeper
            )
            for address in ADDRESSES:
                status = self.client.get(address).status_code
                self.assertEqual(status, 200 if role in KEEPERS else 302, (group.name, address))
            menu = self.client.get(reverse("wagtailadmin_home")).content.decode()
            self.assertEqual(ADDRESSES[0] in menu, role in KEEPERS, group.name)
            seen.append(role)
        self.assertLess(len(KEEPERS), len(seen))

    def test_visitors_and_other_methods_get_nothing(self):
        for address in ADDRESSES:
            self.assertEqual(self.client.get(address).status_code, 302)
            self.client.force_login(self.keeper)
            self.assertEqual(self.client.post(address).status_code, 405)
            self.client.logout()

    def test_the_table_has_what_is_live_and_no_formula(self):
        self.client.force_login(self.keeper)
        response = self.client.get(ADDRESSES[0])
        self.assertIn("partners.csv", response["Content-Disposition"])
        (row,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
        self.assertEqual(row["title"], "'=HYPERLINK(1)")
        self.assertEqual(row["offers"], '\'+1, "bricks"\nand more')
        self.assertEqual(row["longitude"], "-8.61000")
        self.assertEqual(row["themes"], "design, recycling")
        self.assertEqual((row["mailbox"], row["language"]), ("office@example.org", "en"))

    def test_the_json_has_the_same_as_it_is(self):
        self.client.force_login(self.keeper)
        (record,) = json.loads(self.client.get(ADDRESSES[1]).content)["partners"]
        self.assertEqual(record["title"], "=HYPERLINK(1)")
        self.assertEqual(record["themes"], ["design", "recycling"])
        self.assertEqual(record["members_sme"], 3)

    def test_it_costs_the_same_whatever_the_number(self):
        self.client.force_login(self.keeper)
        costs = []
        for number in (0, 200):
            copy_many(self.partner, number)
            with CaptureQueriesContext(connection) as queries:
                lines = self.client.get(ADDRESSES[0]).content.decode().count("\r\n")
            self.assertEqual(lines, 2 + number)  # and the names of the fields
            costs.append(len(queries))
        self.assertEqual(costs[0], costs[1])
