"""The first start as ``deploy/README.md`` says.

The sections are made in the CMS, after ``setup_site``.
"""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from wagtail.models import GroupPagePermission, Locale, Page, Workflow, WorkflowPage

from ecca_site.access import roles
from ecca_site.access.models import SectionWorkflow
from ecca_site.access.site_setup import setup_site
from ecca_site.translation.submission.requests import request_translation
from home.models import HomePage
from partners.models import PartnerIndexPage, PartnerPage
from tests import factories

LISTS = {
    "news": ("news", "newsindexpage"),
    "partners": ("partners", "partnerindexpage"),
    "conferences": ("conferences", "conferenceindexpage"),
}
COMMENTS = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}


def what_is_given():
    """Return who may do what where, which workflow counts where, and what of it the set-up
    remembers as its own.
    """
    held = GroupPagePermission.objects.values_list("group__name", "page", "permission__codename")
    assigned = WorkflowPage.objects.values_list("page", "workflow__name")
    recorded = SectionWorkflow.objects.values_list("page", flat=True)
    return sorted(held), sorted(assigned), sorted(recorded)


def held_on(page):
    """Return which groups hold which actions on a page itself."""
    held = GroupPagePermission.objects.filter(page=page.pk)
    return sorted(held.values_list("group__name", "permission__codename"))


def make_in_cms(client, parent, kind, title):
    address = f"/cms/pages/add/{'/'.join(LISTS[kind])}/{parent.pk}/"
    data = {"title": title, "slug": kind, "action-publish": "1", **COMMENTS}
    assert client.post(address, data).status_code == 302
    return Page.objects.child_of(parent).get(slug=kind).specific


def make_sections():
    client, home = Client(), HomePage.objects.get()
    client.force_login(get_user_model().objects.create_superuser("first", "first@example.org"))
    return {kind: make_in_cms(client, home, kind, kind.title()) for kind in LISTS}


@pytest.fixture(scope="module")
def kept_sections(keep):
    return keep(make_sections)


@pytest.fixture
def sections(db, kept_sections):
    return kept_sections()


def test_sections_made_in_the_cms_have_what_sections_have_that_are_there_before(sections):
    made = what_is_given()
    setup_site()
    assert what_is_given() == made
    assert held_on(sections["conferences"]) == [
        (roles.CONFERENCE_MANAGER.name, "add_page"), (roles.CONFERENCE_MANAGER.name, "change_page"),
    ]  # fmt: skip
    names = {kind: page.get_workflow().name for kind, page in sections.items()}
    assert names == {
        "news": "Language review",
        "partners": "Partner moderation",
        "conferences": "Language review",
    }


def test_a_profile_made_below_the_new_list_is_moderated(sections, person, client):
    profile = PartnerPage(
        title="Stone",
        legal_name="Stone Ltd",
        country="SI",
        live=False,
        locale=sections["partners"].locale,
    )
    sections["partners"].add_child(instance=profile)
    profile.save_revision()
    client.force_login(person("ana", roles.PARTNER_ORGANISATION.group_name("Stone")))
    data = {
        "title": "Stone",
        "legal_name": "Stone Ltd",
        "country": "SI",
        "introduction": "null",
        **COMMENTS,
    }
    for action in ("action-publish", "action-submit"):
        client.post(f"/cms/pages/{profile.pk}/edit/", {**data, action: "1"})
        profile.refresh_from_db()
        assert not profile.live
    state = profile.current_workflow_state
    assert state.workflow.name == "Partner moderation"
    task = state.current_task_state.task.specific
    assert not task.is_reviewer(profile, person("english", roles.REVIEWER.group_name("sl")))
    assert task.is_reviewer(profile, person("moderator", roles.PARTNER_MODERATOR.name))


def test_the_conference_manager_may_add_to_the_new_list_and_nowhere_else(sections, person):
    user = person("mira", roles.CONFERENCE_MANAGER.name)
    may_add = {
        kind: page.permissions_for_user(user).can_add_subpage() for kind, page in sections.items()
    }
    assert may_add == {"news": False, "partners": False, "conferences": True}


