"""A page without a translation is shown in its own language, says so, and is gone the moment there
is a translation.
"""

import re
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Locale

from ecca_site.delivery.routing import find_route
from search.models import Entry
from tests import factories
from tests.sitemap import addresses_of

WORDS = "Reclaimed bricks"


class Languages(HTMLParser):
    """Each text of a page, and each text in an attribute that is read out, with its language."""

    VOID = {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "use",
    }

    def __init__(self, html):
        super().__init__()
        self.stack, self.texts = [("", None)], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        language = attrs.get("lang", self.stack[-1][1])
        self.texts += [
            (attrs[name], language) for name in ("alt", "aria-label", "title") if attrs.get(name)
        ]
        if tag not in self.VOID:
            self.stack.append((tag, language))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        while self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and self.stack[-1][0] not in ("script", "style"):
            self.texts.append((data.strip(), self.stack[-1][1]))


@pytest.fixture
def news(site):
    return factories.add_news_index(site)


@pytest.fixture
def item(news):
    return factories.add_news(news, title=WORDS, slug="bricks")


@pytest.fixture
def get(client, settings):
    settings.PAGE_CACHE_SECONDS = 0

    def get(address, status=200):
        cache.clear()  # nothing is committed in a test, so that no stamp changes
        response = client.get(address)
        assert response.status_code == status, address
        return response.content.decode()

    return get


def links(html, rel):
    return re.findall(rf'<link rel="{rel}"(?: hreflang="[^"]+")? href="([^"]+)"', html)


def translate_index(news, **fields):
    return factories.translated(news, "sl", title="Novice", **fields)


# --- What it says of itself ----------------------------------------------------------------------
def test_a_page_without_a_translation_is_shown_under_the_address_of_the_language(item, get):
    factories.home_of("hu")
    html = get("/hu/news/bricks/")
    assert '<html lang="hu">' in html
    assert '<title lang="en">' in html
    assert '<main id="content" tabindex="-1" lang="en">' in html
    notice = html.partition('<aside class="language-notice" lang="hu"')[2].partition("</aside>")[0]
    assert re.findall(r'<a href="([^"]+)" lang="(\w+)"', notice) == [("/en/news/bricks/", "en")]
    assert links(html, "canonical") == ["http://127.0.0.1:8000/en/news/bricks/"]
    assert links(html, "alternate") == []
    assert '<meta name="robots" content="noindex">' in html
    assert "application/ld+json" not in html
    assert '<meta property="og:url" content="http://127.0.0.1:8000/en/news/bricks/">' in html


def test_a_real_page_says_nothing_of_the_kind(item, get):
    factories.home_of("hu")
    factories.translated(item.get_parent().specific, "hu", title="Hírek")
    factories.translated(item, "hu", title="Tégla")
    for address in ("/en/news/bricks/", "/hu/hirek/tegla/"):
        html = get(address)
        assert "language-notice" not in html
        assert "noindex" not in html
        assert '<main id="content" tabindex="-1">' in html
        assert len(links(html, "alternate")) == 3


def test_the_switcher_says_which_languages_are_real(item, get):
    factories.home_of("hu")
    factories.home_of("sl")
    translate_index(item.get_parent().specific)
    factories.translated(item, "sl", title="Opeke")
    html = get("/hu/news/bricks/")
    switcher = html[
        html.index('<ul class="languages">') : html.index(
            "</ul>", html.index('<ul class="languages">')
        )
    ]
    assert re.findall(r'href="([^"]+)"', switcher) == ["/en/news/bricks/", "/sl/novice/opeke/"]
    assert switcher.count('class="unavailable"') == 5
    assert re.findall(r'aria-current="true"><span lang="(\w+)"', switcher) == ["hu"]


def test_it_is_in_no_feed_sitemap_or_search_of_the_language(item, get):
    factories.home_of("hu")
    assert WORDS in get("/hu/news/bricks/")
    assert WORDS in get("/en/news.rss")
    assert WORDS in get("/en/search/?q=bricks")
    for address in ("/hu/news.rss", "/hu/news.atom"):
        assert WORDS not in get(address)
    assert "sitemap-hu-1.xml" in get("/sitemap.xml")
    assert "/hu/news" not in "".join(addresses_of(get))
    assert "/bricks/" not in get("/hu/search/?q=bricks")
    assert list(
        Entry.objects.filter(page__locale__language_code="hu").values_list("page__depth", flat=True)
    ) == [2]


def test_only_reading_is_possible(item, client):
    factories.home_of("hu")
    assert client.post("/hu/news/bricks/").status_code == 405
    assert client.head("/hu/news/bricks/").status_code == 200


