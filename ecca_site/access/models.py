"""The rows for everything that ``setup_site`` has made and given.

Groups, workflows and permissions are found by these rows, never by their names: renaming one
changes nothing. Whatever has no row here was made or given by people, and is theirs.
"""

from typing import Self

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.db.models import Q
from wagtail.models import Collection, Locale, Page, Workflow

from ecca_site.moderation.models import ReviewTask

from . import roles


class CurrentQuerySet(models.QuerySet):
    def current(self) -> Self:
        """Return the rows that ``access.roles`` and the settings still say."""
        return self.filter(is_retired=False)


class RoleGroupQuerySet(CurrentQuerySet):
    def of_role(self, role: roles.Role) -> Self:
        return self.current().filter(role=role.key)


class RoleGroup(models.Model):
    """A group that stands for a role, that of one language where the role has one for each.

    The group of an organisation has its ``PartnerTeam`` besides. A group without a row stands for
    nothing and opens nothing of the CMS; neither does one with ``is_retired``, whose role or
    language is no longer said. Its people find it again when that is said again.
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="role_group")
    role = models.CharField(max_length=40)  # the key of a Role
    locale = models.ForeignKey(Locale, null=True, on_delete=models.CASCADE, related_name="+")
    is_retired = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True
    objects = RoleGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role"],
                condition=Q(locale=None) & ~Q(role=roles.PARTNER_ORGANISATION.key),
                name="one_group_of_a_role",
            ),
            models.UniqueConstraint(
                fields=["role", "locale"], name="one_group_of_a_role_in_a_language"
            ),
        ]

    def __str__(self) -> str:
        return self.group.name


class Grant(models.Model):
    """A permission that the set-up has given to the group of a role.

    It is one on a page, on the files of a collection, or on a model.
    """

    role_group = models.ForeignKey(RoleGroup, on_delete=models.CASCADE, related_name="grants")
    permission = models.ForeignKey(Permission, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, null=True, on_delete=models.CASCADE, related_name="+")
    collection = models.ForeignKey(
        Collection, null=True, on_delete=models.CASCADE, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role_group", "permission"],
                condition=Q(page=None, collection=None),
                name="one_grant_on_a_model",
            ),
            models.UniqueConstraint(
                fields=["role_group", "permission", "page"], name="one_grant_on_a_page"
            ),
            models.UniqueConstraint(
                fields=["role_group", "permission", "collection"], name="one_grant_on_files"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_group_id}: {self.permission_id}"


class ReviewWorkflow(models.Model):
    """A workflow that stands for a review of ``access.roles``, with its one task.

    It remembers what the task was told last: where people have told it something else, theirs
    counts until ``access.roles`` says something new.
    """

    review = models.CharField(max_length=40, unique=True)  # the key of a Review
    workflow = models.OneToOneField(Workflow, on_delete=models.CASCADE, related_name="+")
    task = models.OneToOneField(ReviewTask, on_delete=models.CASCADE, related_name="+")
    role_groups = models.ManyToManyField(RoleGroup, related_name="+")
    is_for_language_reviewers = models.BooleanField()
    is_retired = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True
    objects = CurrentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.workflow.name


class SectionWorkflow(models.Model):
    """The workflow that the set-up has given to a section.

    People may have given it another since then.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    review_workflow = models.ForeignKey(
        ReviewWorkflow, on_delete=models.CASCADE, related_name="sections"
    )

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.page_id}: {self.review_workflow_id}"
