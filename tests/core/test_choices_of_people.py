"""A page holds what its author may choose, whatever a request names.

What pages show is not taken from under them.
"""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Collection

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.core.forms import chosen_in, may_choose
from ecca_site.uploads.models import CustomDocument, CustomImage
from home.models import ContentPage
from news.models import NewsPage
from partners.models import PartnerPage, PartnerTeam
from tests import factories
from tests.moderation.cells import as_posted
from tests.uploads.test_uploads import picture


@pytest.fixture
def profile(site):
    page = factories.add_partner(factories.add_partner_index(site), title="Stone")
    setup_site()
    return page


@pytest.fixture
def team(profile):
    return PartnerTeam.objects.get(translation_key=profile.translation_key)


@pytest.fixture
def partner(team):
    user = get_user_model().objects.create_user("stone", "s@example.org", "x")
    user.groups.add(team.group)
    return user


def image_in(collection, title="Picture"):
    image = factories.make_image(title, size=(40, 25))
    image.collection = collection
    image.save()
    return image


def show(page, **changes):
    """Publish a change, and let the index of what uses what follow."""
    for name, value in changes.items():
        setattr(page, name, value)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()


# --- What may be chosen --------------------------------------------------------------------------
def test_choices_are_found_in_fields_blocks_and_links(site):
    document, image = CustomDocument.objects.create(title="D", file="d.pdf"), factories.make_image()
    page = NewsPage(
        body=json.dumps([
            {"type": "paragraph", "value": f'<p><a linktype="page" id="{site.pk}">Home</a></p>'},
            {"type": "documents",
                "value": {"title": "", "documents": [{"title": "D", "document": document.pk}]}},
            {"type": "gallery", "value": {"title": "",
                    "images": [{"image": {"image": image.pk, "alt_text": "x"}}]}},
        ])
    )  # fmt: skip
    chosen = chosen_in(NewsPage._meta.get_field("body"), page.body)
    assert {pk for _model, pk in chosen} == {str(site.pk), str(document.pk), str(image.pk)}
    assert chosen_in(NewsPage._meta.get_field("lead_image"), image) == {
        (CustomImage, str(image.pk))
    }
    assert chosen_in(NewsPage._meta.get_field("lead_image"), image.pk) == {
        (CustomImage, str(image.pk))
    }
    assert chosen_in(NewsPage._meta.get_field("title"), "text") == set()


def test_a_partner_chooses_files_of_its_own_and_pages_that_are_public(partner, team, site):
    own, foreign = image_in(team.collection), image_in(Collection.get_first_root_node())
    draft = factories.add_content(site, title="Secret")
    draft.unpublish()
    assert may_choose(partner, {(CustomImage, str(own.pk))})
    assert not may_choose(partner, {(CustomImage, str(own.pk)), (CustomImage, str(foreign.pk))})
    assert may_choose(partner, {(ContentPage, str(site.pk))})
    assert not may_choose(partner, {(ContentPage, str(draft.pk))})
    assert not may_choose(partner, {(CustomImage, "999999")})


def test_what_was_chosen_before_by_others_stays(partner, profile, client):
    common = image_in(Collection.get_first_root_node(), "Made by the office")
    show(profile, logo=common)
    client.force_login(partner)
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[profile.pk]),
        {**as_posted(profile, partner), "city": "Celje"},
    )
    assert response.status_code == 302
    assert PartnerPage.objects.get(pk=profile.pk).get_latest_revision_as_object().city == "Celje"


def test_a_picture_whose_number_was_guessed_is_refused_and_not_shown(partner, profile, client):
    foreign = image_in(Collection.get_first_root_node(), "Not yet announced")
    client.force_login(partner)
    data = {**as_posted(profile, partner), "logo": str(foreign.pk)}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[profile.pk]), data)
    html = response.content.decode()
    assert response.context["form"].errors == {"logo": ["You may not choose this."]}
    assert "Not yet announced" not in html
    assert PartnerPage.objects.get(pk=profile.pk).get_latest_revision_as_object().logo is None


