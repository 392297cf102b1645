"""What visitors see of an organisation, and what robots do not: its mailbox."""

import html
import re

import pytest

from ecca_site.intake import limits
from partners.models import PartnerIndexPage
from tests import factories

MAILBOX = "info@stone.example"


def build_stone():
    return factories.add_partner(
        factories.add_both_partner_indexes(),
        title="Stone",
        slug="stone",
        mailbox=MAILBOX,
        themes=["design", "recycling"],
        members_sme=30,
        members_large=10,
        offers="Old bricks",
    )


@pytest.fixture(scope="module")
def kept_stone(keep):
    return keep(build_stone)


@pytest.fixture
def stone(kept_stone, site):
    return kept_stone()


def test_the_mailbox_stands_nowhere_until_a_button_is_pressed(stone, client):
    contact = f"/en/partner/{stone.pk}/contact/"
    shown = [
        "/en/partners/stone/",
        "/sl/partnerji/stone/",
        "/en/partners/",
        "/en/search/?q=stone",
        contact,
    ]
    for address in [*shown, "/sitemap-en-1.xml", "/en/news.rss"]:
        response = client.get(address)
        assert response.status_code == 200, address
        content = html.unescape(response.content.decode())  # however it is written
        assert "info@" not in content, address
        assert "mailto:info" not in content, address
        assert ("Stone" in content) == (address in shown), address
    assert "Stone" not in client.get("/en/search/", {"q": MAILBOX}).content.decode()


def test_the_button_shows_it_without_a_cookie_and_out_of_reach_of_search_engines(stone, client):
    address = f"/en/partner/{stone.pk}/contact/"
    assert f'href="{address}"' in client.get("/en/partners/stone/").content.decode()
    response = client.post(address)
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert f'<a href="mailto:{MAILBOX}">' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert (
        "Disallow: /*/partner/*/contact/" in client.get("/robots.txt").content.decode().splitlines()
    )


def test_a_program_gets_few_mailboxes_and_another_site_none(stone, client, settings):
    address = f"/en/partner/{stone.pk}/contact/"
    assert client.post(address, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    for _number in range(settings.FORM_LIMITS["shown mailbox"]["network"] - 2):
        limits.is_within(0, limits.HOUR, "shown mailbox", "127.0.0.0/24")
    answers = [client.post(address) for _number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert MAILBOX not in answers[-1].content.decode()


def test_without_a_mailbox_or_when_offline_there_is_nothing_to_show(stone, client):
    silent = factories.add_partner(PartnerIndexPage.objects.get(locale__language_code="en"))
    stone.unpublish()
    numbers = (silent.pk, stone.pk, 0, "999999999999999999", "9999999999999999999", "x")
    assert [client.post(f"/en/partner/{number}/contact/").status_code for number in numbers] == [
        404
    ] * 6


def test_the_eight_stages_say_in_words_which_are_theirs(stone, client):
    content = client.get("/en/partners/stone/").content.decode()
    strip = content.partition('<ol class="stages"')[2].partition("</ol>")[0]
    items = [
        re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", item)).strip() for item in strip.split("<li")[1:]
    ]
    items = [item.partition(">")[2].strip() for item in items]
    assert items == [
        "Raw materials", "Design works here", "Production", "Construction",
        "Operation and maintenance", "Retrofit",
        "Demolition", "Recycling works here",
    ]  # fmt: skip


def test_the_picture_of_the_members_has_its_numbers_as_text(stone, client):
    for address in ("/en/partners/stone/", "/sl/partnerji/stone/"):
        content = client.get(address).content.decode()
        assert [
            int(number) for number in re.findall(r"<dt>[^<]+: (\d+)</dt><dd aria-hidden", content)
        ] == [30, 10]
        widths = re.findall(r'class="part" width="([^"]+)"', content)
        assert widths == ["75.0", "25.0"], "whatever the language's comma is"
