"""Who has a tree of pages to walk about in."""

from wagtail.models import AbstractPage, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from . import gate

ANY = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}


class PagePolicy(PagePermissionPolicy):
    """Wagtail's policy, but the pages above one's own show to those alone whose role has the explorer.

    Wagtail lists them, with the titles of their drafts, to everybody who has a page below them.
    """

    def explorable_root_instance(self, user):
        if gate.is_open("wagtailadmin_explore", user):
            return super().explorable_root_instance(user)
        # The editor of translations asks Wagtail's own policy, which looks here first.
        setattr(user, self._explorable_root_instance_cache_name, None)
        return None

    def explorable_instances(self, user):
        if gate.is_open("wagtailadmin_explore", user):
            return super().explorable_instances(user)
        self.explorable_root_instance(user)
        return self.instances_user_has_any_permission_for(user, ANY)


def register():
    register_permission_policy(AbstractPage, PagePolicy(Page))
