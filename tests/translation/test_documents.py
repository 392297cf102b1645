"""A document is translated where a page offers it.

Its title with the page's texts, its file by another one.
"""

import json
from uuid import uuid4

from django.core.files.base import ContentFile
from wagtail_localize.models import OverridableSegment, SegmentOverride

from ecca_site.core.blocks import BodyBlock
from ecca_site.uploads.models import CustomDocument
from tests import factories

from .conftest import publish_translation, request_translation


def make_document(name):
    return CustomDocument.objects.create(
        title=f"Internal {name}", file=ContentFile(b"%PDF-1.7", name=f"{name}.pdf")
    )


def test_readers_get_the_title_and_the_file_of_their_language_and_never_the_librarys_title(
    site, client
):
    factories.home_of("sl")
    original, own = make_document("programme"), make_document("spored")
    links = [
        {"type": "item", "id": str(uuid4()), "value": {"title": title, "document": original.pk}}
        for title in ("Programme", "Map")
    ]
    body = [{"type": "documents", "value": {"title": "Downloads", "documents": links}}]
    page = factories.add_content(site, body=BodyBlock().to_python(body))
    translation = request_translation(page, "sl")
    offered = OverridableSegment.objects.filter(source=translation.source, data_json=original.pk)
    segment = offered.order_by("order").first()
    SegmentOverride.objects.create(
        locale=translation.target_locale, context=segment.context, data_json=json.dumps(own.pk)
    )
    live = publish_translation(page, "sl")
    html = client.get(live.get_url()).content.decode()
    assert f'<a href="{own.url}">Programme (sl)</a>' in html
    assert f'<a href="{original.url}">Map (sl)</a>' in html, (
        "without a file of its own the language has the original"
    )
    assert f'<a href="{original.url}">Programme</a>' in client.get(page.get_url()).content.decode()
    assert "Internal" not in html
