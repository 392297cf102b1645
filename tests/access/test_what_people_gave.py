"""``setup_site`` takes from a group what it gave, never what people gave besides."""

from dataclasses import replace

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from ecca_site.access import roles
from ecca_site.access.groups import group_of
from ecca_site.access.models import RoleGroup
from ecca_site.access.site_setup import setup_site

from .saying import TREASURER, file_permissions, model_permissions, page_permissions, say


def give_more(group, page):
    GroupPagePermission.objects.create(group=group, page=page, permission_type="lock")
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    GroupCollectionPermission.objects.create(
        group=group,
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(codename="delete_image"),
    )


def test_what_people_gave_to_the_group_of_a_role_stays(news, site):
    group = group_of(roles.EDITOR)
    give_more(group, site)
    setup_site()
    assert ("home-ecca", "lock_page") in page_permissions(group.name)
    assert "delete_user" in model_permissions(group.name)
    assert "delete_image" in file_permissions(group.name)


def test_it_stays_when_the_role_had_it_for_a_while(news, site, monkeypatch):
    group = group_of(roles.EDITOR)
    give_more(group, site)
    more = replace(
        roles.EDITOR,
        pages={roles.HOMES: ("add", "change", "lock")},
        files=(*roles.LIBRARY, "delete"),
        models=(*roles.EDITOR.models, "users.delete_user", "users.change_user"),
    )
    said = roles.ROLES
    say(monkeypatch, *(more if role is roles.EDITOR else role for role in said))
    say(monkeypatch, *said)
    assert ("home-ecca", "lock_page") in page_permissions(group.name)
    assert "delete_user" in model_permissions(group.name)
    assert "change_user" not in model_permissions(group.name)
    assert file_permissions(group.name).count("delete_document") == 0
    assert "delete_image" in file_permissions(group.name)


def test_what_people_took_from_the_group_of_a_role_is_given_again_and_taken_once(news, monkeypatch):
    group = group_of(roles.EDITOR)
    GroupPagePermission.objects.filter(group=group).delete()
    group.permissions.clear()
    setup_site()
    assert page_permissions(group.name) == [("home-ecca", "add_page"), ("home-ecca", "change_page")]
    less = replace(roles.EDITOR, pages={}, models=roles.CMS)
    say(monkeypatch, *(less if role is roles.EDITOR else role for role in roles.ROLES))
    assert page_permissions(group.name) == []
    assert model_permissions(group.name) == ["access_admin"]


def test_a_group_of_a_role_that_is_gone_stays_while_it_holds_what_people_gave(news, monkeypatch):
    said = roles.ROLES
    say(monkeypatch, *said, TREASURER)
    Group.objects.get(name="Treasurers").permissions.add(
        Permission.objects.get(codename="delete_user")
    )
    say(monkeypatch, *said)
    assert model_permissions("Treasurers") == ["delete_user"]
    assert RoleGroup.objects.get(role="treasurer").is_retired is True


def test_people_of_a_role_that_is_said_again_have_it_again(news, monkeypatch):
    said = roles.ROLES
    say(monkeypatch, *said, TREASURER)
    user = get_user_model().objects.create_user("treasurer", "t@example.org", "x")
    user.groups.add(Group.objects.get(name="Treasurers"))
    Group.objects.filter(name="Treasurers").update(name="Cashiers")
    say(monkeypatch, *said)
    say(monkeypatch, *said, TREASURER)
    assert [group.name for group in user.groups.all()] == ["Cashiers"]
    assert page_permissions("Cashiers") == [("news", "change_page")]
    assert not Group.objects.filter(name="Treasurers").exists()
