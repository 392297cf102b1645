"""The address of a translation follows its title when it is first published, and then stays."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.i18n.languages import url_prefix
from home.models import ContentPage
from tests import factories
from tests.races import MARKS, at_once


def draft(page, language_code, title):
    """Return a translation of a page as a draft, with a version of this title."""
    factories.home_of(language_code)
    copy = page.copy_for_translation(Locale.objects.get(language_code=language_code))
    copy.title = title
    copy.save_revision()
    return copy.get_latest_revision_as_object()


def publish(page):
    page.get_latest_revision().publish()
    page.refresh_from_db()
    return page


@pytest.mark.parametrize(
    ("language_code", "title", "slug"),
    [
        ("sl", "Čas za šolo in življenje", "cas-za-solo-in-zivljenje"),
        ("pl", "Łódź: żółta gęś", "lodz-zolta-ges"),
        ("hu", "Építőipar és hulladék: űrlap", "epitoipar-es-hulladek-urlap"),
        ("es", "¿Qué año? ¡El niño!", "que-ano-el-nino"),
        ("pt", "Construção à mão", "construcao-a-mao"),
        ("sr-latn", "Građevinarstvo: Đorđe", "gradjevinarstvo-djordje"),
        ("sl", "–", "about"),
        ("sl", "a" * 200, "a" * 80),
    ],
)
def test_a_slug_follows_the_title_at_the_first_publication(site, language_code, title, slug):
    page = publish(draft(factories.add_content(site, slug="about"), language_code, title))
    assert page.slug == slug
    assert page.live_revision.content["slug"] == slug
    assert page.get_url() == f"/{url_prefix(language_code)}/{slug}/"


def test_a_title_that_changes_before_the_publication_is_followed(site):
    page = draft(factories.add_content(site, slug="about"), "sl", "Prvi naslov")
    page.title = "Drugi naslov"
    page.save_revision()
    page.title = "Tretji naslov"
    page.save_revision()
    assert publish(page).slug == "tretji-naslov"


def test_a_slug_stays_when_the_title_changes_or_an_older_version_comes_back(site):
    page = draft(factories.add_content(site, slug="about"), "sl", "Prvi naslov")
    first = page.get_latest_revision()
    page.title = "Drugi naslov"
    page.save_revision()
    assert publish(page).slug == "drugi-naslov"
    page.title = "Čisto drugače"
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.slug == "drugi-naslov"
    first.refresh_from_db()
    first.publish()
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Prvi naslov", "drugi-naslov")


def test_a_page_that_was_offline_keeps_its_slug(site):
    page = publish(draft(factories.add_content(site, slug="about"), "sl", "Naslov"))
    page.unpublish()
    page.title = "Nov naslov"
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.slug == "naslov"


def test_the_reviewers_approval_gives_the_slug(site):
    setup_site()
    page = draft(factories.add_content(site, slug="about"), "sl", "O nas")
    setup_site()
    translator, reviewer = (
        get_user_model().objects.create_user(name, f"{name}@example.org", "x")
        for name in ("translator", "reviewer")
    )
    reviewer.groups.add(Group.objects.get(name=roles.REVIEWER.group_name("sl")))
    page.save_revision(user=translator)
    page.get_workflow().start(page, translator)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, reviewer, "approve")
    page.refresh_from_db()
    assert (page.live, page.slug) == (True, "o-nas")


def test_a_page_with_a_date_has_its_slug_when_the_date_comes(site):
    page = draft(factories.add_content(site, slug="about"), "sl", "Prvi naslov")
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    page.save_revision().publish()
    page.refresh_from_db()
    assert (page.live, page.slug) == (False, "prvi-naslov")
    revision = page.get_latest_revision()
    revision.content["go_live_at"] = None
    revision.save()
    assert (publish(page).live, page.slug) == (True, "prvi-naslov")


def test_what_is_no_translation_keeps_the_slug_it_was_given(site):
    slovenian = factories.home_of("sl")
    own = factories.add_content(slovenian, title="Čisto naše", slug="posebno")
    english = factories.add_content(site, title="About us", slug="special")
    assert (own.slug, english.slug, slovenian.slug) == ("posebno", "special", "home-ecca-sl")


def test_two_translations_of_one_title_get_two_addresses(site, client):
    pages = [publish(draft(factories.add_content(site), "sl", "Novica")) for _number in range(3)]
    assert [page.slug for page in pages] == ["novica", "novica-1", "novica-2"]
    assert {client.get(page.get_url()).status_code for page in pages} == {200}


@pytest.mark.parametrize("language_code", ["en", "sl", "pl", "es", "pt", "hu", "sr-latn"])
def test_a_changed_slug_redirects_with_all_below_it(
    site, client, language_code, django_capture_on_commit_callbacks
):
    factories.home_of(language_code)
    parent = factories.add_content(site, title="About", slug="about")
    child = factories.add_content(parent, title="Team", slug="team")
    if language_code != "en":
        parent = factories.translated(parent, language_code, title="Predstavitev")
        child = factories.translated(child, language_code, title="Ekipa")
    old, old_child = parent.get_url(), child.get_url()
    assert client.get(old_child).status_code == 200
    parent.slug = "new"
    with django_capture_on_commit_callbacks(execute=True):
        parent.save_revision().publish()
    prefix = url_prefix(language_code)
    for before, after in ((old, f"/{prefix}/new/"), (old_child, f"/{prefix}/new/{child.slug}/")):
        response = client.get(before)
        assert (response.status_code, response.url) == (301, after)
        assert client.get(after).status_code == 200


def test_the_address_of_the_draft_leads_to_the_translation(
    site, client, django_capture_on_commit_callbacks
):
    """Under the source's slug visitors may have read the source in this language's place."""
    page = draft(factories.add_content(site, slug="about"), "sl", "O nas")
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)
    assert Redirect.objects.get().old_path == "/sl/about"
    assert client.get("/sl/about/").url == "/sl/o-nas/"


# --- At the same moment --------------------------------------------------------------------------
class TestRaces:
    pytestmark = MARKS

    def test_two_publications_of_one_title_get_two_slugs(self, site):
        for number in range(10):
            drafts = [
                draft(factories.add_content(site), "sl", f"Novica {number}") for _number in range(2)
            ]
            at_once(*(lambda page=page: page.get_latest_revision().publish() for page in drafts))
            slugs = {ContentPage.objects.get(pk=page.pk).slug for page in drafts}
            assert slugs == {f"novica-{number}", f"novica-{number}-1"}

    def test_two_new_pages_of_one_slug_are_one_page_and_one_error_in_the_form(self, site):
        get_user_model().objects.create_superuser("head", "head@example.org", "x")
        for number in range(10):
            parent = factories.add_content(site, title=f"Parent {number}", slug=f"parent-{number}")
            address = reverse("wagtailadmin_pages:add", args=["home", "contentpage", parent.pk])

            def add(address=address):
                client = Client()
                client.force_login(get_user_model().objects.get(username="head"))
                return client.post(address, {
                    "title": "Same", "slug": "same", "introduction": "", "lead_image_alt": "",
                    "body-count": "0",
                    "seo_title": "", "search_description": "", "sample_note": "",
                    "comments-TOTAL_FORMS": "0",
                    "comments-INITIAL_FORMS": "0",
                })  # fmt: skip

            responses = at_once(add, add)
            assert sorted(response.status_code for response in responses) == [200, 302], responses
            refused = next(response for response in responses if response.status_code == 200)
            assert "already in use" in refused.content.decode()
            assert list(Page.objects.child_of(parent).values_list("slug", flat=True)) == ["same"]
