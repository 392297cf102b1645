"""``setup_site`` adds what is new and takes away what it gave and is no longer said.

It touches nothing that people made or gave.
"""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Workflow,
    WorkflowPage,
)

from ecca_site.access import roles
from ecca_site.access.groups import group_of, make_role_group
from ecca_site.access.models import Grant
from ecca_site.access.site_setup import setup_site
from ecca_site.moderation.models import language_groups
from ecca_site.uploads.models import CustomImage
from partners.models import PartnerTeam
from tests import factories

from .saying import TREASURER, file_permissions, model_permissions, page_permissions, say


# --- Adds what is new ----------------------------------------------------------------------------
def test_a_new_role_gets_its_group_with_all_its_permissions(news, monkeypatch):
    say(monkeypatch, *roles.ROLES, TREASURER)
    assert page_permissions("Treasurers") == [("news", "change_page")]
    assert model_permissions("Treasurers") == ["access_admin"]
    held = GroupCollectionPermission.objects.filter(group__name="Treasurers", collection__depth=1)
    assert sorted(held.values_list("permission__codename", flat=True)) == [
        "choose_document",
        "choose_image",
    ]


def test_a_new_permission_of_a_role_is_given(news, monkeypatch):
    more = replace(roles.EDITOR, models=(*roles.EDITOR.models, "users.change_user"))
    say(monkeypatch, *(more if role is roles.EDITOR else role for role in roles.ROLES))
    assert "change_user" in model_permissions(roles.EDITOR.name)


def test_a_new_language_gets_its_two_groups(site, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("sk", "Slovenčina")]
    setup_site()
    groups = [group_of(role, "sk").name for role in (roles.TRANSLATOR, roles.REVIEWER)]
    assert groups == ["Translators (sk)", "Language reviewers (sk)"]
    of_slovak = [
        find().filter(locale__language_code="sk").get().group.name
        for find in (language_groups.translators, language_groups.reviewers)
    ]
    assert of_slovak == groups


def test_a_new_section_gets_its_workflow_in_every_language(news, monkeypatch):
    factories.home_of("sl")
    factories.translated(news, "sl")
    review = roles.Review(
        "news",
        "News review",
        section=roles.NEWS,
        roles=(roles.EDITOR,),
        is_for_language_reviewers=False,
    )
    say(monkeypatch, *roles.ROLES, workflows=[*roles.WORKFLOWS, review])
    assigned = WorkflowPage.objects.filter(workflow__name="News review")
    assert sorted(assigned.values_list("page__locale__language_code", flat=True)) == ["en", "sl"]
    task = Workflow.objects.get(name="News review").tasks[0].specific
    assert [group.name for group in task.groups.all()] == [roles.EDITOR.name]
    assert task.is_for_language_reviewers is False


def test_a_new_profile_gets_group_and_collection_at_once(news):
    index = news.get_parent().get_children().get(slug="partners").specific
    profile = factories.add_partner(index, title="Stone")
    team = PartnerTeam.objects.get(translation_key=profile.translation_key)
    assert page_permissions(team.group.name) == [(profile.slug, "change_page")]


# --- Takes away what is no longer said -----------------------------------------------------------
def test_a_role_that_is_gone_leaves_nothing_behind(news, monkeypatch):
    said = roles.ROLES
    say(monkeypatch, *said, TREASURER)
    say(monkeypatch, *said)
    assert not Group.objects.filter(name="Treasurers").exists()


def test_people_of_a_role_that_is_gone_keep_their_group_without_any_right(
    news, monkeypatch, client
):
    said = roles.ROLES
    say(monkeypatch, *said, TREASURER)
    user = get_user_model().objects.create_user("treasurer", "t@example.org", "x")
    user.groups.add(Group.objects.get(name="Treasurers"))
    say(monkeypatch, *said)
    assert [group.name for group in user.groups.all()] == ["Treasurers"]
    assert (page_permissions("Treasurers"), model_permissions("Treasurers")) == ([], [])
    assert not GroupCollectionPermission.objects.filter(group__name="Treasurers").exists()
    client.force_login(user)
    assert client.get("/cms/").status_code == 302


