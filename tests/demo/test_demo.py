"""The demo as a visitor sees it: every page of every language."""

import json
import re
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, TestCase, override_settings
from django.utils.html import escape
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from ecca_site.demo.pictures import ON_THE_HOME_PAGE
from ecca_site.demo.translations import COMPLETE, HOME_ONLY
from ecca_site.i18n.languages import babel_locale, html_lang, url_prefix
from ecca_site.translation.coverage.board import State
from ecca_site.translation.localize.alarms import asked_texts
from ecca_site.translation.localize.cleaning import clean_text
from ecca_site.translation.localize.po import export
from ecca_site.translation.localize.targets import target_of
from ecca_site.uploads.models import Rendition
from home.models import HomePage
from tests.seeded import copy_demo, demo_in_the_test_database
from tests.sitemap import SITEMAP, XHTML, rows_of

HOME_DEPTH = 2
OPEN_GRAPH = {
    "en": "en_GB", "sl": "sl_SI", "pl": "pl_PL", "es": "es_ES", "pt": "pt_PT", "hu": "hu_HU",
    "sr-latn": "sr_RS",
}  # fmt: skip


class Reader(HTMLParser):
    """What a page says in its head and its elements."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, tag, **wanted):
        return [
            attrs for name, attrs in self.elements
            if name == tag and all(attrs.get(key.strip("_")) == value for key,
                value in wanted.items())
        ]  # fmt: skip


@contextmanager
def seeded():
    """Let the database hold the demo that is seeded once."""
    with tempfile.TemporaryDirectory() as folder:
        copy_demo(Path(folder))
        with (
            override_settings(MEDIA_ROOT=f"{folder}/media"),
            demo_in_the_test_database(Path(folder)),
        ):
            yield


@pytest.mark.soak
@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_it_is_written_anew_on_another_database(client):
    HomePage.objects.update(live=False)  # the demo begins with an empty site
    call_command("seed_demo", stdout=StringIO())
    for code in (*COMPLETE, *HOME_ONLY):
        assert client.get(f"/{url_prefix(code)}/").status_code == 200


@pytest.mark.whole
@pytest.mark.only_on("sqlite")
@override_settings(PAGE_CACHE_SECONDS=0)
class DemoTests(TestCase):
    @classmethod
    def setUpClass(cls):
        cache.clear()  # of what the test before has shown
        cls.enterClassContext(seeded())
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        cls.pages = list(
            Page.objects.live().filter(depth__gt=1).select_related("locale").order_by("path")
        )
        cls.answers = {page.get_url(): cls.answer(page.get_url()) for page in cls.pages}

    @staticmethod
    def answer(address):
        response = Client().get(address)
        return response.status_code, response.content.decode(), dict(response.cookies)

    def setUp(self):
        cache.clear()

    def read(self, address):
        status, html, cookies = self.answers[address]
        self.assertEqual((status, cookies), (200, {}), address)
        return html, Reader(html)

    def test_every_page_is_in_its_own_language(self):
        self.assertGreater(len(self.pages), 100)
        for page in self.pages:
            address = page.get_url()
            with self.subTest(address):
                html, reader = self.read(address)
                self.assertEqual(len(reader.all("h1")), 1)
                self.assertEqual(
                    reader.all("html")[0]["lang"], html_lang(page.locale.language_code)
                )
                self.assertTrue(address.startswith(f"/{url_prefix(page.locale.language_code)}/"))
                self.assertEqual(
                    reader.all("link", rel="canonical")[0]["href"], page.get_full_url()
                )
                self.assertRegex(reader.all("body")[0]["class"], r"^template-[a-z-]+$")

    def test_hreflang_is_reciprocal_and_has_a_default(self):
        alternates = {}
        for page in self.pages:
            _html, reader = self.read(page.get_url())
            links = {
                link["hreflang"]: link["href"]
                for link in reader.all("link", rel="alternate")
                if "hreflang" in link
            }
            alternates[page.get_full_url()] = links
        for address, links in alternates.items():
            self.assertIn(address, links.values())
            self.assertIn("x-default", links)
            for other in links.values():
                self.assertEqual(alternates[other], links)

    def test_complete_languages_are_complete(self):
        english = {page.translation_key for page in self.pages if page.locale.language_code == "en"}
        for code in COMPLETE:
            self.assertEqual(
                {page.translation_key for page in self.pages if page.locale.language_code == code},
                english,
            )
        for code in HOME_ONLY:
            self.assertEqual(
                [page.depth for page in self.pages if page.locale.language_code == code], [2]
            )

    def test_the_funding_stands_on_every_page_in_its_language(self):
        statements = {
            home.locale.language_code: home.funding_statement
            for home in HomePage.objects.select_related("locale")
        }
        self.assertEqual(len(set(statements.values())), len(settings.LANGUAGES))
        for page in self.pages:
            html, _reader = self.read(page.get_url())
            self.assertIn(escape(statements[page.locale.language_code]), html)
            self.assertIn("img/eu-emblem", html)

    def test_the_home_page_says_all_that_the_old_one_said(self):
        html, reader = self.read("/en/")
        text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
        for words in (
            "European Circular Construction Alliance",
            ("adopting Circular Economy for Internationalization "
            "and global competitiveness of European SMEs"),
            "Join the Partnership", "Connect with ECCA on LinkedIn", "Join the conference",
            "11–12 January 2017",
            "Ljubljana, Slovenia", "COSME", "Main objective", "ESCP-4i", "Project partners",
            "Circular Economy",
            "looking forward to your contributions",
        ):  # fmt: skip
            self.assertIn(words.lower(), text.lower())
        self.assertTrue(reader.all("section", class_="share wrap"))

    def test_what_is_not_fact_carries_a_mark(self):
        for page in self.pages:
            note = page.specific.sample_note
            if note:
                self.assertIn(escape(note), self.read(page.get_url())[0])
        self.assertTrue(any(page.specific.sample_note for page in self.pages))

    def test_every_picture_has_size_and_alternative_text(self):
        for page in self.pages:
            _html, reader = self.read(page.get_url())
            for image in reader.all("img"):
                self.assertIn("alt", image)
                self.assertTrue(image["width"].isdigit() and image["height"].isdigit())

    def test_the_home_pages_show_the_pictures_that_are_made_before_the_start(self):
        homes = "".join(
            self.answers[page.get_url()][1] for page in self.pages if page.depth == HOME_DEPTH
        )
        shown = set()
        for rendition in Rendition.objects.select_related("image"):
            if Path(rendition.file.name).name in homes:
                shown.add(Path(rendition.image.file.name).stem)
        self.assertEqual(shown, ON_THE_HOME_PAGE)

    def test_structured_data_is_complete(self):
        wanted = {
            "Organization": {"name", "url"},
            "NewsArticle": {
                "headline",
                "datePublished",
                "image",
                "author",
                "publisher",
                "inLanguage",
            },
            "Event": {
                "name",
                "startDate",
                "endDate",
                "eventStatus",
                "location",
                "inLanguage",
                "organizer",
            },
        }
        seen = set()
        for page in self.pages:
            html, _reader = self.read(page.get_url())
            for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html):
                data = json.loads(script)
                self.assertEqual(data["@context"], "https://schema.org")
                self.assertLessEqual(wanted[data["@type"]], data.keys())
                seen.add(data["@type"])
        self.assertEqual(seen, wanted.keys())

    def test_open_graph_names_page_and_picture(self):
        for page in self.pages:
            _html, reader = self.read(page.get_url())
            properties = {
                meta["property"]: meta["content"]
                for meta in reader.all("meta")
                if "property" in meta
            }
            self.assertEqual(properties["og:url"], page.get_full_url())
            self.assertTrue(properties["og:title"])
            self.assertRegex(properties["og:image"], r"^https?://.+\.(jpg|png)$")
            self.assertEqual(properties["og:locale"], OPEN_GRAPH[page.locale.language_code])

    def test_the_switcher_leads_to_real_translations_alone(self):
        html, reader = self.read("/en/about/")
        links = {link["hreflang"]: link["href"] for link in reader.all("a") if "hreflang" in link}
        self.assertEqual(set(links), {"en", "sl", "pl", "es"})
        self.assertEqual(html.count("not yet available"), 3)
        for code, address in links.items():
            self.assertTrue(address.startswith(f"/{code}/"))
            self.assertEqual(self.client.get(address).status_code, 200)

    def test_a_page_that_is_not_translated_is_shown_in_english_and_says_so(self):
        english = [
            page for page in self.pages if page.locale.language_code == "en" and page.depth > 2
        ]
        for code in ("pt", "hu", "sr"):
            for page in english:
                address = f"/{code}/{page.get_url().removeprefix('/en/')}"
                with self.subTest(address):
                    status, html, _cookies = self.answer(address)
                    self.assertEqual(status, 200)
                    reader = Reader(html)
                    self.assertEqual(url_prefix(reader.all("html")[0]["lang"]), code)
                    self.assertEqual(reader.all("main")[0]["lang"], "en")
                    self.assertEqual(len(reader.all("aside", class_="language-notice")), 1)
                    self.assertEqual(len(reader.all("h1")), 1)
                    self.assertEqual(
                        reader.all("link", rel="canonical")[0]["href"], page.get_full_url()
                    )
                    self.assertEqual(reader.all("meta", name="robots")[0]["content"], "noindex")
                    self.assertFalse(
                        [link for link in reader.all("link", rel="alternate") if "hreflang" in link]
                    )

    def test_whoever_reads_what_is_not_translated_stays_in_their_language(self):
        for address in ("/hu/", "/hu/about/", "/hu/news/", "/hu/partners/", "/hu/conferences/"):
            _status, html, _cookies = self.answer(address)
            main = html.partition("<main")[2].partition("</main>")[0].partition('id="languages"')[0]
            own = [
                link["href"] for link in Reader(main).all("a")
                if link["href"].startswith("/") and "hreflang" not in link and "lang" not in link
            ]  # fmt: skip
            self.assertTrue(own, address)
            self.assertEqual({href.split("/")[1] for href in own} - {"documents"}, {"hu"}, address)

    def test_another_languages_path_leads_to_the_pages_own(self):
        self.assertRedirects(self.client.get("/sl/about/"), "/sl/o-zaveznistvu-ecca/")

    def test_the_sitemap_lists_every_real_translation_once_with_its_alternates(self):
        found = rows_of(lambda address: self.client.get(urlsplit(address).path).content)
        rows = {row.find(f"{SITEMAP}loc").text: row for row in found}
        self.assertEqual(len(rows), len(found))
        self.assertEqual(set(rows), {page.get_full_url() for page in self.pages})
        for address, row in rows.items():
            links = {link.get("href") for link in row.findall(f"{XHTML}link")}
            self.assertIn(address, links)
            for other in links:
                self.assertEqual(
                    {link.get("href") for link in rows[other].findall(f"{XHTML}link")}, links
                )

    def test_feeds_hold_the_news_of_one_language(self):
        for code in ("en", *COMPLETE):
            news = [
                page
                for page in self.pages
                if page.locale.language_code == code and "news" in page.content_type.model
            ]
            items = [page for page in news if page.specific_class.__name__ == "NewsPage"]
            rss = ElementTree.fromstring(self.client.get(f"/{code}/news.rss").content)
            self.assertEqual(
                {item.find("title").text for item in rss.iter("item")},
                {page.title for page in items},
            )
            self.assertEqual(rss.find("channel/language").text, code)
            atom = ElementTree.fromstring(self.client.get(f"/{code}/news.atom").content)
            self.assertEqual(len(atom.findall("{http://www.w3.org/2005/Atom}entry")), len(items))
            statement = HomePage.objects.get(locale__language_code=code).funding_statement
            self.assertIn(statement, rss.find("channel/description").text)
            emblems = (
                rss.find("channel/image/url").text,
                atom.find("{http://www.w3.org/2005/Atom}logo").text,
            )
            self.assertEqual(
                [emblem.rpartition("/")[2] for emblem in emblems], ["eu-emblem-144.png"] * 2
            )

    def test_the_root_goes_by_the_browser_and_says_so(self):
        for wanted, home in (
            ("sl", "/sl/"),
            ("sr-Latn", "/sr/"),
            ("sr", "/sr/"),
            ("de", "/en/"),
            ("pl;q=0.8,es", "/es/"),
        ):
            response = self.client.get("/", headers={"accept-language": wanted})
            self.assertEqual(response.status_code, 302)
            self.assertEqual(
                (response["Location"], "Accept-Language" in response["Vary"]), (home, True), wanted
            )
        page = self.client.get("/sl/", headers={"accept-language": "pl"})
        self.assertEqual(Reader(page.content.decode()).all("html")[0]["lang"], "sl")
        self.assertNotIn("Accept-Language", page.get("Vary", ""))

    def test_search_finds_in_one_language(self):
        for code, word in (
            ("en", "conference"),
            ("sl", "konferenca"),
            ("pl", "konferencja"),
            ("es", "conferencia"),
        ):
            response = self.client.get(f"/{code}/search/", {"q": word})
            self.assertContains(response, "<mark>")
            for item in response.context["page_obj"]:
                self.assertTrue(item.url.startswith(f"/{code}/"))

    def test_no_text_is_a_placeholder(self):
        for page in self.pages:
            self.assertNotRegex(self.read(page.get_url())[0].lower(), r"lorem ipsum|todo:|xxx")

    def test_moderators_find_work(self):
        for username, waiting in (("moderator", 1), ("reviewer-en", 2), ("reviewer", 1)):
            self.client.force_login(get_user_model().objects.get(username=username))
            panel = self.client.get("/cms/").content.decode()
            self.assertEqual(
                len(set(re.findall(r"/cms/moderation/\d+/", panel))), waiting, username
            )

    def test_the_board_shows_every_state(self):
        self.client.force_login(get_user_model().objects.get(username="admin"))
        states = self.client.get("/cms/translations/").context["summary"]["states"]
        shown = {state for state, counts in states if sum(number for _code, number in counts)}
        self.assertEqual(shown, set(State))

    def test_translations_stand_in_the_translation_editor(self):
        self.client.force_login(get_user_model().objects.get(username="admin"))
        page = next(
            page for page in self.pages if page.locale.language_code == "sl" and page.depth == 3
        )
        response = self.client.get(f"/cms/pages/{page.pk}/edit/")
        self.assertTemplateUsed(response, "wagtail_localize/admin/edit_translation.html")

    def test_every_translation_is_clean(self):
        texts = StringTranslation.objects.select_related("translation_of", "context")
        self.assertGreater(len(texts), 1000)
        for text in texts:
            target = target_of(text.context)
            self.assertEqual(
                clean_text(text.data, source=text.translation_of.data, target=target), text.data
            )

    def test_pofilter_finds_no_error_in_the_files_of_any_language(self):
        """Not of style: a first is "1st" in English and a word elsewhere.

        What is out of date is untranslated.
        """
        names = (
            "xmltags escapes newlines tabs blank nplurals printf "
            "pythonbraceformat variables urls emails"
        )
        checks = [f"--test={name}" for name in names.split()]
        with tempfile.TemporaryDirectory() as folder:
            files = Path(folder, "files")
            for translation in Translation.objects.select_related(
                "source__locale", "target_locale"
            ):
                path = (
                    files
                    / babel_locale(translation.target_locale.language_code)
                    / f"{translation.pk}.po"
                )
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(f"{export(translation)}\n")
            languages = sorted(files.iterdir())
            self.assertEqual(len(languages), 6)
            for language in languages:
                found = Path(folder, f"found-{language.name}")
                command = [
                    sys.executable,
                    "-m",
                    "translate.filters.pofilter",
                    "--progress=none",
                    *checks,
                ]
                command += [f"--language={language.name}", str(language), str(found)]
                subprocess.run(command, check=True, capture_output=True)
                self.assertEqual(
                    [path.read_text() for path in found.rglob("*.po")], [], language.name
                )

    def test_right_translations_are_hardly_asked_anything(self):
        translations = Translation.objects.select_related("source__locale", "target_locale")
        found = []
        for translation in translations:
            found += [(each.text.data, each.asked) for each in asked_texts(translation)]
        number = StringTranslation.objects.count()
        self.assertLess(len(found), number / 100, found)