def test_a_link_to_a_page_that_is_not_public_is_refused_and_not_shown(
    partner, profile, client, site
):
    draft = factories.add_content(site, title="Secret", slug="not-yet-announced")
    draft.unpublish()
    client.force_login(partner)
    entity = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": draft.pk}}}
    block = {
        "key": "a", "text": "link", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 4, "key": 0}],
    }  # fmt: skip
    text = json.dumps({"blocks": [block], "entityMap": entity})
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[profile.pk]),
        {**as_posted(profile, partner), "introduction": text},
    )
    assert response.context["form"].errors == {"introduction": ["You may not choose this."]}
    assert "not-yet-announced" not in response.content.decode()


# --- What pages show -----------------------------------------------------------------------------
@pytest.fixture
def shown(profile, team):
    """A picture and a document of the organisation's own, on its public profile."""
    image = image_in(team.collection)
    file = SimpleUploadedFile("statutes.pdf", b"%PDF-1.7\n")
    document = CustomDocument.objects.create(
        title="Statutes", file=file, collection=team.collection
    )
    show(
        profile,
        logo=image,
        introduction=f'<p><a linktype="document" id="{document.pk}">Statutes</a></p>',
    )
    return image, document


@pytest.mark.parametrize("role", [roles.PARTNER_ORGANISATION, roles.EDITOR, roles.ADMINISTRATOR])
def test_what_a_page_shows_is_neither_deleted_nor_exchanged(shown, partner, client, role):
    image, document = shown
    if role is not roles.PARTNER_ORGANISATION:
        partner.groups.set([Group.objects.get(name=role.name)])
    client.force_login(partner)
    before = image.file.name, document.file.name
    client.post(reverse("wagtailimages:delete", args=[image.pk]))
    client.post(reverse("wagtaildocs:delete", args=[document.pk]))
    client.post(
        reverse("wagtail_bulk_action", args=["uploads", "customimage", "delete"])
        + f"?id={image.pk}"
    )
    client.post(
        reverse("wagtail_bulk_action", args=["uploads", "customdocument", "delete"])
        + f"?id={document.pk}"
    )
    other = SimpleUploadedFile("other.png", picture("PNG"))
    response = client.post(
        reverse("wagtailimages:edit", args=[image.pk]), {"title": "x", "tags": "", "file": other}
    )
    assert "Pages use this file." in response.content.decode()
    other = SimpleUploadedFile("other.pdf", b"%PDF-1.7\nother")
    client.post(
        reverse("wagtaildocs:edit", args=[document.pk]), {"title": "x", "tags": "", "file": other}
    )
    image.refresh_from_db()
    document.refresh_from_db()
    assert (image.file.name, document.file.name) == before


def test_its_title_may_still_be_changed(shown, partner, client):
    image, _document = shown
    client.force_login(partner)
    client.post(reverse("wagtailimages:edit", args=[image.pk]), {"title": "Our mark", "tags": ""})
    image.refresh_from_db()
    assert image.title == "Our mark"


def test_what_no_page_uses_may_be_deleted_and_exchanged(partner, team, client):
    image = image_in(team.collection)
    client.force_login(partner)
    other = SimpleUploadedFile("other.png", picture("PNG"))
    client.post(
        reverse("wagtailimages:edit", args=[image.pk]), {"title": "x", "tags": "", "file": other}
    )
    image.refresh_from_db()
    assert image.width == 600
    client.post(reverse("wagtailimages:delete", args=[image.pk]))
    assert not CustomImage.objects.filter(pk=image.pk).exists()


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_an_upload_goes_into_ones_own_collection_whatever_it_names(partner, team, client, kind):
    client.force_login(partner)
    name, content, model = ("x.png", picture("PNG"), CustomImage) if kind == "images" else (
        "x.pdf", b"%PDF-1.7\n", CustomDocument)  # fmt: skip
    data = {
        "title": "File",
        "tags": "",
        "collection": "1",
        "file": SimpleUploadedFile(name, content),
    }
    client.post(f"/cms/{kind}/add/", data)
    assert model.objects.get().collection == team.collection
