"""While a change waits, whatever the public can ask for answers with the same bytes as before."""

import re

import pytest
from django.core.cache import cache
from django.utils import translation
from wagtail.models import TaskState

from ecca_site.access.site_setup import setup_site
from tests import factories

STARTS = ("/en/", "/sl/", "/robots.txt", "/en/news.rss", "/en/news.atom")
STARTS += ("/sitemap.xml", "/sitemap-en-1.xml", "/sitemap-sl-1.xml")
SEARCHES = ("Cluster", "Brick", "Bridge", "Conference", "Kamen", "nothing")
LINK = re.compile(
    rb'(?:href|src|action)="(?:http://(?:localhost|127\.0\.0\.1(?::8000)?|testserver))?(/[^"#]*)'
)
PRIVATE = ("/cms/", "/static/", "/media/")


def visit_everything(client):
    """Return every public answer, found by following the links of the site, and the search for some
    words.
    """
    cache.clear()
    waiting = [
        *STARTS,
        *(f"/{language}/search/?q={word}" for word in SEARCHES for language in ("en", "sl")),
    ]
    waiting += [
        "/api/v2/pages/",
        "/api/v2/pages/?type=partners.PartnerPage",
    ]  # where there is a public API
    found = {}
    while waiting:
        path = waiting.pop()
        if path in found or path.startswith(PRIVATE):
            continue
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[path] = (response.status_code, response.get("Location"), without_stamps(body))
        waiting += [match.decode().replace("&amp;", "&") for match in LINK.findall(body)]
    return found


def without_stamps(body):
    """Leave out what differs from answer to answer by its purpose.

    Tokens of forms and the moment a feed was made.
    """
    body = re.sub(rb'name="(?:csrfmiddlewaretoken|stamp|token)" value="[^"]*"', b"", body)
    return re.sub(rb"DTSTAMP:\S+", b"", body)


@pytest.fixture
def everything(site, django_capture_on_commit_callbacks):
    """A page of each kind, with a Slovenian profile; their search entries are made on commit."""
    with django_capture_on_commit_callbacks(execute=True), translation.override("en"):
        factories.home_of("sl")
        partners = factories.add_partner_index(site)
        factories.translated(partners, "sl", "Partnerji")
        profile = factories.add_partner(partners, title="Cluster", offers="Bricks")
        news = factories.add_news_index(site)
        item = factories.add_news(news, title="Bridge opened")
        factories.translated(news, "sl", "Novice")
        factories.translated(item, "sl", "Most")  # an empty feed says when it was asked for
        pages = {
            "profile": profile,
            "translation": factories.translated(profile, "sl", "Kamen"),
            "news": item,
            "conference": factories.add_conference(
                factories.add_conference_index(site), title="Conference"
            ),
            "content": factories.add_content(site, title="About"),
            "home": site,
        }
        setup_site()
    return pages


CHANGES = {
    "profile": {"title": "Other", "offers": "Timber", "country": "PL", "slug": "other"},
    "translation": {"title": "Drugo", "offers": "Les"},
    "news": {"title": "Bridge closed", "summary": "Otherwise.", "show_in_menus": True},
    "conference": {"title": "Cancelled", "city": "Celje"},
    "content": {"title": "About us", "show_in_menus": True},
    "home": {
        "title": "Other home",
        "long_title": "Other",
        "funding_statement": "Other",
        "footer_text": "Other",
    },
}


@pytest.mark.parametrize("kind", CHANGES)
@pytest.mark.whole
def test_nothing_public_changes_before_the_approval(
    everything, client, admin_user, submit, editor, kind, django_capture_on_commit_callbacks
):
    page = everything[kind]
    before = visit_everything(client)
    assert len([path for path, answer in before.items() if answer[0] == 200]) > 20
    with django_capture_on_commit_callbacks(execute=True):
        state = submit(page, editor, **CHANGES[kind])
    assert state.status == TaskState.STATUS_IN_PROGRESS
    assert visit_everything(client) == before
    with django_capture_on_commit_callbacks(execute=True):
        state.task.specific.on_action(state, admin_user, "approve")
    assert visit_everything(client) != before
