"""The directory: what each filter and every combination finds, and that the counts beside the
answers are true.
"""

import itertools
import re

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from ecca_site.i18n.collation import sort_key
from partners.directory import Directory
from tests import factories
from tests.blocks import blocks_touched
from tests.many import copy_many

QUERIES = 9  # of a whole page of the directory, with empty caches


def titles(response):
    return re.findall(r"<h3[^>]*><a [^>]+>([^<]+)</a>", response.content.decode())


def add_partners(index):
    """Six that differ in everything one may ask for."""
    for title, fields in {
        "Čebela": {"country": "SI", "city": "Škofja Loka", "themes": ["design"],
                   "working_languages": ["sl", "en"],
                   "offers": "Bricks & tiles", "seeks": "", "legal_name": "Grozd A"},
        "Cement": {"country": "SI", "themes": ["design", "recycling"], "working_languages": ["sl"],
                   "offers": "",
                   "seeks": "Timber", "partner_class": "supporting"},
        "Łódź": {"country": "PL", "city": "Łódź", "themes": ["recycling"],
                 "working_languages": ["pl", "en"],
                 "offers": "Timber", "seeks": "Bricks"},
        "Dom": {"country": "PL", "short_name": "DOMEK", "themes": [],
            "partner_class": "associated"},
        "Ebro": {"country": "ES", "introduction": "<p>We bake <b>adob&eacute;</b></p>",
                 "themes": ["demolition"],
                 "working_languages": ["es", "en"], "seeks": "Partners"},
        "Arco": {"country": "PT", "themes": ["design"], "working_languages": ["pt", "es"],
            "offers": "Lime"},
    }.items():  # fmt: skip
        factories.add_partner(index, title=title, **fields)


class DirectoryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = factories.add_partner_index(factories.home_of())
        add_partners(cls.index)
        factories.add_partner(
            cls.index, title="Hidden", country="SI", themes=["design"], offers="Bricks"
        ).unpublish()
        cls.address = cls.index.get_url()

    def found(self, query):
        response = self.client.get(f"{self.address}?{query}")
        self.assertEqual(response.status_code, 200, query)
        return titles(response)

    def test_each_question_finds_who_answers_it(self):
        for query, expected in {
            "": ["Arco", "Čebela", "Cement", "Dom", "Ebro", "Łódź"],
            "country=SI": ["Čebela", "Cement"],
            "theme=design": ["Arco", "Čebela", "Cement"],
            "kind=supporting": ["Cement"],
            "cooperation=offers": ["Arco", "Čebela", "Łódź"],
            "cooperation=seeks": ["Cement", "Ebro", "Łódź"],
            "language=en": ["Čebela", "Ebro", "Łódź"],
            "theme=design&language=sl&country=SI": ["Čebela", "Cement"],
            "theme=design&cooperation=offers&country=SI": ["Čebela"],
            "q=timber&language=pl": ["Łódź"],
            "country=FR": [],
        }.items():
            self.assertEqual(self.found(query), expected, query)

    def test_words_are_found_whatever_their_case_and_accents_in_every_text(self):
        for words, expected in {
            "cebela": "Čebela", "ČEBELA": "Čebela", "lodz": "Łódź", "skofja": "Čebela",
            "grozd a": "Čebela",
            "domek": "Dom", "ADOBE": "Ebro", "bricks %26 tiles": "Čebela", "timber bricks": "Łódź",
        }.items():  # fmt: skip
            self.assertEqual(self.found(f"q={words}"), [expected], words)
        self.assertEqual(self.found("q=strong"), [])
        self.assertEqual(self.found("q=%3Cb%3E"), [])

    def test_every_count_is_what_the_answer_brings(self):
        """Whatever else was asked."""
        answers = {
            "q": ["", "t"], "country": ["", "SI"], "theme": ["", "design"],
            "cooperation": ["", "offers"],
        }  # fmt: skip
        looked_at = 0
        for chosen in itertools.product(*answers.values()):
            asked = dict(zip(answers, chosen, strict=True))
            for name, numbers in Directory("en", asked).counts.items():
                for answer, number in list(numbers.items())[:2]:
                    found = Directory("en", asked | {name: answer}).found
                    self.assertEqual(len(found), number, (asked, name, answer))
                    looked_at += number > 0
        self.assertGreater(looked_at, 40)

    def test_countries_and_languages_offered_are_those_of_the_partners(self):
        page = self.client.get(self.address).content.decode()
        offered = {
            name: re.findall(r'value="([^"]+)"', options)
            for name, options in re.findall(
                r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL
            )
        }
        self.assertEqual(offered["country"], ["PL", "PT", "SI", "ES"])
        self.assertEqual(offered["language"], ["en", "pl", "pt", "sl", "es"])
        self.assertEqual(len(offered["theme"]), 8)

    def test_the_answer_says_how_many_and_shows_what_was_asked(self):
        page = self.client.get(f"{self.address}?q=timber&theme=recycling").content.decode()
        self.assertIn('<p role="status">2 organisations', page)
        self.assertIn('value="timber"', page)
        self.assertIn('<option value="recycling" selected>Recycling (2)</option>', page)
        self.assertIn(f'<a href="{self.address}">Show everything</a>', page)
        self.assertIn(
            '<p role="status">1 organisation ',
            self.client.get(f"{self.address}?q=lime").content.decode(),
        )

    def test_where_none_fits_it_says_so_and_leads_back(self):
        page = self.client.get(f"{self.address}?country=PT&theme=recycling").content.decode()
        self.assertIn(
            f'No organisation fits this choice. <a href="{self.address}">Show everything</a>', page
        )
        self.assertIn('<option value="PT" selected>Portugal (0)</option>', page)

    def test_wrong_questions_find_nothing_and_are_named_beside_the_field(self):
        for query in (
            "theme=%27",
            "country=XX",
            "country=",
            "language=%00",
            "cooperation=x",
            "kind=a",
            "q=" + "a" * 201,
        ):
            response = self.client.get(f"{self.address}?{query}")
            if query == "country=":
                self.assertEqual(len(titles(response)), 6)
            elif response.status_code == 200:
                self.assertEqual(titles(response), [], query)
                self.assertIn("errorlist", response.content.decode(), query)
            else:
                self.assertEqual(response.status_code, 400, query)
        for query in (
            "country=SI&country=PL",
            "page=x",
            "page=-1",
            "page=999",
            "country[]=SI",
            "q=%25%27%22",
        ):
            self.assertEqual(self.client.get(f"{self.address}?{query}").status_code, 200, query)

    def test_a_list_in_slovenian_sorts_as_slovenian_does_and_counts_each_organisation_once(self):
        factories.home_of("sl")
        index = factories.translated(self.index, "sl", "Partnerji", slug="partnerji")
        for title in ("Čebela", "Cement"):
            factories.translated(self.index.get_children().get(title=title).specific, "sl", title)
        response = self.client.get(index.get_url())
        self.assertEqual(titles(response), ["Cement", "Čebela", "Arco", "Dom", "Ebro", "Łódź"])
        self.assertEqual(len(Directory("sl", {"country": "SI"}).found), 2)


