"""Letting ``access.roles`` say something else, and what groups hold then."""

from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site

TREASURER = roles.Role(
    "treasurer", "Treasurers", pages={roles.NEWS: ("change",)}, files=("choose",), models=roles.CMS
)


def say(monkeypatch, *said, workflows=None):
    """Let ``access.roles`` say something else, and apply it."""
    monkeypatch.setattr(roles, "ROLES", tuple(said))
    if workflows is not None:
        monkeypatch.setattr(roles, "WORKFLOWS", tuple(workflows))
    setup_site()


def page_permissions(group_name):
    held = GroupPagePermission.objects.filter(group__name=group_name)
    return sorted(held.values_list("page__slug", "permission__codename"))


def file_permissions(group_name):
    held = GroupCollectionPermission.objects.filter(group__name=group_name)
    return sorted(held.values_list("permission__codename", flat=True))


def model_permissions(group_name):
    return sorted(Group.objects.get(name=group_name).permissions.values_list("codename", flat=True))
