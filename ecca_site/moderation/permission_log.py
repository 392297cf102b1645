"""Who may do what is part of the audit: changed groups, permissions and powers of people are logged."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.forms import Media
from wagtail.log_actions import log
from wagtail.models import GroupCollectionPermission, GroupPagePermission

ACTION = "moderation.permissions"
SIGNS = {"post_add": "+", "post_remove": "−", "pre_clear": "− *"}
POWERS = ("is_superuser", "is_active")


def log_change(instance, comment):
    log(instance=instance, action=ACTION, data={"comment": comment})


# --- Whose groups and permissions ------------------------------------------------------------------------------
def members_changed(instance, action, pk_set, model, **kwargs):
    """People came into a group or left it, or a person or group got or lost permissions; logged with the instance."""
    sign = SIGNS.get(action)
    if sign is None or (pk_set is not None and not pk_set) or getattr(instance, "_is_restored", False):
        return
    field = {Group: "name", Permission: "codename"}.get(model, "username")
    names = sorted(model.objects.filter(pk__in=pk_set or ()).values_list(field, flat=True))
    log_change(instance, f"{sign} {', '.join(names)}".strip())


def restored(instance, raw=False, **kwargs):
    """Remember what comes from a back-up, as the log itself does: nobody has changed it."""
    instance._is_restored = raw


def powers_before(instance, raw=False, **kwargs):
    stored = type(instance).objects.filter(pk=instance.pk).values(*POWERS).first() if instance.pk and not raw else None
    instance._powers = stored


def powers_after(instance, created, raw=False, **kwargs):
    before = getattr(instance, "_powers", None) or ({"is_superuser": False, "is_active": True} if created else None)
    if raw or before is None:
        return
    for name in POWERS:
        if getattr(instance, name) != before[name]:
            log_change(instance, f"{'+' if getattr(instance, name) else '−'} {name}")


# --- Permissions on pages and collections ------------------------------------------------------------------------
def subject(instance):
    return instance.page.specific if isinstance(instance, GroupPagePermission) else instance.collection


def added(instance, created, raw=False, **kwargs):
    if created and not raw:
        log_change(subject(instance), f"+ {instance.group.name}: {instance.permission.codename}")


def removed(instance, origin=None, **kwargs):
    """Not what goes with its page, group or collection: that is logged as such."""
    if origin is None or origin is instance or getattr(origin, "model", None) is type(instance):
        log_change(subject(instance), f"− {instance.group.name}: {instance.permission.codename}")


class PermissionLogPanel:
    """Logs what a form for groups has added: Wagtail creates those permissions in bulk, of which no signal tells."""

    media = Media()

    def __init__(self, data=None, files=None, instance=None):
        self.group = instance
        self.before = self.held() if instance and instance.pk else set()

    def held(self):
        pages = GroupPagePermission.objects.filter(group=self.group).select_related("page", "permission")
        collections = GroupCollectionPermission.objects.filter(group=self.group)
        return {f"{each.permission.codename}: {each.page.title}" for each in pages} | {
            f"{each.permission.codename}: {each.collection.name}"
            for each in collections.select_related("collection", "permission")
        }

    def is_valid(self):
        return True

    def save(self):
        if new := self.held() - self.before:
            log_change(self.group, f"+ {'; '.join(sorted(new))}")

    def as_admin_panel(self):
        return ""


def connect():
    user = get_user_model()
    for through in (user.groups.through, user.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(members_changed, sender=through)
    for model in (user, Group):
        post_save.connect(restored, sender=model)
    pre_save.connect(powers_before, sender=user)
    post_save.connect(powers_after, sender=user)
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(added, sender=model)
        post_delete.connect(removed, sender=model)
