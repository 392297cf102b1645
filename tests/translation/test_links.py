"""Links in texts, in choosers and in menus lead to the page in the reader's language wherever that
is live.
"""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ecca_site.i18n.languages import url_prefix
from home.models import ContentPage
from tests import factories
from tests.many import copy_many

LANGUAGES = ["sl", "pl", "es", "pt", "hu", "sr-latn"]


def rich(*pages):
    return "".join(f'<p>See <a linktype="page" id="{page.pk}">it</a>.</p>' for page in pages)


def links_of(client, page):
    """Return the addresses in the main part of a page."""
    html = client.get(page.get_url()).content.decode()
    return re.findall(
        r'<a[^>]*\bhref="([^"#]+)"', html.partition("<main")[2].partition("</main>")[0]
    )


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    """Return a function that does something to pages and lets the caches know, as a request
    does.
    """

    def publish(call, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return call(*args, **kwargs)

    return publish


def every_kind_of_link(target):
    """Return the fields of a page that links to ``target`` in a text, in a chooser and in an answer
    of an accordion.
    """
    call = {"title": "Join", "text": "", "label": "Go", "page": target.pk, "url": ""}
    answers = {"title": "", "items": [{"title": "Why?", "text": rich(target)}]}
    return [
        {"type": "paragraph", "value": rich(target)},
        {"type": "call_to_action", "value": call},
        {"type": "accordion", "value": answers},
    ]


@pytest.mark.parametrize("language_code", LANGUAGES)
def test_every_kind_of_link_in_a_body_leads_to_the_readers_language(site, client, language_code):
    factories.home_of(language_code)
    target = factories.add_content(site, title="Target", slug="target")
    page = factories.add_content(site, title="Page", body=every_kind_of_link(target))
    there = factories.translated(target, language_code, title="Cilj")
    here = factories.translated(page, language_code, title="Stran")
    address = f"/{url_prefix(language_code)}/cilj/"
    assert there.get_url() == address
    assert links_of(client, here).count(address) == 3
    assert target.get_url() not in links_of(client, here)
    assert links_of(client, page).count("/en/target/") == 3


def test_a_link_follows_a_translation_as_it_comes_and_goes(site, client, publish):
    factories.home_of("sl")
    target = factories.add_content(site, title="Target", slug="target")
    page = factories.add_content(site, title="Page", body=every_kind_of_link(target))
    here = publish(factories.translated, page, "sl", title="Stran")
    before = links_of(client, here)
    assert len(before) >= 3
    assert "/sl/cilj/" not in before
    there = publish(factories.translated, target, "sl", title="Cilj")
    assert links_of(client, here).count("/sl/cilj/") == 3
    publish(there.unpublish)
    assert links_of(client, here) == before
    there.refresh_from_db()
    publish(there.save_revision().publish)
    there.refresh_from_db()
    there.slug = "nov-cilj"
    publish(there.save_revision().publish)
    assert links_of(client, here).count("/sl/nov-cilj/") == 3
    publish(there.delete)
    assert links_of(client, here) == before


def test_a_translation_is_linked_to_even_while_its_source_is_offline(site, client, publish):
    factories.home_of("sl")
    target = factories.add_content(site, title="Target", slug="target")
    page = factories.add_content(
        site, title="Page", body=[{"type": "paragraph", "value": rich(target)}]
    )
    here = factories.translated(page, "sl", title="Stran")
    factories.translated(target, "sl", title="Cilj")
    publish(target.unpublish)
    assert "/sl/cilj/" in links_of(client, here)
    assert "/en/target/" not in links_of(client, page)


def test_a_draft_and_an_alias_are_no_translation(site, client):
    slovenian = factories.home_of("sl")
    drafted, aliased = (
        factories.add_content(site, title=title) for title in ("Drafted", "Aliased")
    )
    page = factories.add_content(
        site, title="Page", body=[{"type": "paragraph", "value": rich(drafted, aliased)}]
    )
    here = factories.translated(page, "sl", title="Stran")
    draft = drafted.copy_for_translation(slovenian.locale)
    alias = aliased.copy_for_translation(slovenian.locale, alias=True)
    for copy, slug in ((draft, "skrivni-osnutek"), (alias, "vzdevek")):
        copy.slug = slug
        copy.save()
    assert alias.live
    assert not {"/sl/skrivni-osnutek/", "/sl/vzdevek/"} & set(links_of(client, here))


def test_a_link_to_nothing_has_no_address(site, client):
    page = factories.add_content(
        site, body=[{"type": "paragraph", "value": '<p><a linktype="page" id="999">x</a></p>'}]
    )
    assert "<a>x</a>" in client.get(page.get_url()).content.decode()


def test_pages_that_news_name_are_those_of_the_readers_language(site, client):
    slovenian = factories.home_of("sl")
    partners, conferences = factories.add_partner_index(site), factories.add_conference_index(site)
    partner = factories.add_partner(partners, title="Stone")
    conference = factories.add_conference(conferences, title="Meeting")
    index = factories.add_news_index(site)
    news = factories.add_news(
        index, title="News", related_partner=partner, related_conference=conference
    )
    for page, title in ((partners, "Partnerji"), (conferences, "Konference"), (index, "Novice")):
        factories.translated(page, "sl", title=title)
    factories.translated(partner, "sl", title="Kamen")
    factories.translated(conference, "sl", title="Srečanje")
    here = factories.translated(news, "sl", title="Novica")
    links = links_of(client, here)
    assert "/sl/partnerji/kamen/" in links
    assert "/sl/konference/srecanje/" in links
    assert slovenian.live


def test_the_text_field_of_a_conference_links_to_the_readers_language(site, client):
    factories.home_of("sl")
    target = factories.add_content(site, title="Target", slug="target")
    index = factories.add_conference_index(site)
    conference = factories.add_conference(index, title="Meeting", how_to_join=rich(target))
    factories.translated(index, "sl", title="Konference")
    here = factories.translated(conference, "sl", title="Srečanje")
    factories.translated(target, "sl", title="Cilj")
    assert "/sl/cilj/" in links_of(client, here)


def test_the_menu_and_the_call_to_join_are_those_of_the_language(site, client, publish):
    slovenian = factories.home_of("sl")
    about = factories.add_content(site, title="About", slug="about", show_in_menus=True)
    join = factories.add_content(site, title="Join", slug="join")
    for home in (site, slovenian):
        home.join_page, home.join_label = join, "Join"
        publish(home.save_revision().publish)
    menu = client.get("/sl/").content.decode()
    assert "/en/about/" not in menu
    assert "/en/join/" not in menu
    publish(factories.translated, about, "sl", title="O nas")
    publish(factories.translated, join, "sl", title="Pridruži se")
    menu = client.get("/sl/").content.decode()
    assert 'href="/sl/o-nas/"' in menu
    assert 'href="/sl/pridruzi-se/"' in menu


@pytest.mark.parametrize("is_translated", [True, False])
@pytest.mark.whole
def test_a_hundred_links_cost_what_one_costs(site, client, is_translated):
    factories.home_of("sl")
    target = factories.add_content(site, title="Target")
    keys = copy_many(target, 99)
    if is_translated:
        copy_many(factories.translated(target, "sl", slug="target"), 99, keys)
    targets = list(ContentPage.objects.filter(locale=site.locale))
    few = factories.add_content(
        site, title="Few", body=[{"type": "paragraph", "value": rich(targets[0])}]
    )
    rows = [
        {"type": "paragraph", "value": rich(*targets[start : start + 10])}
        for start in range(0, 100, 10)
    ]
    many = factories.add_content(site, title="Many", body=rows)
    counts = []
    for page in (few, many):
        here = factories.translated(page, "sl")
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            links = links_of(client, here)
        counts.append(len(queries))
        wanted = targets[:1] if page is few else targets
        found = [
            link for link in links if link.startswith("/") and ("target" in link or "copy" in link)
        ]
        assert len(found) == len(wanted)
        if is_translated:
            assert all(link.startswith("/sl/") for link in found)
    assert counts[0] == counts[1]
