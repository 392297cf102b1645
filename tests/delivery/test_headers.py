"""What every answer tells the browser."""

import re

import pytest
from django.core.cache import cache

from ecca_site.uploads.images import FALLBACK
from tests import factories


@pytest.fixture
def page(site):
    return factories.add_content(site, lead_image=factories.make_image())


def test_public_pages_allow_no_inline_code_and_no_other_host(page, client):
    response = client.get(page.get_url())
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "object-src 'none'" in policy
    html = response.content.decode()
    assert not re.search(r"<script(?![^>]*(src=|application/ld\+json))", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)


def test_headers_that_keep_a_visitor_safe(page, client):
    response = client.get(page.get_url())
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_page_from_the_cache_says_the_same(page, client, django_assert_num_queries):
    fresh = client.get(page.get_url())
    with django_assert_num_queries(0):
        assert client.get(page.get_url()).headers == fresh.headers


def test_no_page_loads_anything_from_another_host(page, client):
    html = client.get(page.get_url()).content.decode()
    loaded = re.findall(
        r'<(?:script|img|source|link|video|iframe)[^>]*?(?:src|srcset|href)="([^"]+)"', html
    )
    rest = [address for address in loaded if address.startswith(("http", "//"))]
    canonical = re.findall(r'<link rel="(?:canonical|alternate)"[^>]* href="([^"]+)"', html)
    assert set(rest) <= set(canonical)


def test_the_cms_keeps_nothing_in_shared_caches(site, admin_client):
    response = admin_client.get("/cms/")
    assert "private" in response["Cache-Control"] or "no-store" in response["Cache-Control"]
    assert "unsafe-eval" not in response["Content-Security-Policy"]


def test_signed_in_people_get_pages_of_their_own(page, admin_client):
    response = admin_client.get(page.get_url())
    assert "private" in response["Cache-Control"]


def test_signed_in_people_and_visitors_share_no_kept_page(page, client, admin_client):
    address = page.get_url()
    visitors = client.get(address)
    own = admin_client.get(address)
    assert "wagtail-userbar" in own.content.decode()
    assert "private" in own["Cache-Control"]
    assert client.get(address).content == visitors.content
    cache.clear()
    admin_client.get(address)
    assert "wagtail-userbar" not in client.get(address).content.decode()


def test_head_says_what_get_says_without_a_body(page, client):
    whole, head = client.get(page.get_url()), client.head(page.get_url())
    assert head.content == b""
    assert head.status_code == 200
    assert head["Content-Length"] == whole["Content-Length"] == str(len(whole.content))
    assert client.get(page.get_url()).content == whole.content, "the cache holds no empty page"


def test_head_of_a_file_has_no_body(page, client):
    response = client.head(page.lead_image.sizes()[FALLBACK].url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b""
    assert int(response["Content-Length"]) > 0