@pytest.fixture
def index(site):
    return factories.add_partner_index(site)


def cost(client, address):
    client.get(address)  # what is read once for the whole site
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.whole
def test_a_thousand_partners_cost_as_many_queries_as_six_and_come_in_pages(index, client, settings):
    settings.PAGE_CACHE_SECONDS = 0
    add_partners(index)
    address = index.get_url()
    questions = ["", "?q=timber", "?country=SI&theme=design", "?cooperation=seeks&language=en&q=e"]
    few = [cost(client, address + question) for question in questions]
    copy_many(index.get_children().get(title="Čebela"), 1000)
    assert [cost(client, address + question) for question in questions] == few
    assert max(few) <= QUERIES
    first, last = client.get(f"{address}?country=SI"), client.get(f"{address}?country=SI&page=42")
    assert len(titles(first)) == 24
    assert "1002 organisations" in first.content.decode()
    assert 'href="?country=SI&amp;page=2"' in first.content.decode()
    assert len(titles(last)) == 1002 - 41 * 24


@pytest.mark.only_on("postgresql")
def test_ten_times_as_many_partners_touch_at_most_ten_times_as_much_of_the_database(
    index, client, settings
):
    settings.PAGE_CACHE_SECONDS = 0
    add_partners(index)
    page = index.get_children().get(title="Čebela")

    def touched():
        client.get(index.get_url())
        return blocks_touched(lambda: client.get(index.get_url()))

    copy_many(page, 100)
    few = touched()
    copy_many(page, 900)
    assert few < touched() <= 10 * few


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "Cava Čebela Cement Dom"),
        ("sl", "Cement Cuk Čebela Ćuk Dom Sava Šava Zid Žaba"),
        ("pl", "Azot Ątom Cez Ćma Lura Łan Nysa Ńa Oz Ósma Sad Śnieg Zysk Źródło Żaba"),
        ("es", "Ánade Azul Nube Ñandú Oca Óleo"),
        ("pt", "Água Azul Cão Casa Oca Óleo"),
        (
            "hu",
            (
                "Ág Alma Cukor Csa Dom Dzs Gomb Gyár Lom Lyuk Nap Nyár Ora Öböl "
                "Őr Szabo Táj Tyúk Út Űr Zab Zsák"
            ),
        ),
        ("sr-latn", "Cvet Čas Ćup Duga Džem Đak Lav Ljubav Nov Njiva Sok Šuma Zid Žaba"),
    ],
)
def test_names_come_in_the_order_of_the_language(language, names):
    by_code = sorted(names.split())
    assert sorted(by_code, key=lambda name: sort_key(name, language)) == names.split()


def test_a_doubled_hungarian_letter_counts_twice_and_signs_count_as_spaces():
    hungarian = ["vissza", "viszony", "vist"]
    assert sorted(hungarian, key=lambda name: sort_key(name, "hu")) == ["vist", "viszony", "vissza"]
    slovenian = ["„Zid”", "A-b", "A c", "Čas"]
    assert sorted(slovenian, key=lambda name: sort_key(name, "sl")) == [
        "A-b",
        "A c",
        "Čas",
        "„Zid”",
    ]
