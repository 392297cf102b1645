"""A picture that cannot be shown costs its own place, never the page, and administrators are told
once.
"""

import json
import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from ecca_site.mail.models import Mail
from ecca_site.uploads.images import FAILED, RENDITION_SPECS, CustomImage
from ecca_site.uploads.tasks import make_renditions
from tests import factories

NO_PICTURE = "/static/img/no-picture.svg"
SMALL = (200, 120)


def broken_image(title="Lost", kind="png", **options):
    image = factories.make_image(title=title, kind=kind, size=SMALL, **options)
    break_file(image)
    return image


def break_file(image):
    Path(image.file.path).write_bytes(b"\x89PNG\r\n\x1a\n nothing more")


def again(image):
    """Return a picture as the next request reads it."""
    return CustomImage.objects.get(pk=image.pk)


def lose(file):
    file.storage.delete(file.name)


def build_pages():
    """A site on which the one picture that everything shows is broken."""
    site, image = factories.home_of(), broken_image()
    index = factories.add_news_index(site, lead_image=image)
    partners, conferences = factories.add_partner_index(site), factories.add_conference_index(site)
    figure = {
        "image": {"image": image.pk, "alt_text": "A wall", "decorative": False},
        "caption": "Caption of it",
    }
    body = [
        {"type": "image", "value": figure},
        {"type": "gallery", "value": {"title": "Gallery", "images": [figure, figure]}},
        {
            "type": "video",
            "value": {"title": "Film", "file": None, "poster": image.pk, "captions": None},
        },
    ]
    news = factories.add_news(index, title="News item", lead_image=image, body=stream(index, body))
    partner = factories.add_partner(partners, title="Partner", logo=image, logo_alt="Logo")
    conference = factories.add_conference(conferences, title="Conference", lead_image=image)
    section = {"title": "Section", "text": "", "image": figure["image"]}
    announced = {"title": "Next", "text": "", "conference": conference.pk, "label": "Join"}
    site.body = site.body.stream_block.to_python(
        [{"type": "section", "value": section}, {"type": "conference", "value": announced}]
    )
    site.hero_image, site.hero_image_alt = image, "Hero"
    site.save_revision().publish()
    return {
        "site": site, "index": index, "partners": partners, "conferences": conferences,
        "news": news,
        "partner": partner, "conference": conference,
    }  # fmt: skip


def stream(page, rows):
    from news.models import NewsPage

    return NewsPage._meta.get_field("body").stream_block.to_python(rows)


@pytest.fixture(scope="module")
def kept_pages(keep):
    return keep(build_pages)


@pytest.fixture
def pages(kept_pages, db):
    found = kept_pages()
    break_file(CustomImage.objects.get())  # a test before may have repaired it
    return found


@pytest.fixture
def image(pages):
    return CustomImage.objects.get()


def test_every_page_that_shows_it_is_there_without_it(pages, client):
    factories.home_of("sl")
    addresses = [page.get_url() for page in pages.values()]
    addresses += [
        "/sl/",
        "/sl/news/",
        f"/sl/news/{pages['news'].slug}/",
        "/en/search/?q=news",
        "/en/news.rss",
    ]
    for address in addresses:
        response = client.get(address)
        html = response.content.decode()
        assert response.status_code == 200, address
        assert "<picture" not in html, address
        assert "has-picture" not in html, address
        assert "<figcaption>Caption of it" not in html, address
        assert "poster=" not in html, address
        for found in re.findall(r'property="og:image" content="([^"]+)"', html):
            assert found.endswith("/static/img/share.png"), address
        for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html):
            assert "/media/" not in found, address


def test_the_api_says_that_there_is_none(pages, client):
    rows = client.get("/api/v2/pages/?type=partners.PartnerPage&fields=logo").json()["items"]
    assert [row["logo"] for row in rows] == [None]


def test_it_is_told_once_however_many_come_across_it(
    pages, image, client, admin_user, person, caplog, settings
):
    person("somebody")
    settings.PAGE_CACHE_SECONDS = 0
    with caplog.at_level(logging.ERROR):
        for _visit in range(3):
            client.get("/en/")
            client.get(pages["news"].get_url())
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    mail = Mail.objects.get()
    assert mail.user == admin_user
    assert mail.subject == "The picture “Lost” cannot be shown"
    assert f"/cms/images/{image.pk}/" in mail.text