def test_permissions_that_are_no_longer_said_are_taken_from_the_group_of_a_role(news, monkeypatch):
    less = replace(roles.EDITOR, pages={roles.HOMES: ("change",)}, files=(), models=roles.CMS)
    say(monkeypatch, *(less if role is roles.EDITOR else role for role in roles.ROLES))
    name = roles.EDITOR.name
    assert page_permissions(name) == [("home-ecca", "change_page")]
    assert model_permissions(name) == ["access_admin"]
    assert file_permissions(name) == []
    assert Grant.objects.filter(role_group__group__name=name).count() == 2


def test_a_language_that_is_gone_takes_its_groups_along(site, settings):
    before = settings.LANGUAGES
    settings.LANGUAGES = [*before, ("sk", "Slovenčina")]
    setup_site()
    settings.LANGUAGES = before
    setup_site()
    assert not Group.objects.filter(name__endswith="(sk)").exists()
    assert Locale.objects.filter(language_code="sk").exists()  # content may be in it


def test_a_section_that_is_gone_falls_back_to_the_review_of_all(news, monkeypatch):
    sections = news.get_parent().get_children()
    assert sections.get(slug="partners").get_workflow().name == "Partner moderation"
    say(monkeypatch, *roles.ROLES, workflows=roles.WORKFLOWS[:1])
    assert sections.get(slug="partners").get_workflow().name == "Language review"
    assert Workflow.objects.get(name="Partner moderation").active is False


def test_a_workflow_that_is_said_again_is_open_again(news, monkeypatch):
    said = roles.WORKFLOWS
    say(monkeypatch, *roles.ROLES, workflows=said[:1])
    say(monkeypatch, *roles.ROLES, workflows=said)
    assert Workflow.objects.get(name="Partner moderation").active is True
    assert (
        news.get_parent().get_children().get(slug="partners").get_workflow().name
        == "Partner moderation"
    )


def test_an_organisation_without_a_profile_finds_the_cms_closed(news, client):
    index = news.get_parent().get_children().get(slug="partners").specific
    profile = factories.add_partner(index, title="Stone")
    team = PartnerTeam.objects.get(translation_key=profile.translation_key)
    user = get_user_model().objects.create_user("stone", "s@example.org", "x")
    user.groups.add(team.group)
    client.force_login(user)
    assert client.get("/cms/").status_code == 200
    profile.delete()
    assert client.get("/cms/").status_code == 302
    assert model_permissions(team.group.name) == []
    assert not GroupCollectionPermission.objects.filter(group=team.group).exists()


@pytest.mark.parametrize("has_files", [False, True])
def test_an_organisation_that_nobody_is_of_leaves_nothing_but_its_files(news, has_files):
    index = news.get_parent().get_children().get(slug="partners").specific
    before = Group.objects.count(), Collection.objects.count()
    profile = factories.add_partner(index, title="Stone")
    team = PartnerTeam.objects.get(translation_key=profile.translation_key)
    if has_files:
        picture = factories.make_image()
        picture.collection = team.collection
        picture.save()
    profile.delete()
    assert not PartnerTeam.objects.exists()
    assert (Group.objects.count(), Collection.objects.count()) == (before[0], before[1] + has_files)
    assert CustomImage.objects.count() == has_files


def test_teams_that_earlier_versions_left_over_go_with_the_next_setup(site):
    root = Collection.get_first_root_node()
    role_group = make_role_group(roles.PARTNER_ORGANISATION, "Gone")
    PartnerTeam.objects.create(
        translation_key=uuid4(), role_group=role_group, collection=root.add_child(name="Gone")
    )
    setup_site()
    assert not PartnerTeam.objects.exists()
    assert not Group.objects.filter(pk=role_group.group_id).exists()


# --- Touches nothing that people made ------------------------------------------------------------
def test_groups_that_people_made_stay_as_they_are(news, site):
    group = Group.objects.create(name="Photographers")
    GroupPagePermission.objects.create(group=group, page=site, permission_type="publish")
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    setup_site()
    assert page_permissions("Photographers") == [("home-ecca", "publish_page")]
    assert model_permissions("Photographers") == ["delete_user"]


def test_a_group_that_people_named_like_a_stock_one_stays(site):
    assert not Group.objects.filter(name__in=roles.STOCK_GROUPS).exists()
    Group.objects.create(name="Editors")
    setup_site()
    assert Group.objects.filter(name="Editors").exists()


def test_memberships_stay(news):
    user = get_user_model().objects.create_user("editor", "e@example.org", "x")
    user.groups.add(Group.objects.get(name=roles.EDITOR.name))
    setup_site()
    assert [group.name for group in user.groups.all()] == [roles.EDITOR.name]
