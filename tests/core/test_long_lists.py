"""However many there are: a page shows so many of them, and leads to the others."""

import re

import pytest
from django.core.cache import cache
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from tests import factories
from tests.many import copy_many


def numbers_of(html):
    return re.findall(r'(?:aria-current="page"|\?page=\d+"|aria-hidden="true")>([\d…]+)<', html)


@pytest.mark.parametrize(
    ("pages", "current", "shown"),
    [
        (1, 1, ""),
        (2, 1, "1 2"),
        (7, 4, "1 2 3 4 5 6 7"),
        (10, 1, "1 2 3 … 10"),
        (10, 10, "1 … 8 9 10"),
        (834, 1, "1 2 3 … 834"),
        (834, 417, "1 … 415 416 417 418 419 … 834"),
    ],
)
def test_a_list_links_its_ends_and_what_is_beside_this_page(rf, pages, current, shown):
    context = {"page_obj": Paginator(range(pages), 1).page(current)}
    html = render_to_string("includes/pagination.html", context, request=rf.get("/"))
    assert " ".join(numbers_of(html)) == shown
    assert html.count("aria-current") == (pages > 1)


def build_home():
    home = factories.home_of()
    block = {"type": "partner_list", "value": {"title": "Project partners", "text": ""}}
    home.body = home.body.stream_block.to_python([block])
    home.save_revision().publish()
    index = factories.add_partner_index(home)
    for number in range(12):
        factories.add_partner(index, title=f"Organisation {number:02}")
    return {"home": home, "index": index}


@pytest.fixture(scope="module")
def kept_home(keep):
    return keep(build_home)


@pytest.fixture
def site_of_twelve(kept_home, site, settings):
    settings.PAGE_CACHE_SECONDS = 0
    return kept_home()


def partners_in(html):
    return re.findall(r'<a href="[^"]+">(Organisation[^<]*)</a>', html)


def test_twelve_partners_need_no_link_to_all(site_of_twelve, client):
    html = client.get("/en/").content.decode()
    assert partners_in(html) == [f"Organisation {number:02}" for number in range(12)]
    assert "All partners" not in html


def test_of_two_thousand_partners_the_home_page_shows_twelve_and_leads_to_all(
    site_of_twelve, client
):
    few = client.get("/en/").content
    copy_many(site_of_twelve["index"].get_children().last(), 2000)
    cache.clear()
    many = client.get("/en/").content
    assert partners_in(many.decode()) == partners_in(few.decode())
    link = '<a class="button quiet" href="/en/partners/">All partners</a>'
    assert (link in few.decode(), link in many.decode()) == (False, True)
    assert len(many) - len(few) < 200


def test_where_the_directory_is_not_translated_the_link_stays_in_the_readers_language(
    site_of_twelve, client
):
    factories.home_of("sl")
    slovenian = factories.home_of("sl")
    slovenian.body = site_of_twelve["home"].body
    slovenian.save_revision().publish()
    copy_many(site_of_twelve["index"].get_children().last(), 3)
    cache.clear()
    html = client.get("/sl/").content.decode()
    assert len(partners_in(html)) == 12
    assert 'href="/sl/partners/">Vsi partnerji</a>' in html
