"""What a person may do with a page: publishing is left to the workflow, and only who may add may take away."""

from django.db.models import F, Q
from wagtail import hooks
from wagtail.models import Page, PagePermissionTester
from wagtail.permissions import policy_registry

# Model permission for what a reviewer does not see on the page: slug, schedule, menus.
STEER_PAGES = "users.steer_pages"


class PagePermissions(PagePermissionTester):
    """Wagtail's rules, narrowed: "change" alone is for editing and submitting, not for copying, moving or deleting."""

    def may_add(self):
        return self.user.is_superuser or "add" in self.permissions

    def can_edit(self):
        if not self.user.is_active or self.page_is_root:
            return False
        # Unlike in Wagtail, owners and reviewers have no rights of their own: a reviewer reads and decides.
        return self.user.is_superuser or "change" in self.permissions

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and self.may_add() and not self.page.workflow_in_progress

    def can_copy(self):
        return super().can_copy() and self.may_add()

    def can_publish(self):
        # What is under review is published by its approval, also for those who could publish without one.
        if not super().can_publish() or self.page.workflow_in_progress:
            return False
        return not any(hook(self.page) for hook in hooks.get_hooks("leave_publishing_to_workflow"))

    def can_submit_for_moderation(self):
        return self.can_edit() and super().can_submit_for_moderation()

    def can_set_view_restrictions(self):
        return False  # no page of a public site is private

    def can_lock(self):
        return self.user.is_active and (self.user.is_superuser or "lock" in self.permissions)

    def can_unlock(self):
        return self.user.is_active and (self.user.is_superuser or self.user_has_lock() or "unlock" in self.permissions)


def known_pages(user):
    """Return a filter for the pages whose title is no secret to a user: it is public, or the user's tree shows it."""
    own = policy_registry.get_by_type(Page).explorable_instances(user)
    public = Page.objects.filter(live=True, draft_title=F("title"))
    return Q(pk__in=public.values("pk")) | Q(pk__in=own.values("pk"))  # choosers filter by what is in their index alone
