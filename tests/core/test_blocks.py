"""What the blocks of a body show."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from ecca_site.core.blocks import BodyBlock
from ecca_site.uploads.models import CustomDocument
from tests import factories


def read(client, site, kind, value):
    page = factories.add_content(site, body=BodyBlock().to_python([{"type": kind, "value": value}]))
    return client.get(page.get_url()).content.decode()


def button_of(html):
    return re.findall(r'<a class="button" href="([^"]*)">([^<]*)', html)


def call(**link):
    return {"title": "Join us", "text": "", "label": "Apply", "page": None, "url": "", **link}


def test_a_call_to_action_leads_to_its_page(site, client):
    target = factories.add_content(site)
    html = read(client, site, "call_to_action", call(page=target.pk))
    assert button_of(html) == [(target.get_url(), "Apply ")]


def test_a_call_to_action_leads_to_its_address(site, client):
    html = read(client, site, "call_to_action", call(url="https://example.org/apply"))
    assert button_of(html) == [("https://example.org/apply", "Apply ")]


def test_a_call_to_action_to_a_page_that_is_gone_has_no_button(site, client):
    target = factories.add_content(site)
    target.unpublish()
    html = read(client, site, "call_to_action", call(page=target.pk))
    assert "Join us" in html
    assert button_of(html) == []


@pytest.mark.parametrize("has_both", [True, False])
def test_a_call_to_action_has_one_target(site, has_both):
    block = BodyBlock().child_blocks["call_to_action"]
    value = call(page=site.pk, url="https://example.org/") if has_both else call()
    with pytest.raises(ValidationError) as caught:
        block.clean(block.to_python(value))
    assert "page" in caught.value.block_errors


def test_a_video_is_loaded_on_a_click_alone(site, client):
    film, captions = (
        CustomDocument.objects.create(title=name, file=ContentFile(content, name=name))
        for name, content in (("film.webm", b"\x1a\x45\xdf\xa3"), ("captions.vtt", b"WEBVTT\n"))
    )
    value = {
        "title": "A wall",
        "file": film.pk,
        "poster": None,
        "captions": captions.pk,
        "transcript": "<p>Words</p>",
    }
    html = read(client, site, "video", value)
    assert html.count('<video controls preload="none"') == 1
    assert f'<source src="{film.file.url}" type="video/webm">' in html
    assert "autoplay" not in html
    assert "<iframe" not in html
    assert "<p>Words</p>" in html