# --- Until when it is shown ----------------------------------------------------------------------
def test_a_translation_takes_its_place_at_once(item, client, django_capture_on_commit_callbacks):
    factories.home_of("sl")
    with django_capture_on_commit_callbacks(execute=True):
        translate_index(item.get_parent().specific)
    assert WORDS in client.get("/sl/novice/bricks/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        translation = factories.translated(item, "sl", title="Opeke")
    response = client.get("/sl/novice/bricks/")
    assert (response.status_code, response["Location"]) == (302, "/sl/novice/opeke/")
    assert WORDS not in client.get("/sl/novice/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        translation.unpublish()
    assert WORDS in client.get("/sl/novice/bricks/").content.decode()
    assert client.get("/sl/novice/opeke/")["Location"] == "/sl/novice/bricks/"


def test_a_change_of_the_page_shows_at_once_in_every_language(
    item, client, django_capture_on_commit_callbacks
):
    for code in ("hu", "pl"):
        factories.home_of(code)
        assert WORDS in client.get(f"/{code}/news/bricks/").content.decode()
    item.title = "Reclaimed timber"
    with django_capture_on_commit_callbacks(execute=True):
        item.save_revision().publish()
    for code in ("hu", "pl"):
        assert "Reclaimed timber" in client.get(f"/{code}/news/bricks/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        item.unpublish()
    for code in ("en", "hu", "pl"):
        assert client.get(f"/{code}/news/bricks/").status_code == 404


def test_a_draft_of_a_translation_is_not_shown(item, get):
    factories.home_of("sl")
    index = translate_index(item.get_parent().specific)
    draft = item.copy_for_translation(Locale.objects.get(language_code="sl"))
    draft.title = "Osnutek"
    draft.save_revision()
    assert not draft.live
    assert draft.get_parent().specific == index
    for address in ("/sl/novice/bricks/", "/sl/novice/"):
        html = get(address)
        assert WORDS in html
        assert "Osnutek" not in html


def test_the_address_of_a_draft_leads_nowhere(item, get):
    factories.home_of("sl")
    translate_index(item.get_parent().specific)
    draft = item.copy_for_translation(Locale.objects.get(language_code="sl"))
    draft.slug = "opeke"
    draft.save()
    get("/sl/novice/opeke/", 404)
    assert WORDS in get("/sl/novice/bricks/")


def test_a_draft_of_another_page_does_not_hide_it(item, get):
    hungarian = factories.home_of("hu")
    other = factories.add_news_index(hungarian)
    other.slug = "news"
    other.save()
    other.unpublish()
    assert WORDS in get("/hu/news/bricks/")


def test_an_alias_is_no_translation(item, get, site):
    hungarian = factories.home_of("hu")
    about = factories.add_content(site, title="About us", slug="about")
    about.create_alias(
        parent=hungarian,
        update_locale=hungarian.locale,
        reset_translation_key=False,
        update_slug="about",
    )
    html = get("/hu/about/")
    assert '<main id="content" tabindex="-1" lang="en">' in html
    assert "noindex" in html


# --- At which address ----------------------------------------------------------------------------
def test_it_stands_below_the_translation_of_its_parent(item, get, client):
    factories.home_of("sl")
    translate_index(item.get_parent().specific)
    assert WORDS in get("/sl/novice/bricks/")
    assert client.get("/sl/news/bricks/")["Location"] == "/sl/novice/bricks/"
    assert client.get("/sl/news/")["Location"] == "/sl/novice/"
    get("/sl/novice/nothing/", 404)
    get("/sl/nothing/bricks/", 404)


def test_below_the_translation_of_its_parent_it_is_found_by_two_queries(
    item, django_assert_num_queries
):
    factories.home_of("sl")
    translate_index(item.get_parent().specific)
    with translation.override("sl"):
        find_route("/novice/bricks/")  # the sections of a language are kept in the cache
        with django_assert_num_queries(2):
            assert find_route("/novice/bricks/").page == item


def test_it_stands_at_any_depth_below_what_is_translated(site, get, client):
    factories.home_of("sl")
    top = factories.add_content(site, title="Top", slug="top")
    middle = factories.add_content(top, title="Middle", slug="middle")
    factories.add_content(middle, title=WORDS, slug="bottom")
    assert WORDS in get("/sl/top/middle/bottom/")
    factories.translated(top, "sl", title="Vrh")
    html = get("/sl/vrh/middle/bottom/")
    assert WORDS in html
    crumbs = html.partition('<nav class="breadcrumbs"')[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)"( lang="en")?', crumbs) == [
        ("/sl/", ""), ("/sl/vrh/", ""), ("/sl/vrh/middle/", ' lang="en"'),
    ]  # fmt: skip
    assert client.get("/sl/top/middle/bottom/")["Location"] == "/sl/vrh/middle/bottom/"


def test_a_live_page_below_one_that_is_not_leads_to_its_own_address(site, get, client):
    factories.home_of("sl")
    top = factories.add_content(site, title="Top", slug="top")
    bottom = factories.add_content(top, title="Bottom", slug="bottom")
    parent = factories.translated(top, "sl", title="Osnutek")
    factories.translated(bottom, "sl", title="Dno")
    type(parent).objects.get(pk=parent.pk).unpublish()
    assert "Dno" in get("/sl/osnutek/dno/")
    assert "Osnutek" not in get("/sl/osnutek/dno/")
    assert client.get("/sl/top/bottom/")["Location"] == "/sl/osnutek/dno/"
    assert client.get("/sl/osnutek/")["Location"] == "/sl/top/"
    assert "Dno" in get("/sl/top/"), "what exists below it is listed"


def test_the_path_of_a_third_language_leads_there_too(item, client):
    for code in ("hu", "sl"):
        factories.home_of(code)
    translate_index(item.get_parent().specific)
    factories.translated(item, "sl", title="Opeke")
    assert client.get("/hu/novice/opeke/")["Location"] == "/hu/news/bricks/"


def test_what_was_written_in_another_language_than_english_is_shown_in_that_one(item, get):
    factories.home_of("sl")
    factories.home_of("hu")
    index = translate_index(item.get_parent().specific)
    factories.add_news(index, title="Samo po slovensko", slug="samo")
    for address in ("/en/news/samo/", "/hu/novice/samo/"):
        html = get(address)
        assert '<main id="content" tabindex="-1" lang="sl">' in html
        assert links(html, "canonical") == ["http://127.0.0.1:8000/sl/novice/samo/"]


@pytest.fixture
def slovenian(item):
    """A Slovenian translation of the item; Hungarian has a home page and no news."""
    factories.home_of("sl")
    factories.home_of("hu")
    translate_index(item.get_parent().specific)
    return factories.translated(item, "sl", title="Opeke")


def test_what_was_withdrawn_in_english_is_shown_by_no_translation_in_its_place(
    item, slovenian, get
):
    item.unpublish()
    for address in ("/hu/news/bricks/", "/hu/novice/opeke/"):
        get(address, status=404)
    assert listed(get("/hu/news/")) == []
    assert listed(get("/sl/novice/")) == [("", slovenian.get_url())], "its own readers have it"
    get(slovenian.get_url())


def test_an_original_that_was_never_public_hides_no_translation(item, slovenian, get):
    item.live, item.first_published_at = False, None
    item.save()
    assert listed(get("/hu/news/")) == [("sl", "/hu/novice/opeke/")]
    assert '<main id="content" tabindex="-1" lang="sl">' in get("/hu/novice/opeke/")


def test_a_withdrawn_translation_hides_neither_its_original_nor_another_one(item, slovenian, get):
    slovenian.unpublish()
    assert listed(get("/hu/news/")) == [("en", "/hu/news/bricks/")]
    assert listed(get("/sl/novice/")) == [("en", "/sl/novice/bricks/")]
    for address in ("/hu/news/bricks/", "/sl/novice/bricks/"):
        assert '<main id="content" tabindex="-1" lang="en">' in get(address)


def test_a_language_without_a_live_home_page_shows_nothing(item, get):
    home = factories.home_of("hu")
    home.unpublish()
    for address in ("/hu/news/bricks/", "/hu/"):
        html = get(address, 404)
        assert WORDS not in html
        assert re.findall(r'<a href="([^"]*)" lang', html.partition("<main")[2])[
            0
        ] == address.replace("/hu/", "/en/")


def test_no_depth_of_address_is_looked_for_in_vain(site, get, django_assert_num_queries):
    factories.home_of("hu")
    get("/hu/" + "a/" * 61, 404)


# --- What stands on it ---------------------------------------------------------------------------
def test_links_stay_in_the_language_of_the_visitor(item, site, get):
    factories.home_of("sl")
    translated = factories.add_content(site, title="Translated", slug="translated")
    other = factories.add_content(site, title="Other", slug="other")
    factories.translated(translated, "sl", title="Prevod")
    text = "".join(
        f'<p>See <a linktype="page" id="{page.pk}">this</a>.</p>'
        for page in (translated, other, item)
    )
    page = factories.add_content(site, title=WORDS, slug="bricks")
    page.body = page._meta.get_field("body").stream_block.to_python(
        [{"type": "paragraph", "value": text}]
    )
    page.save_revision().publish()
    body = get("/sl/bricks/").partition('class="wrap body')[2].partition("</article>")[0]
    assert re.findall(r'<a href="([^"]+)"( hreflang="en")?', body) == [
        ("/sl/prevod/", ""), ("/sl/other/", ' hreflang="en"'),
        ("/sl/news/bricks/", ' hreflang="en"'),
    ]  # fmt: skip


def test_the_menu_leads_to_what_is_not_translated_as_well(news, site, get):
    factories.home_of("sl")
    news.show_in_menus = True
    news.save_revision().publish()
    about = factories.add_content(site, title="About us", slug="about", show_in_menus=True)
    factories.translated(about, "sl", title="O nas")
    menu = get("/sl/").partition('class="site-nav"')[2].partition("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)"(?: lang="(\w+)" hreflang="en")?>([^<]+)', menu) == [
        ("/sl/o-nas/", "", "O nas"), ("/sl/news/", "en", "News"),
    ]  # fmt: skip


def test_every_text_is_marked_with_its_language(site, get, monkeypatch):
    """Texts of the page in English, texts of the interface in Hungarian, on every type of page."""
    from django.utils import translation

    for name in ("gettext", "pgettext"):
        monkeypatch.setattr(translation._trans, name, lambda *args: f"⟦{args[-1]}⟧")
    monkeypatch.setattr(translation._trans, "ngettext", lambda one, many, number: f"⟦{many}⟧")
    factories.home_of("hu")
    pages = every_page_full_of_words(site)
    for page in pages:
        html = get(f"/hu/{page.url_path.split('/', 2)[2]}")
        texts = Languages(html).texts
        assert sum(WORDS in text for text, _language in texts) >= 2, page
        wrong = [(text, language) for text, language in texts if WORDS in text and language != "en"]
        wrong += [(text, language) for text, language in texts if "⟦" in text and language != "hu"]
        assert not wrong, page


def every_page_full_of_words(site):
    """One page of each type, with words in every field and every block that is translated."""
    from django.db.models import CharField, TextField
    from wagtail.fields import RichTextField, StreamField
    from wagtail_localize.fields import TranslatableField, get_translatable_fields

    from ecca_site.uploads.models import CustomDocument
    from tests.delivery.test_speed import everything

    image = factories.make_image()
    image.make_renditions()
    from django.core.files.base import ContentFile

    document = CustomDocument.objects.create(
        title="File", file=ContentFile(b"%PDF-1.7", name="a.pdf"), file_size=8
    )
    indexes = [
        factories.add_news_index(site), factories.add_partner_index(site),
        factories.add_conference_index(site),
    ]  # fmt: skip
    pages = [
        *indexes, factories.add_news(indexes[0]), factories.add_partner(indexes[1]),
        factories.add_conference(indexes[2]), factories.add_content(site),
    ]  # fmt: skip
    for page in pages:
        names = {
            field.field_name
            for field in get_translatable_fields(type(page))
            if isinstance(field, TranslatableField)
        }
        for field in page._meta.get_fields():
            if isinstance(field, StreamField) and field.name == "body":
                blocks = everything(image, document, pages[3])
                page.body = field.stream_block.to_python([say(row) for row in blocks])
            elif isinstance(field, StreamField) and field.name == "programme":
                session = {
                    "start": "09:00",
                    "end": "10:00",
                    "kind": "talk",
                    "title": WORDS,
                    "track": WORDS,
                    "room": WORDS,
                }
                day = {"date": "2031-06-10", "title": WORDS, "sessions": [session]}
                page.programme = field.stream_block.to_python([{"type": "day", "value": day}])
            elif isinstance(field, RichTextField):
                setattr(page, field.name, f"<p>{WORDS}</p>")
            elif (
                field.name in names - {"slug"}
                and type(field) in (CharField, TextField)
                and not field.choices
            ):
                setattr(page, field.name, WORDS)
        for name in ("lead_image", "logo"):
            if hasattr(page, name):
                setattr(page, name, image)
        page.save_revision().publish()
    return pages


def say(value):
    """Put the words into every text of a raw block."""
    if isinstance(value, dict):
        kept = ("type", "page", "url")
        return {name: item if name in kept else say(item) for name, item in value.items()}
    if isinstance(value, list):
        return [say(item) for item in value]
    if isinstance(value, str):
        return f"<p>{WORDS}</p>" if value.startswith("<p>") else WORDS
    return value


# --- Lists ---------------------------------------------------------------------------------------
def listed(html):
    """The links of a page's cards, with the language marked on each."""
    return re.findall(r'<h3(?: lang="(\w+)")?><a href="([^"]+)">', html)


def elsewhere(language_code):
    with translation.override(language_code):
        return gettext("Only in other languages so far")


@pytest.mark.parametrize(
    ("add_index", "add"),
    [
        (factories.add_news_index, factories.add_news),
        (factories.add_partner_index, factories.add_partner),
        (factories.add_conference_index, factories.add_conference),
    ],
)
def test_a_list_shows_its_own_pages_first_and_then_what_is_in_other_languages(
    site, get, add_index, add
):
    factories.home_of("sl")
    index = add_index(site)
    first, second = add(index, slug="a", title="A"), add(index, slug="b", title="B")
    draft = second.copy_for_translation  # nothing is copied before the index is
    factories.translated(index, "sl", title="Seznam")
    factories.translated(second, "sl", title="Drugi")
    draft = first.copy_for_translation(Locale.objects.get(language_code="sl"))
    add(index, slug="c", title="C").unpublish()
    assert not draft.live
    html = get("/sl/seznam/")
    assert listed(html) == [("", "/sl/seznam/drugi/"), ("en", "/sl/seznam/a/")]
    assert html.count(elsewhere("sl")) == 1
    english = get(index.get_url())
    assert {url for _language, url in listed(english)} == {first.get_url(), second.get_url()}
    assert "Only in other languages so far" not in english


def test_a_list_without_a_translation_lists_what_exists(item, get):
    factories.home_of("hu")
    html = get("/hu/news/")
    assert listed(html) == [("en", "/hu/news/bricks/")]
    assert elsewhere("hu") in html
    assert listed(get("/hu/news/?topic=events")) == [("en", "/hu/news/bricks/")]
    assert listed(get("/hu/news/?topic=funding")) == []


def test_the_lists_of_a_home_page_fill_up_with_other_languages(item, site, get):
    partner = factories.add_partner(factories.add_partner_index(site), title="Stone", slug="stone")
    home = factories.home_of("sl")
    rows = [
        {"type": "news_list", "value": {"title": "Novice", "count": 2}},
        {"type": "partner_list", "value": {"title": "Partnerji", "text": ""}},
    ]
    home.body = home._meta.get_field("body").stream_block.to_python(rows)
    home.save_revision().publish()
    assert listed(get("/sl/")) == [("en", "/sl/news/bricks/"), ("en", "/sl/partners/stone/")]
    translate_index(item.get_parent().specific)
    factories.translated(item, "sl", title="Opeke")
    factories.add_news(item.get_parent().specific, slug="timber")
    factories.translated(partner.get_parent().specific, "sl", title="Partnerji")
    factories.translated(partner, "sl", title="Kamen")
    assert listed(get("/sl/")) == [
        ("", "/sl/novice/opeke/"),
        ("en", "/sl/novice/timber/"),
        ("", "/sl/partnerji/kamen/"),
    ]


def test_news_about_a_partner_is_listed_for_the_reader(item, site, get):
    partner = factories.add_partner(factories.add_partner_index(site), title="Stone", slug="stone")
    item.related_partner = partner
    item.save_revision().publish()
    factories.home_of("hu")
    html = get("/hu/partners/stone/")
    assert 'href="/hu/news/bricks/" lang="en"' in html
    assert 'href="/en/news' not in html


@pytest.mark.parametrize("code", ["hu", "sl"])
@pytest.mark.whole
def test_thirty_pages_of_other_languages_cost_what_three_cost(item, client, settings, code):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.PAGE_CACHE_SECONDS = 0
    factories.home_of(code)
    index = item.get_parent().specific
    address = f"/{code}/news/"
    if code == "sl":
        translate_index(index)
        address = "/sl/novice/"

    def count():
        cache.clear()
        numbers = []
        for _round in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            numbers.append(len(queries))
        return numbers

    before = count()
    for _number in range(11):
        factories.add_news(index)
    assert count() == before


def test_what_stands_below_a_home_page_that_went_offline_is_gone_with_it(slovenian, get):
    address = slovenian.get_url()
    assert "Opeke" in get(address)
    factories.home_of("sl").unpublish()
    cache.clear()
    get(address, 404)
    get("/sl/", 404)
