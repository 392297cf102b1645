"""The tree of pages, which only some roles may walk about in."""

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from wagtail.models import AbstractPage, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from . import gate

ANY = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}


class PagePolicy(PagePermissionPolicy):
    """Wagtail's policy, but only roles with the explorer see the pages above their own.

    Wagtail lists those, with the titles of their drafts, to everybody who has a page below them.
    """

    def explorable_root_instance(self, user: AbstractUser) -> Page | None:
        if gate.is_open("wagtailadmin_explore", user):
            return super().explorable_root_instance(user)
        # The editor of translations asks Wagtail's own policy, which looks here first.
        setattr(user, self._explorable_root_instance_cache_name, None)
        return None

    def explorable_instances(self, user: AbstractUser) -> QuerySet[Page]:
        if gate.is_open("wagtailadmin_explore", user):
            return super().explorable_instances(user)
        self.explorable_root_instance(user)
        return self.instances_user_has_any_permission_for(user, ANY)


def register() -> None:
    register_permission_policy(AbstractPage, PagePolicy(Page))
