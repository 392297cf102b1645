"""Pictures and documents that pages show are part of what was approved: nobody takes or exchanges them unreviewed."""

from django.utils.translation import gettext_lazy as _
from wagtail import documents, images
from wagtail.models import ReferenceIndex
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy, but "change" deletes only what no page uses. What is in use takes the permission "delete"."""

    def user_has_any_permission_for_instance(self, user, actions, instance):
        if set(actions) == {"delete"} and not self.may_take_away(user, instance):
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)

    def may_take_away(self, user, file):
        return self._check_perm(user, ["delete"], collection=file.collection) or not is_in_use(file)


def is_in_use(file):
    return ReferenceIndex.get_references_to(file).exists()


class KeepsFileInUse:
    """For the forms of pictures and documents: the file that pages show is not exchanged behind their backs."""

    def __init__(self, *args, user=None, **kwargs):
        self.user = user
        super().__init__(*args, user=user, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and "file" in self.changed_data and self.user:
            policy = policy_registry.get(self.instance)
            if not policy.may_take_away(self.user, self.instance):
                self.add_error("file", _("Pages use this file. Upload the new one beside it and choose it there."))
        return cleaned


def register_policies():
    for stock in (images.get_permission_policy(), documents.get_permission_policy()):
        policy = FilePolicy(stock.model, stock.auth_model, owner_field_name=stock.owner_field_name)
        # For exactly these models: that comes before what Wagtail's own apps register later.
        register_permission_policy(stock.model, policy, exact_class=True)
