"""The groups that stand for roles: finding, making and retiring them."""

from itertools import count

from django.contrib.auth.models import AbstractUser, Group
from django.db import IntegrityError, transaction
from wagtail.models import Collection, GroupSitePermission, Locale

from ecca_site.delivery.memory import asked_once, stays
from ecca_site.moderation.models import Languages

from . import roles
from .grants import Grants
from .models import RoleGroup

NAME_LENGTH = 150  # characters that the name of a group may have


def lock_setup() -> Collection:
    """Wait until nobody else makes groups or gives permissions, till the end of the transaction.

    The lock is the row of the root collection, which is returned.
    """
    locked = Collection.objects.select_for_update(no_key=True)
    return locked.filter(depth=1).order_by("path").first()


@stays
@asked_once
def role_groups_of(user: AbstractUser) -> list[RoleGroup]:
    """Return the groups of a user that stand for roles, with their languages."""
    rows = RoleGroup.objects.current().filter(group__user=user)
    return list(rows.select_related("locale"))


def roles_of(user: AbstractUser) -> list[roles.Role]:
    """Return the roles of a user's groups."""
    if not user.is_active:
        return []
    keys = {row.role for row in role_groups_of(user)}
    return [role for role in roles.ROLES if role.key in keys]


def languages_of(user: AbstractUser) -> Languages:
    """Return the languages into which a user translates, and those that the user reviews."""
    languages = Languages()
    for row in role_groups_of(user):
        if row.role == roles.TRANSLATOR.key:
            languages.translated[row.locale_id] = row.locale.language_code
        elif row.role == roles.REVIEWER.key:
            languages.reviewed[row.locale_id] = row.locale.language_code
    return languages


def group_of(role: roles.Role, language_code: str | None = None) -> Group:
    """Return the group that stands for a role, of a language where it has one for each.

    Raises:
        Group.DoesNotExist: there is none.
    """
    groups = Group.objects.filter(role_group__role=role.key)
    if role.is_per_language:
        groups = groups.filter(role_group__locale__language_code=language_code)
    return groups.get()


def make_role_group(
    role: roles.Role, of: str | None = None, locale: Locale | None = None
) -> RoleGroup:
    """Make a group for a role; where people have a group of its name, it gets a number."""
    group = _make_group(role.group_name(of))
    return RoleGroup.objects.create(group=group, role=role.key, locale=locale)


def _make_group(name: str) -> Group:
    suffix = ""
    for number in count(2):
        try:
            with transaction.atomic():
                return Group.objects.create(name=f"{name[: NAME_LENGTH - len(suffix)]}{suffix}")
        except IntegrityError:
            # Somebody has a group of this name.
            suffix = f" {number}"
    raise AssertionError("numbers have no end")


def retire(role_group: RoleGroup, grants: Grants) -> bool:
    """Take from a group what it was given, and remove it where nothing of people's is left in it.

    Return whether it is still there: its people keep it then, but it opens nothing.
    """
    group = role_group.group
    grants.give_exactly(role_group, set())
    if not _holds_something(group, grants):
        name = group.name
        group.delete()
        grants.note(f"Group removed: {name}")
        return False
    if not role_group.is_retired:
        role_group.is_retired = True
        role_group.save()
        grants.note(f"Group stands for nothing any more: {group}")
    return True


def _holds_something(group: Group, grants: Grants) -> bool:
    if grants.held[group.pk] or group.user_set.exists():
        return True
    return GroupSitePermission.objects.filter(group=group).exists()


def revive(role_group: RoleGroup, grants: Grants) -> None:
    """Let a group stand for its role again."""
    if role_group.is_retired:
        role_group.is_retired = False
        role_group.save()
        grants.note(f"Group stands for its role again: {role_group.group}")
