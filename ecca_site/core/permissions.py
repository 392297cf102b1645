"""The permissions of a person on a page.

Publishing is left to the workflow, and only people who may add pages may take them away.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.db.models import F, Q
from wagtail import hooks
from wagtail.models import Page, PagePermissionTester
from wagtail.permissions import policy_registry

# The model permission for fields that a reviewer does not see on the page: slug, schedule, menus.
STEER_PAGES = "users.steer_pages"


class PagePermissions(PagePermissionTester):
    """Wagtail's rules, narrowed.

    "change" alone is for editing and submitting, not for copying, moving or deleting.
    """

    def may(self, permission: str) -> bool:
        return self.user.is_superuser or permission in self.permissions

    def may_add(self) -> bool:
        return self.may("add")

    def can_edit(self) -> bool:
        if not self.user.is_active or self.page_is_root:
            return False
        # Unlike in Wagtail, owners and reviewers have no rights of their own: a reviewer reads and
        # decides.
        return self.may("change")

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if not self.user.is_active or not self.may_add() or self.page.workflow_in_progress:
            return False
        if not self.may("publish") and self.page.live:
            return False
        if self.page.is_leaf() and self.may("change") and not self.page_is_root:
            # Nothing is below it: Wagtail would ask the database, for each row of a list.
            return True
        return super().can_delete(ignore_bulk)

    def can_copy(self) -> bool:
        return super().can_copy() and self.may_add()

    def can_unpublish(self) -> bool:
        # First what is known: Wagtail asks the database for the lock, for each row of a list.
        return self.user.is_active and self.may("publish") and super().can_unpublish()

    def can_publish(self) -> bool:
        # A page under review is published by its approval, also for people who could publish
        # without one.
        if not super().can_publish() or self.page.workflow_in_progress:
            return False
        return not any(hook(self.page) for hook in hooks.get_hooks("leave_publishing_to_workflow"))

    def can_submit_for_moderation(self) -> bool:
        return self.can_edit() and super().can_submit_for_moderation()

    def can_set_view_restrictions(self) -> bool:
        # No page of a public site is private.
        return False

    def can_lock(self) -> bool:
        return self.user.is_active and self.may("lock")

    def can_unlock(self) -> bool:
        if not self.user.is_active:
            return False
        return self.may("unlock") or self.user_has_lock()


def sees_all_below(user: AbstractUser, paths: Iterable[str]) -> bool:
    """Return whether a user may see, in the tree, every page at or below these paths."""
    if user.is_superuser:
        return True
    pages = policy_registry.get_by_type(Page).instances_with_direct_explore_permission(user)
    above = tuple({page.path for page in pages})
    return all(path.startswith(above) for path in paths)


def sees_every_page(user: AbstractUser) -> bool:
    """Return whether a user may see the pages of all languages."""
    return sees_all_below(user, Page.objects.filter(depth=2).values_list("path", flat=True))


def known_pages(user: AbstractUser) -> Q:
    """Return a filter for the pages whose title is no secret to a user.

    The title is public, or the user's tree shows it.
    """
    own = policy_registry.get_by_type(Page).explorable_instances(user)
    public = Page.objects.filter(live=True, draft_title=F("title"))
    # By keys: choosers filter by nothing but the fields of their index.
    return Q(pk__in=public.values("pk")) | Q(pk__in=own.values("pk"))
