"""What a partner seeks against what others offer: who is shown, in which order, and why."""

import re

from django.core.cache import cache
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.many import copy_many


@override_settings(PAGE_CACHE_SECONDS=0)
class MatchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = index = factories.add_partner_index(factories.home_of())
        cls.seeker = factories.add_partner(
            index,
            title="Seeker",
            seeks="Bricks",
            themes=["demolition", "design"],
            target_countries=["PL"],
        )
        add = factories.add_partner
        add(index, title="Near", offers="Timber", themes=["demolition"], country="ES")
        cls.best = add(
            index,
            title="Best",
            offers="Old bricks",
            themes=["design", "demolition"],
            country="PL",
            target_countries=["SI"],
        )
        add(index, title="Abroad", offers="Advice", country="PL")
        add(index, title="Silent", themes=["demolition", "design"], country="PL")
        add(
            index,
            title="Stranger",
            offers="Glass",
            themes=["recycling"],
            country="PT",
            target_countries=["SI"],
        )
        add(
            index, title="Hidden", offers="Bricks", themes=["demolition", "design"], country="PL"
        ).unpublish()

    def shown(self, page):
        part = (
            self.client.get(page.get_url())
            .content.decode()
            .partition(">Who offers what fits</h2>")[2]
        )
        entries = re.findall(r"<li>(.*?)</li>", part.partition("</section>")[0], re.DOTALL)
        return [" ".join(re.sub(r"<[^>]+>", " ", entry).split()) for entry in entries]

    def test_the_best_come_first_each_with_the_reasons(self):
        common, back = "You both work on: Demolition, Design.", "They target your country."
        self.assertEqual(self.shown(self.seeker), [
            (f"Best {common} They are in a country that you target: Poland. {back} "
            "They offer: Old bricks"),
            "Near You both work on: Demolition. They offer: Timber",
            "Abroad They are in a country that you target: Poland. They offer: Advice",
        ])  # fmt: skip

    def test_who_seeks_nothing_is_shown_nobody(self):
        self.assertEqual(self.shown(self.best), [])

    def test_a_thousand_partners_cost_the_queries_of_seven_and_three_are_shown(self):
        costs = []
        for number in (0, 1000):
            copy_many(self.best, number)
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(len(self.shown(self.seeker)), 3)
            costs.append(len(queries))
        self.assertEqual(costs[0], costs[1])
        self.assertLessEqual(costs[1], 12)

    def test_a_match_is_shown_once_in_the_readers_language(self):
        factories.home_of("sl")
        index = factories.translated(self.index, "sl", "Partnerji")
        seeker = factories.translated(self.seeker, "sl", "Iskalec")
        factories.translated(self.best, "sl", "Najboljši", offers="Stara opeka")
        page = self.client.get(seeker.get_url()).content.decode()
        self.assertIn(">Najboljši</a>", page)
        self.assertNotIn(">Best</a>", page)
        self.assertIn(f'href="{index.get_url()}near/', page)
