"""What groups hold, and giving them exactly what they should. Read once for all groups: there are two dozen."""

from collections import defaultdict

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission, Page

# Wagtail checks collections against its own two models, whichever models a site uses.
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))


class Grants:
    def __init__(self):
        self.permissions = {
            f"{app}.{codename}": pk
            for pk, app, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
        }
        self.models = _by_group(Group.permissions.through.objects.values_list("group_id", "permission_id"))
        self.pages = _by_group(GroupPagePermission.objects.values_list("group_id", "page_id", "permission_id"))
        self.files = _by_group(
            GroupCollectionPermission.objects.values_list("group_id", "collection_id", "permission_id")
        )

    def named(self, names):
        """Return the keys of permissions by names such as "wagtailadmin.access_admin".

        Raises:
            LookupError: there is no such permission.
        """
        if missing := set(names) - self.permissions.keys():
            raise LookupError(f"No such permission: {', '.join(sorted(missing))}")
        return {self.permissions[name] for name in names}

    def set_models(self, group, names):
        wanted = self.named(names)
        if wanted != {pk for (pk,) in self.models[group.pk]}:
            group.permissions.set(wanted)

    def set_pages(self, group, pairs):
        """Give a group the actions of pairs of page and action."""
        app = Page._meta.app_label
        wanted = {(page.pk, self.permissions[f"{app}.{action}_page"]) for page, action in pairs}
        present = self.pages[group.pk]
        for page_id, permission_id in present - wanted:
            GroupPagePermission.objects.filter(group=group, page_id=page_id, permission_id=permission_id).delete()
        for page_id, permission_id in wanted - present:
            GroupPagePermission.objects.create(group=group, page_id=page_id, permission_id=permission_id)

    def set_files(self, group, actions, collection):
        """Give a group these actions on the pictures and documents of one collection."""
        names = [f"{app}.{action}_{model}" for app, model in FILES for action in actions]
        wanted = {(collection.pk, permission) for permission in self.named(names)}
        present = self.files[group.pk]
        for collection_id, permission_id in present - wanted:
            GroupCollectionPermission.objects.filter(
                group=group, collection_id=collection_id, permission_id=permission_id
            ).delete()
        GroupCollectionPermission.objects.bulk_create(
            GroupCollectionPermission(group=group, collection_id=collection_id, permission_id=permission_id)
            for collection_id, permission_id in wanted - present
        )


def _by_group(rows):
    held = defaultdict(set)
    for group, *what in rows:
        held[group].add(tuple(what))
    return held


def take_everything_from(group):
    group.permissions.clear()
    for model in (GroupPagePermission, GroupCollectionPermission, GroupSitePermission):
        model.objects.filter(group=group).delete()
