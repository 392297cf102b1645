"""The language switcher of what is no page.

The same form, search or programme in every language.
"""

import datetime
import re

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse
from django.utils import timezone, translation

from conferences.models import Registration
from conferences.registration import links as registration_links
from ecca_site.i18n.languages import html_lang, url_prefix
from ecca_site.intake import submissions
from partners.applications import links as application_links
from partners.freshness import links as freshness_links
from partners.models import Application, ConfirmationRequest, Invitation, PartnerTeam
from tests import factories
from tests.conferences.registering import open_conference, register
from tests.partners.joining import apply

CODES = [code for code, _name in settings.LANGUAGES]
NOT_PAGES = re.compile(r"_ics$|_rss$|_atom$|^wagtail")  # calendars, feeds, and what Wagtail serves


def build_site():
    home = factories.home_of()
    for code in CODES:
        factories.home_of(code)
    factories.section(lambda _home: factories.add_partner_index(home))
    return home


@pytest.fixture(scope="module")
def kept_home(keep):
    return keep(build_site)


@pytest.fixture
def addresses(kept_home, site, client, monkeypatch):
    """An English address of every view below a language that shows a page of the site."""
    monkeypatch.setattr(submissions, "QUICKEST", 0)
    home = kept_home()
    index = home.get_children().first()
    partner = factories.add_partner(index, mailbox="info@stone.example")
    conference = open_conference(
        factories.add_conference_index(home),
        call_deadline_at=timezone.now() + datetime.timedelta(days=30),
        call_text="<p>Tell us.</p>",
    )
    register(client, conference)
    apply(client)
    team, _made = PartnerTeam.objects.get_or_create(translation_key=partner.translation_key)
    invitation = Invitation.objects.create(team=team, email="new@stone.example", language="en")
    question = ConfirmationRequest.objects.create(
        translation_key=partner.translation_key, asked_on=timezone.localdate()
    )
    number = {"number": conference.pk}
    return {
        "search": reverse("search") + "?q=stone&page=2",
        "conference_picks": reverse("conference_picks", kwargs=number) + "?s=0a1b2c3d&s=4e5f6a7b",
        "conference_register": reverse("conference_register", kwargs=number),
        "conference_registered": reverse("conference_registered", kwargs=number),
        "conference_contribute": reverse("conference_contribute", kwargs=number),
        "conference_contributed": reverse("conference_contributed", kwargs=number),
        "partner_contact": reverse("partner_contact", kwargs={"number": partner.pk}),
        "join": reverse("join"),
        "join_sent": reverse("join_sent"),
        "join_as": reverse("join_as", args=["partner"]),
        "registration": path_of(registration_links.address_of(Registration.objects.get())),
        "application": path_of(application_links.address_of(Application.objects.get())),
        "invitation": path_of(application_links.address_of_invitation(invitation)),
        "partner_confirm": path_of(freshness_links.address_of(question)),
    }


def path_of(address):
    return address.removeprefix(settings.WAGTAILADMIN_BASE_URL)


def entries_of(html):
    """Return ``{language.

    Address}`` of the switcher, and the languages that it calls the present one.
    """
    panel = html.partition('<ul class="languages">')[2].partition("</ul>")[0]
    links = re.findall(r'<a href="([^"]+)" lang="([^"]+)" hreflang="[^"]+"([^>]*)>', panel)
    current = [lang for _address, lang, rest in links if rest == ' aria-current="true"']
    return {lang: address.replace("&amp;", "&") for address, lang, _rest in links}, current


def test_every_view_below_a_language_is_tried(addresses):
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    with translation.override("en"):
        below = {name for name in named if is_below_a_language(name)}
    assert {name for name in below if not NOT_PAGES.search(name)} == set(addresses)


def is_below_a_language(name):
    [(pattern, _parameters), *_rest] = get_resolver().reverse_dict.getlist(name)[0][0]
    return pattern.startswith("en/")


def test_every_view_leads_to_itself_in_every_language(addresses, client):
    for name, address in addresses.items():
        response = client.get(address)
        links, current = entries_of(response.content.decode())
        rest = address.removeprefix("/en/")
        expected = {html_lang(code): f"/{url_prefix(code)}/{rest}" for code in CODES}
        assert (name, links, current) == (name, expected, ["en"])
        for language, link in links.items():
            there = client.get(link)
            assert (link, there.status_code) == (link, response.status_code)
            assert f'<html lang="{language}">' in there.content.decode()


def test_a_form_that_was_refused_leads_to_itself_in_every_language(addresses, client):
    address = addresses["join_as"]
    response = client.post(address, {"legal_name": "Stone"})
    links, current = entries_of(response.content.decode())
    assert response.status_code == 422
    assert (links["pl"], current) == ("/pl/apply/partner/", ["en"])


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?country=SI&q=b%26b&theme=&page=2&utm=x", "?q=b%26b&country=SI"),
        ("?page=2", ""),
        ("", ""),
    ],
)
def test_a_list_takes_along_what_it_was_narrowed_to(kept_home, site, client, query, kept):
    english = kept_home().get_children().first().specific
    slovenian = factories.translated(english, "sl", "Partnerji", slug="partnerji")
    links, _current = entries_of(client.get(english.url + query).content.decode())
    assert (links["en"], links["sl"]) == (english.url + kept, slovenian.url + kept)


@pytest.mark.parametrize(
    ("address", "status"), [("/sl/nothing/", 404), ("/sl/conference/0/register/", 404)]
)
def test_an_error_leads_to_the_home_pages(kept_home, site, client, address, status):
    response = client.get(address)
    links, current = entries_of(response.content.decode())
    assert response.status_code == status
    assert links == {html_lang(code): f"/{url_prefix(code)}/" for code in CODES}
    assert current == ["sl"]


def test_a_language_without_a_live_home_page_is_not_yet_available(kept_home, site, client):
    factories.home_of("hu").unpublish()
    html = client.get("/en/search/").content.decode()
    links, _current = entries_of(html)
    assert set(links) == {html_lang(code) for code in CODES if code != "hu"}
    assert html.count("not yet available") == 1
