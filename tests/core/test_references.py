"""What a version refers to is read from its content alone."""

import pytest
from wagtail.models import Page

from ecca_site.core.references import content_of, references_of
from ecca_site.uploads.models import CustomDocument, CustomImage
from tests import factories


@pytest.fixture
def page(site):
    picture, lead = factories.make_image(), factories.make_image()
    document = CustomDocument.objects.create(title="Statutes", file="statutes.pdf")
    page = factories.add_content(site, title="About")
    page.lead_image = lead
    page.body = [
        ("paragraph", f'<p><a linktype="document" id="{document.pk}">Statutes</a></p>'),
        ("paragraph", f'<p><a linktype="page" id="{site.pk}">Home</a></p>'),
        ("image", {"image": {"image": picture, "alt_text": "x", "decorative": False}}),
    ]
    page.save_revision()
    page.refresh_from_db()
    page.picture_keys = {str(picture.pk), str(lead.pk)}
    page.document_key = str(document.pk)
    return page


def test_fields_streams_and_texts_are_read_without_a_query(page, site, django_assert_num_queries):
    revision = page.latest_revision
    references_of(content_of(revision))  # content types are looked up once for each process
    with django_assert_num_queries(0):
        found = references_of(content_of(revision))
    assert found == {
        CustomImage: page.picture_keys,
        CustomDocument: {page.document_key},
        Page: {str(site.pk)},
    }


def test_what_is_gone_is_still_referred_to(page):
    revision = page.latest_revision
    revision.content["lead_image"] = 999_999
    assert "999999" in references_of(content_of(revision))[CustomImage]


@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, ""])
def test_what_can_be_no_key_refers_to_nothing(page, key):
    page.body = [("paragraph", f'<p><a linktype="document" id="{key}">Statutes</a></p>')]
    page.lead_image = None
    assert references_of(content_of(page.save_revision())) == {}
