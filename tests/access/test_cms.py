"""What each role finds in the CMS."""

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.admin.menu import admin_menu, help_menu, reports_menu, settings_menu

from ecca_site.access import areas, gate, roles
from ecca_site.access.site_setup import setup_site
from ecca_site.guide.guides import GUIDES, guides_for
from ecca_site.uploads.models import CustomDocument, CustomImage
from tests import factories

ALL = {role.name: role for role in roles.ROLES}


@pytest.fixture
def person(site):
    reverse(
        "guide"
    )  # whoever asks for an address of the CMS makes it register its viewsets, menus included
    factories.home_of("sl")
    factories.add_conference_index(site)
    factories.add_partner(
        factories.add_partner_index(site), title="sl"
    )  # the organisation of this name has a group
    setup_site()

    def make(group_name):
        user = get_user_model().objects.create_user(group_name, "x@example.org", "x")
        user.groups.add(Group.objects.get(name=group_name))
        return user

    return make


WRITERS = {
    *("explorer", "images", "documents", "speakers"),
    *("registrations", "glossary", "reports", "translations", "help"),
}


def names(menu, rf, user):
    request = rf.get(
        reverse("wagtailadmin_home")
    )  # loading the addresses registers what has a menu item
    request.user, request.session = user, {}
    return {item.name for item in menu.menu_items_for_request(request)}


@pytest.mark.parametrize(
    ("group", "wanted"),
    [
        (
            roles.EDITOR.name,
            WRITERS,
        ),
        (
            roles.CONFERENCE_MANAGER.name,
            WRITERS,
        ),
        (roles.PARTNER_MODERATOR.name, {"moderation", "reports", "help"}),
        (
            roles.REVIEWER.group_name("sl"),
            {"moderation", "glossary", "reports", "translations", "help"},
        ),
        (roles.TRANSLATOR.group_name("sl"), {"explorer", "glossary", "translations", "help"}),
        (
            roles.PARTNER_ORGANISATION.group_name("sl"),
            {"own-profiles", "images", "documents", "help", "colleagues"},
        ),
    ],
)
def test_the_menu_shows_what_the_role_needs(person, rf, group, wanted):
    assert names(admin_menu, rf, person(group)) == wanted


def test_help_is_about_this_site(person, rf):
    user = person(roles.EDITOR.name)
    assert names(help_menu, rf, user) == {"guide", "keyboard-shortcuts-trigger"}
    assert "workflow-tasks" not in names(reports_menu, rf, user)


@pytest.mark.parametrize("menu", [admin_menu, reports_menu, settings_menu])
def test_no_menu_leads_to_what_the_gate_refuses(person, rf, menu):
    request = rf.get(reverse("wagtailadmin_home"))
    request.session, wrong = {}, []
    for role in roles.ROLES:
        request.user = person(role.group_name("sl"))
        for item in menu.menu_items_for_request(request):
            if not gate.leads_somewhere(getattr(item, "url", None), request.user):
                wrong.append((role.name, item.name))
    assert wrong == []


def test_every_role_has_a_guide(person, client):
    assert {guide.role.name for guide in GUIDES} == ALL.keys()
    for role in roles.ROLES:
        user = person(role.group_name("sl"))
        assert [guide.role for guide in guides_for(user)] == [role]
        client.force_login(user)
        html = client.get("/cms/guide/").content.decode()
        assert str(guides_for(user)[0].title) in html
        user.delete()


def test_the_guide_is_for_people_of_the_cms(client, site):
    assert client.get("/cms/guide/").status_code == 302


def test_the_cms_carries_the_name_of_the_alliance(client, site):
    html = client.get("/cms/login/").content.decode()
    assert "Sign in to the website of ECCA" in html
    assert "Sign in to Wagtail" not in html


def test_what_is_done_to_many_at_once_is_sorted_by_models_that_exist():
    """A model that moves to another app would close its bulk actions to everybody."""
    for app_label, model_name in areas.BULK_AREAS:
        assert apps.get_model(app_label, model_name)
    files = {
        (model._meta.app_label, model._meta.model_name) for model in (CustomImage, CustomDocument)
    }
    assert files == {kind for kind, area in areas.BULK_AREAS.items() if area == areas.FILES}


def test_an_editor_deletes_several_pictures_at_once(person, client):
    client.force_login(person(roles.EDITOR.name))
    picture = factories.make_image()
    address = reverse("wagtail_bulk_action", args=("uploads", "customimage", "delete"))
    response = client.get(f"{address}?id={picture.pk}")
    assert response.status_code == 200
    assert [row["item"] for row in response.context["items"]] == [picture]


def test_a_search_for_pages_says_what_it_counts(site, client, admin_user):
    client.force_login(admin_user)
    address = reverse("wagtailadmin_pages:search")

    def head():
        found = client.get(address, {"q": "bricks"})
        cells = BeautifulSoup(found.content, "html.parser").select("table.listing th")
        return " ".join(cells[1].get_text().split())

    index = factories.add_news_index(site)
    factories.add_news(index, title="Bricks")
    assert head() == "Title 1-1 of 1 page"
    factories.add_news(index, title="Bricks again")
    assert head() == "Title 1-2 of 2 pages"
