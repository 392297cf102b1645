"""The rights that groups hold, those of them that the set-up has given, and giving them.

Rights that people gave besides have no ``Grant`` and stay.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from .models import Grant, RoleGroup

# Wagtail checks collections against its own two models, whichever models a site uses.
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))

# A permission and the page or the collection that it is for, all by primary key.
Right = tuple[int, int | None, int | None]


class Grants:
    """The rights of all groups or of some, read once; a group that is not among them is a new one.

    ``changes`` gets a line for each permission that comes or goes.
    """

    def __init__(
        self, groups: Sequence[Group] | None = None, changes: list[str] | None = None
    ) -> None:
        self.changes = changes
        rows = Permission.objects.values_list("pk", "content_type__app_label", "codename")
        self.permissions = {f"{app}.{codename}": pk for pk, app, codename in rows}
        self.held: dict[int, set[Right]] = defaultdict(set)
        self.given: dict[int, dict[Right, int]] = defaultdict(dict)
        self._read({} if groups is None else {"group__in": groups})

    def _read(self, only: dict[str, Any]) -> None:
        on_models = Group.permissions.through.objects.filter(**only)
        for group, permission in on_models.values_list("group_id", "permission_id"):
            self.held[group].add((permission, None, None))
        on_pages = GroupPagePermission.objects.filter(**only)
        for group, permission, page in on_pages.values_list("group_id", "permission_id", "page_id"):
            self.held[group].add((permission, page, None))
        on_files = GroupCollectionPermission.objects.filter(**only)
        of_files = on_files.values_list("group_id", "permission_id", "collection_id")
        for group, permission, collection in of_files:
            self.held[group].add((permission, None, collection))
        given = Grant.objects.filter(**{f"role_group__{name}": each for name, each in only.items()})
        names = ("pk", "role_group_id", "permission_id", "page_id", "collection_id")
        for pk, role_group, permission, page, collection in given.values_list(*names):
            self.given[role_group][permission, page, collection] = pk

    # --- Rights ----------------------------------------------------------------------------------
    def _named(self, names: Sequence[str]) -> set[int]:
        """Return the keys of permissions by names such as "wagtailadmin.access_admin".

        Raises:
            LookupError: there is no such permission.
        """
        missing = set(names) - self.permissions.keys()
        if missing:
            raise LookupError(f"No such permission: {', '.join(sorted(missing))}")
        return {self.permissions[name] for name in names}

    def on_models(self, names: Sequence[str]) -> set[Right]:
        """Return the rights of permissions by their names."""
        return {(pk, None, None) for pk in self._named(names)}

    def on_pages(self, pairs: Iterable[tuple[Page, str]]) -> set[Right]:
        """Return the rights of pairs of page and action."""
        app = Page._meta.app_label
        return {(self.permissions[f"{app}.{action}_page"], page.pk, None) for page, action in pairs}

    def on_files(self, actions: Iterable[str], collection: Collection) -> set[Right]:
        """Return the rights of these actions on the pictures and documents of a collection."""
        names = []
        for action in actions:
            names += [f"{app}.{action}_{model}" for app, model in FILES]
        return {(pk, None, collection.pk) for pk in self._named(names)}

    # --- Giving and taking -----------------------------------------------------------------------
    def give_exactly(self, role_group: RoleGroup, rights: set[Right]) -> None:
        """Give a group these rights, and take what it was given before and is not among them."""
        self.give(role_group, rights)
        self._take(role_group, self.given[role_group.pk].keys() - rights)

    def give(self, role_group: RoleGroup, rights: set[Right]) -> None:
        """Give a group these rights, and leave it what it has."""
        missing = _in_order(rights - self.held[role_group.group_id])
        if not missing:
            return
        group = role_group.group
        files = []
        for permission, page, collection in missing:
            held = {"group": group, "permission_id": permission}
            if page:
                GroupPagePermission.objects.create(**held, page_id=page)
            elif collection:
                files.append(GroupCollectionPermission(**held, collection_id=collection))
        group.permissions.add(*_models_of(missing))
        GroupCollectionPermission.objects.bulk_create(files)
        self._record(role_group, missing)
        self.held[group.pk].update(missing)
        self._note_all("Permission added to", group, missing)

    def _record(self, role_group: RoleGroup, rights: list[Right]) -> None:
        """Remember that these were given; those that people had taken away are remembered."""
        known = self.given[role_group.pk]
        new = []
        for right in rights:
            if right not in known:
                permission, page, collection = right
                grant = Grant(role_group=role_group, permission_id=permission)
                grant.page_id = page
                grant.collection_id = collection
                new.append(grant)
        for grant in Grant.objects.bulk_create(new):
            known[grant.permission_id, grant.page_id, grant.collection_id] = grant.pk

    def _take(self, role_group: RoleGroup, rights: set[Right]) -> None:
        if not rights:
            return
        group = role_group.group
        known = self.given[role_group.pk]
        present = _in_order(rights & self.held[group.pk])
        for permission, page, collection in present:
            held = {"group": group, "permission_id": permission}
            if page:
                GroupPagePermission.objects.filter(**held, page_id=page).delete()
            elif collection:
                GroupCollectionPermission.objects.filter(**held, collection_id=collection).delete()
        group.permissions.remove(*_models_of(present))
        Grant.objects.filter(pk__in=[known.pop(right) for right in rights]).delete()
        self.held[group.pk].difference_update(rights)
        self._note_all("Permission taken from", group, present)

    def forget_pages(self, role_group: RoleGroup) -> None:
        """Forget what a group was given on pages that are being deleted: it goes with them."""
        Grant.objects.filter(role_group=role_group).exclude(page=None).delete()
        on_pages = [right for right in self.given[role_group.pk] if right[1]]
        for right in on_pages:
            del self.given[role_group.pk][right]
        self.held[role_group.group_id].difference_update(on_pages)

    # --- Saying so -------------------------------------------------------------------------------
    def note(self, change: str) -> None:
        """Add a line to the changes, where somebody asked for them."""
        if self.changes is not None:
            self.changes.append(change)

    def _note_all(self, what: str, group: Group, rights: list[Right]) -> None:
        if self.changes is not None:
            self.changes += [f"{what} {group}: {self._words(right)}" for right in rights]

    def _words(self, right: Right) -> str:
        permission, page, collection = right
        names = {pk: name for name, pk in self.permissions.items()}
        if page:
            return f"{names[permission]} at {Page.objects.get(pk=page).url_path}"
        if collection:
            return f"{names[permission]} in “{Collection.objects.get(pk=collection)}”"
        return names[permission]


def _in_order(rights: set[Right]) -> list[Right]:
    return sorted(rights, key=lambda right: [part or 0 for part in right])


def _models_of(rights: Iterable[Right]) -> list[int]:
    return [permission for permission, page, collection in rights if not page and not collection]