# --- Whichever way a section comes about ---------------------------------------------------------
def test_a_new_language_gets_everything_with_its_home_page_and_its_lists(sections):
    locale = Locale.objects.get(language_code="sl")
    request_translation(sections["partners"], locale)
    request_translation(sections["conferences"], locale)
    home = HomePage.objects.get(locale=locale)
    assert held_on(home) == [
        (roles.EDITOR.name, "add_page"), (roles.EDITOR.name, "change_page"),
        (roles.TRANSLATOR.group_name("sl"), "change_page"),
    ]  # fmt: skip
    directory = PartnerIndexPage.objects.get(locale=locale)
    assert directory.get_workflow().name == "Partner moderation"
    made = what_is_given()
    setup_site()
    assert what_is_given() == made


def test_a_copied_section_and_what_is_copied_along_get_theirs(sections, site, admin_client):
    data = {
        "new_title": "Another ECCA", "new_slug": "another", "new_parent_page": site.get_parent().pk,
        "copy_subpages": "on",
    }  # fmt: skip
    assert admin_client.post(f"/cms/pages/{site.pk}/copy/", data).status_code == 302
    copy = HomePage.objects.get(slug="another")
    assert (roles.EDITOR.name, "add_page") in held_on(copy)
    assert copy.get_children().get(slug="partners").get_workflow().name == "Partner moderation"
    made = what_is_given()
    setup_site()
    assert what_is_given() == made


def test_an_alias_gets_its_own(sections, site):
    locale = Locale.objects.get(language_code="pl")
    site.copy_for_translation(locale, alias=True)
    alias = sections["partners"].copy_for_translation(locale, alias=True)
    assert alias.get_workflow().name == "Partner moderation"
    made = what_is_given()
    setup_site()
    assert what_is_given() == made


def test_a_moved_section_keeps_what_it_has(sections, site, admin_client):
    other = factories.add(site.get_parent(), HomePage, "Other", long_title="Other")
    made = what_is_given()
    admin_client.post(f"/cms/pages/{sections['partners'].pk}/move/{other.pk}/confirm/")
    assert Page.objects.get(pk=sections["partners"].pk).get_parent().pk == other.pk
    assert what_is_given() == made


def test_a_section_that_was_deleted_and_is_made_again_gets_its_own_anew(
    sections, site, admin_client
):
    admin_client.post(f"/cms/pages/{sections['partners'].pk}/delete/")
    again = make_in_cms(admin_client, site, "partners", "Partners")
    assert again.get_workflow().name == "Partner moderation"


# --- And nothing else ----------------------------------------------------------------------------
def test_what_people_set_themselves_on_other_sections_stays(sections):
    own = Workflow.objects.create(name="Press office")
    WorkflowPage.objects.filter(page=sections["partners"]).update(workflow=own)
    GroupPagePermission.objects.filter(page=sections["conferences"]).delete()
    group = Group.objects.get(name=roles.CONFERENCE_MANAGER.name)
    GroupPagePermission.objects.create(group=group, page=sections["news"], permission_type="change")
    before = held_on(sections["news"])
    factories.home_of("sl")
    factories.translated(sections["partners"], "sl")
    factories.translated(sections["conferences"], "sl")
    assert sections["partners"].get_workflow() == own
    assert held_on(sections["conferences"]) == []
    assert held_on(sections["news"]) == before


def test_saving_a_section_again_gives_back_nothing_that_people_took_away(sections):
    GroupPagePermission.objects.filter(page=sections["conferences"]).delete()
    WorkflowPage.objects.filter(page=sections["partners"]).delete()
    for page in sections.values():
        page.save()
        page.save_revision().publish()
    assert held_on(sections["conferences"]) == []
    assert not WorkflowPage.objects.filter(page=sections["partners"]).exists()


def test_a_section_that_is_not_saved_leaves_nothing(site):
    made = what_is_given()
    with transaction.atomic():
        factories.add(site, PartnerIndexPage, "Elsewhere")
        transaction.set_rollback(True)
    assert what_is_given() == made
