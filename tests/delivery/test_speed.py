"""What an anonymous page costs: queries, cache, renditions.

Times are not tested, they depend on the machine.
"""

import gzip

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import Filter
from wagtail.models import ReferenceIndex

from ecca_site.delivery.versions import language_stamp
from ecca_site.uploads.images import RENDITION_SPECS, CustomImage, Rendition
from ecca_site.uploads.models import CustomDocument
from tests import factories
from tests.many import copy_many

COLD, WARM = 17, 8


@pytest.fixture
def count_queries(client, settings):
    """Return a function that returns how many queries an address costs with empty and with filled
    caches.
    """
    settings.PAGE_CACHE_SECONDS = 0

    def count(address):
        cache.clear()
        numbers = []
        for _round in ("cold", "warm"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == 200
            numbers.append(len(queries))
        return tuple(numbers)

    return count


def everything(image, document, page, conference=None):
    """A body with every kind of block there is, several times."""
    picture = {"image": image.pk, "alt_text": "A wall", "decorative": False}
    link = f'<p>See <a linktype="page" id="{page.pk}">this</a>.</p>'
    figure = {"image": picture, "caption": "A wall"}
    rows = [
        ("heading", "Heading"),
        ("paragraph", link),
        ("paragraph", link),
        ("image", figure),
        ("gallery", {"title": "Gallery", "images": [figure, figure]}),
        ("quote", {"text": "Words", "attribution": "Somebody"}),
        ("table", {"caption": "Stages", "cells": {"data": [["Stage"], ["Design"]]}}),
        ("key_figures", {"title": "Figures", "figures": [{"value": "1", "label": "one"}]}),
        ("accordion", {"title": "Questions", "items": [{"title": "Why?", "text": link}]}),
        (
            "documents",
            {"title": "Files", "documents": [{"title": "File", "document": document.pk}]},
        ),
        (
            "call_to_action",
            {"title": "Join", "text": "", "label": "Join", "page": page.pk, "url": ""},
        ),
        (
            "video",
            {
                "title": "Film",
                "file": document.pk,
                "poster": image.pk,
                "captions": None,
                "transcript": link,
            },
        ),
        ("partner_list", {"title": "Partners", "text": ""}),
        ("news_list", {"title": "News", "count": 12}),
    ]
    if conference:
        rows += [
            ("section", {"title": "Section", "text": link, "image": picture}),
            (
                "conference",
                {"title": "Next", "text": "", "conference": conference.pk, "label": "Join"},
            ),
            ("life_cycle", {"title": "Circle", "text": link}),
        ]
    return [{"type": kind, "value": value} for kind, value in rows]


def make_document():
    content = ContentFile(b"%PDF-1.7 text", name="file.pdf")
    return CustomDocument.objects.create(title="File", file=content, file_size=13)


@pytest.fixture
def document(db):
    return make_document()


def build_full_site():
    site, document = factories.home_of(), make_document()
    image = factories.make_image()
    image.make_renditions()
    news, partners = factories.add_news_index(site), factories.add_partner_index(site)
    conferences = factories.add_conference_index(site)
    conference = factories.add_conference(conferences, lead_image=image)
    partner = factories.add_partner(partners, logo=image)
    item = factories.add_news(
        news, lead_image=image, related_partner=partner, related_conference=conference
    )
    for page, target in ((item, partner), (conference, item)):
        page.body = page._meta.get_field("body").stream_block.to_python(
            everything(image, document, target)
        )
        page.save_revision().publish()
    content = factories.add_content(site, lead_image=image)
    deep = factories.add_content(factories.add_content(content), lead_image=image)
    for page in (deep, site):
        page.body = page._meta.get_field("body").stream_block.to_python(
            everything(image, document, item, conference if page == site else None)
        )
        page.save_revision().publish()
    return {
        "home": site, "news": news, "partners": partners, "conferences": conferences,
        "conference": conference,
        "partner": partner, "item": item, "content": content, "deep": deep,
    }  # fmt: skip


@pytest.fixture(scope="module")
def kept_site(keep):
    return keep(build_full_site)


@pytest.fixture
def full_site(kept_site, db):
    return kept_site()


def test_every_page_with_every_block_stays_within_the_budget(full_site, count_queries):
    costs = {name: count_queries(page.get_url()) for name, page in full_site.items()}
    costs |= {
        address: count_queries(address)
        for address in ("/en/search/?q=picture", "/en/news.rss", "/sitemap-en-1.xml")
    }
    too_dear = {name: cost for name, cost in costs.items() if cost[0] > COLD or cost[1] > WARM}
    assert not too_dear, f"cold and warm queries: {too_dear}"


@pytest.mark.parametrize("code", ["hu", "sl"])
@pytest.mark.whole
def test_every_page_shown_for_want_of_a_translation_stays_within_the_budget(
    full_site, count_queries, code
):
    """In Hungarian only the home page is live, in Slovenian the sections are, too."""
    home = factories.home_of(code)
    if code == "sl":
        for name in ("news", "partners", "conferences", "content"):
            factories.translated(full_site[name], code)
    costs = {}
    for name in full_site.keys() - {"home"}:
        section = full_site[name].get_ancestors(inclusive=True).get(depth=3)
        translation = section.get_translation_or_none(home.locale)
        start = translation.get_url() if translation else f"/{code}/{section.slug}/"
        costs[name] = count_queries(start + full_site[name].url_path.removeprefix(section.url_path))
    too_dear = {name: cost for name, cost in costs.items() if cost[0] > COLD or cost[1] > WARM}
    assert len(costs) == 8
    assert not too_dear, f"cold and warm queries: {too_dear}"


@pytest.mark.whole
def test_the_number_of_languages_costs_nothing(full_site, count_queries):
    before = count_queries(full_site["content"].get_url())
    for code in ("sl", "pl", "es", "hu"):
        factories.home_of(code)
        factories.translated(full_site["content"], code)
    assert count_queries(full_site["content"].get_url()) == before


@pytest.mark.parametrize(
    ("index", "add"),
    [
        ("news", factories.add_news),
        ("partners", factories.add_partner),
        ("conferences", factories.add_conference),
    ],
)
@pytest.mark.whole
def test_a_list_of_300_costs_the_queries_of_a_list_of_15(
    full_site, count_queries, index, add, settings
):
    image = CustomImage.objects.get()
    pictures = {"logo": image} if index == "partners" else {"lead_image": image}
    first = add(full_site[index], **pictures)
    copy_many(first, 13)  # more than the home page shows
    before = {page: count_queries(full_site[page].get_url()) for page in (index, "home")}
    model = type(add(full_site[index], **pictures))
    copy_many(model.objects.last(), 285)
    assert model.objects.live().count() >= 300
    assert {page: count_queries(full_site[page].get_url()) for page in (index, "home")} == before


def test_a_page_from_the_cache_costs_no_query(full_site, client, django_assert_num_queries):
    address = full_site["home"].get_url()
    first = client.get(address)
    with django_assert_num_queries(0):
        second = client.get(address)
    assert second.content == first.content


def test_a_page_is_compressed_once_for_all_visitors(full_site, client, django_assert_num_queries):
    address = full_site["home"].get_url()
    plain = client.get(address)
    first = client.get(address, HTTP_ACCEPT_ENCODING="br, gzip")
    with django_assert_num_queries(0):
        second = client.get(address, HTTP_ACCEPT_ENCODING="gzip;q=1.0")
    assert "Content-Encoding" not in plain
    assert gzip.decompress(first.content) == plain.content
    assert first["Content-Encoding"] == second["Content-Encoding"] == "gzip"
    assert first.content == second.content
    assert first["ETag"] == second["ETag"] != plain["ETag"]
    assert plain["Vary"] == first["Vary"] == second["Vary"] == "Accept-Encoding"


def test_what_is_somebodys_own_is_not_compressed(full_site, admin_client):
    response = admin_client.get(full_site["home"].get_url(), HTTP_ACCEPT_ENCODING="gzip")
    assert "Content-Encoding" not in response


def test_visitors_get_what_shared_caches_need_and_no_cookie(full_site, client):
    for page in full_site.values():
        response = client.get(page.get_url())
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()
        assert "s-maxage" in response["Cache-Control"]
        assert "public" in response["Cache-Control"]
        assert response["ETag"]
        again = client.get(page.get_url(), HTTP_IF_NONE_MATCH=response["ETag"])
        assert again.status_code == 304


def test_publishing_clears_what_it_changed_in_every_language(
    site, client, django_capture_on_commit_callbacks
):
    slovenian, _polish = factories.home_of("sl"), factories.home_of("pl")
    page = factories.add_content(site, title="First title", show_in_menus=True)
    for address in ("/en/", "/sl/", "/pl/", page.get_url()):
        client.get(address)
    page.title = "Second title"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert b"Second title" in client.get(page.get_url()).content
    for address in ("/en/", "/pl/"):
        assert b"Second title" in client.get(address).content, "the menu shows the new title"
    with django_capture_on_commit_callbacks(execute=True):
        translation = factories.translated(page, "sl", title="Naslov")
    assert translation.get_url().encode() in client.get(page.get_url()).content, (
        "the switcher knows the translation"
    )
    assert b"Naslov" in client.get("/sl/").content
    assert b"Naslov" not in client.get("/pl/").content
    with django_capture_on_commit_callbacks(execute=True):
        alone = factories.add_content(slovenian, title="Samo tu", slug="tu")
    assert b"Samo tu" in client.get("/pl/tu/").content
    alone.title = "Samo tam"
    with django_capture_on_commit_callbacks(execute=True):
        alone.save_revision().publish()
    assert b"Samo tam" in client.get("/pl/tu/").content, "it is shown in place of a translation"
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert client.get(page.get_url()).status_code == 404
    assert slovenian.live


def test_publishing_clears_the_pages_of_other_languages_that_link_to_it(
    site, client, django_capture_on_commit_callbacks
):
    slovenian, polish = factories.home_of("sl"), factories.home_of("pl")
    target = factories.add_content(polish, title="First title")
    block = {"title": "Join us", "text": "", "label": "Apply", "page": target.pk, "url": ""}
    slovenian.body = slovenian.body.stream_block.to_python(
        [{"type": "call_to_action", "value": block}]
    )
    slovenian.save_revision().publish()
    update_references(slovenian)
    assert "/first-title/" in client.get("/sl/").content.decode()
    target.slug = "second-address"
    with django_capture_on_commit_callbacks(execute=True):
        target.save_revision().publish()
    assert "/second-address/" in client.get("/sl/").content.decode()


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_changed_file_clears_the_languages_that_show_it(
    site, client, document, django_capture_on_commit_callbacks, kind
):
    image = factories.make_image()
    body = [
        {
            "type": "documents",
            "value": {"title": "", "documents": [{"title": "File", "document": document.pk}]},
        }
    ]
    page = factories.add_content(
        site, lead_image=image, body=site.body.stream_block.to_python(body)
    )
    update_references(page)
    factories.home_of("pl")
    stamps = {code: language_stamp(code) for code in ("en", "pl")}
    with django_capture_on_commit_callbacks(execute=True):
        {"image": image, "document": document}[kind].save()
    assert language_stamp("en") != stamps["en"]
    assert language_stamp("pl") == stamps["pl"]


def test_an_upload_that_no_page_shows_clears_nothing(site, django_capture_on_commit_callbacks):
    stamp = language_stamp("en")
    with django_capture_on_commit_callbacks(execute=True):
        factories.make_image()
    assert language_stamp("en") == stamp


def update_references(page):
    """What the task does that Wagtail enqueues when a page is saved."""
    ReferenceIndex.create_or_update_for_object(page)


def test_renditions_exist_before_a_visitor_asks(site, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        image = factories.make_image()
    assert Rendition.objects.filter(image=image).count() == len(RENDITION_SPECS)
    page = factories.add_content(site, lead_image=image)
    before = Rendition.objects.count()
    html = client.get(page.get_url()).content.decode()
    assert Rendition.objects.count() == before
    image.refresh_from_db()
    for size in image.sizes().values():
        assert size.url in html


def test_a_picture_with_a_new_file_forgets_its_old_renditions(site):
    image = factories.make_image()
    image.make_renditions()
    image.renditions.all().delete()
    image.refresh_from_db()
    assert image.made == {}
    assert image.sizes().keys() == set(RENDITION_SPECS)
    assert image.renditions.filter(filter_spec=Filter(RENDITION_SPECS[0]).spec).exists()


def test_pictures_say_their_size_and_come_in_modern_formats(site, client):
    page = factories.add_content(
        site, lead_image=factories.make_image(), lead_image_alt="A green wall"
    )
    html = client.get(page.get_url()).content.decode()
    assert 'type="image/avif"' in html
    assert 'type="image/webp"' in html
    assert 'alt="A green wall" width="960" height="600"' in html


@pytest.mark.parametrize(
    "address",
    ["/", "/en/", "/en/nothing-here/", "/en/search/?q=ecca", "/en/news.rss", "/en/news.atom",
     "/en/conferences.ics",
     "/sitemap.xml", "/sitemap-en-1.xml", "/healthz"],
)  # fmt: skip
def test_who_only_reads_opens_no_transaction(site, client, address):
    """On SQLite it would wait for whoever writes, be it a language that is added or an editor who
    publishes.
    """
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code in (200, 302, 404)
    assert [query["sql"] for query in queries if query["sql"].startswith("SAVEPOINT")] == []
