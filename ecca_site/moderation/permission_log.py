"""The log of permissions: changed groups, permissions and powers of people, for the audit."""

from typing import TypeAlias
from weakref import WeakSet

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models import Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.forms import Media
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from ecca_site.users.models import User, power_changed

ACTION = "moderation.permissions"
SIGNS = {"post_add": "+", "post_remove": "−", "pre_clear": "− *"}

# What is being restored from a back-up. Django does not say so of the groups that follow it.
_restored: WeakSet[Model] = WeakSet()


def log_change(instance: Model, comment: str) -> None:
    """Log a change of permissions with what it is about."""
    log(instance=instance, action=ACTION, data={"comment": comment})


# --- Whose groups and permissions ----------------------------------------------------------------
def members_changed(
    instance: User | Group,
    action: str,
    pk_set: set[int] | None,
    model: type[Model],
    **kwargs: object,
) -> None:
    """Log that people came into a group or left it, or that somebody got or lost permissions.

    ``pk_set`` is None where everything is taken away at once.
    """
    sign = SIGNS.get(action)
    if sign is None or instance in _restored:
        return
    if pk_set is not None and not pk_set:
        return  # nothing has changed
    field = {Group: "name", Permission: "codename"}.get(model, "username")
    names = sorted(model.objects.filter(pk__in=pk_set or ()).values_list(field, flat=True))
    log_change(instance, f"{sign} {', '.join(names)}".strip())


def restored(instance: User | Group, raw: bool = False, **kwargs: object) -> None:
    """Remember what comes from a back-up: nobody has changed it, nor the groups it comes with."""
    if raw:
        _restored.add(instance)
    else:
        _restored.discard(instance)


def log_power(user: User, name: str, **kwargs: object) -> None:
    """Log a power that a person got or lost, also by being created with it."""
    sign = "+" if getattr(user, name) else "−"
    log_change(user, f"{sign} {name}")


# --- Permissions on pages and collections --------------------------------------------------------
Grant: TypeAlias = GroupPagePermission | GroupCollectionPermission


def subject(grant: Grant) -> Page | Collection:
    """Return what a group may do something with."""
    if isinstance(grant, GroupPagePermission):
        return grant.page.specific
    return grant.collection


def added(instance: Grant, created: bool, raw: bool = False, **kwargs: object) -> None:
    """Log that a group got a permission."""
    if created and not raw:
        log_change(subject(instance), f"+ {instance.group.name}: {instance.permission.codename}")


def removed(instance: Grant, origin: Model | QuerySet | None = None, **kwargs: object) -> None:
    """Log that a group lost a permission.

    One that goes with its page, group or collection is not logged: their end is.
    """
    if origin is None or origin is instance or getattr(origin, "model", None) is type(instance):
        log_change(subject(instance), f"− {instance.group.name}: {instance.permission.codename}")


class PermissionLogPanel:
    """A panel of the form for groups that shows nothing and logs what the form has added.

    Wagtail creates those permissions in bulk, of which no signal tells.
    """

    media = Media()

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
        instance: Group | None = None,
    ) -> None:
        self.group = instance
        self.before = self.held() if instance and instance.pk else set()

    def held(self) -> set[str]:
        """Return the permissions of the group on pages and collections, in words."""
        pages = GroupPagePermission.objects.filter(group=self.group)
        collections = GroupCollectionPermission.objects.filter(group=self.group)
        words = set()
        for each in pages.select_related("page", "permission"):
            words.add(f"{each.permission.codename}: {each.page.title}")
        for each in collections.select_related("collection", "permission"):
            words.add(f"{each.permission.codename}: {each.collection.name}")
        return words

    def is_valid(self) -> bool:
        return True

    def save(self) -> None:
        new = self.held() - self.before
        if new:
            log_change(self.group, f"+ {'; '.join(sorted(new))}")

    def as_admin_panel(self) -> str:
        return ""


def connect() -> None:
    user = get_user_model()
    for through in (user.groups.through, user.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(members_changed, sender=through)
    for model in (user, Group):
        post_save.connect(restored, sender=model)
    power_changed.connect(log_power, sender=user)
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(added, sender=model)
        post_delete.connect(removed, sender=model)