def test_it_is_not_tried_with_each_visit(pages, client, settings, django_assert_num_queries):
    settings.PAGE_CACHE_SECONDS = 0
    client.get("/en/")
    image = CustomImage.objects.get()
    with django_assert_num_queries(0):
        assert image.sizes() == {}


def test_a_repaired_one_is_back_after_an_hour_or_when_it_is_saved(
    pages, image, client, admin_client
):
    client.get("/en/")
    image = again(image)
    assert image.made.keys() == {FAILED}
    assert "1 picture cannot be shown" in admin_client.get("/cms/").content.decode()
    good = factories.make_image(size=SMALL)
    Path(image.file.path).write_bytes(Path(good.file.path).read_bytes())
    assert image.sizes() == {}
    image.made[FAILED] = (timezone.now() - timedelta(hours=2)).isoformat()
    assert image.sizes().keys() == set(RENDITION_SPECS)
    image.made = {FAILED: timezone.now().isoformat()}
    image.save()
    make_renditions.func(image.pk)
    assert again(image).made.keys() == set(RENDITION_SPECS)
    assert "cannot be shown" not in admin_client.get("/cms/").content.decode()


def test_only_administrators_read_of_it_on_their_first_page(pages, client, person):
    from ecca_site.access import roles

    client.get("/en/")
    client.force_login(person("editor", roles.EDITOR.name))
    assert "cannot be shown" not in client.get("/cms/").content.decode()


def test_the_cms_shows_a_stand_in(pages, image, admin_client):
    assert admin_client.get(f"/cms/pages/{pages['news'].pk}/edit/").status_code == 200
    for address in ("/cms/images/", f"/cms/images/{image.pk}/"):
        response = admin_client.get(address)
        assert response.status_code == 200, address
        assert f'src="{NO_PICTURE}"' in response.content.decode(), address
    chosen = json.loads(
        admin_client.get(reverse("wagtailimages_chooser:chosen", args=[image.pk])).content
    )
    assert chosen["result"]["preview"]["url"] == NO_PICTURE


def test_lost_renditions_are_made_again(site):
    image = factories.make_image(size=SMALL)
    image.make_renditions()
    first, *others = image.renditions.order_by("pk")
    lose(first.file)
    kept = {rendition.filter_spec: rendition.file.name for rendition in others}
    fresh = again(image)
    sizes = fresh.sizes()
    assert sizes.keys() == set(RENDITION_SPECS)
    for name, _width, _height in fresh.made.values():
        assert first.file.storage.exists(name)
    assert {spec: fresh.made[spec][0] for spec in kept} == kept


def test_a_lost_thumbnail_is_made_again(site):
    image = factories.make_image(size=SMALL)
    made = image.get_rendition("max-165x165")
    lose(made.file)
    made_again = again(image).get_rendition("max-165x165")
    assert made_again.pk == made.pk
    assert made_again.file.storage.exists(made_again.file.name)


def test_a_picture_whose_original_alone_is_lost_is_shown(site):
    image = factories.make_image(size=SMALL)
    image.make_renditions()
    lose(image.file)
    assert again(image).sizes().keys() == set(RENDITION_SPECS)


def test_a_lost_drawing_costs_its_place_and_is_back_with_its_file(site, client, admin_user):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0"/></svg>'
    image = CustomImage.objects.create(title="Logo", file=ContentFile(drawing, name="logo.svg"))
    page = factories.add_content(site, lead_image=image)
    name = image.file.name
    lose(image.file)
    assert "<picture" not in client.get(page.get_url()).content.decode()
    assert again(image).sizes() == {}
    assert Mail.objects.count() == 1
    image.file.storage.save(name, ContentFile(drawing))
    assert again(image).sizes() != {}
    assert again(image).made == {}


def test_a_picture_of_16_bits_from_before_is_shown(site, client):
    image = factories.make_image(size=SMALL)
    from PIL import Image as PillowImage

    PillowImage.new("I;16", (900, 600), 40_000).save(image.file.path)
    page = factories.add_content(site, lead_image=image)
    assert "<picture" in client.get(page.get_url()).content.decode()
