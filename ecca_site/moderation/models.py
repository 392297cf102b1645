from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState


class LanguageTeam(models.Model):
    """The two groups that work in one language: who translates and who reviews."""

    locale = models.OneToOneField("wagtailcore.Locale", on_delete=models.CASCADE, related_name="team")
    translators = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    reviewers = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return str(self.locale)


class ReviewTask(AbstractGroupApprovalTask):
    """A review by the chosen groups and, where asked for, by the reviewers of the page's own language."""

    is_for_language_reviewers = models.BooleanField(
        _("reviewers of the language"),
        default=False,
        help_text=_("The reviewers of the language that the page is written in may decide, too."),
    )
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "is_for_language_reviewers"]

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    @classmethod
    def get_description(cls):
        return _("Decided by groups, or by the reviewers of the page's language")

    def is_reviewer(self, obj, user):
        if not user.is_active:
            return False
        if user.is_superuser or self._user_in_groups(user):
            return True
        return self.is_for_language_reviewers and obj.locale_id in reviewed_locale_ids(user)

    def user_can_access_editor(self, obj, user):
        return self.is_reviewer(obj, user)

    def locked_for_user(self, obj, user):
        return not self.is_reviewer(obj, user)

    def user_can_lock(self, obj, user):
        return False

    def get_actions(self, obj, user):
        if not self.is_reviewer(obj, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser or self._user_in_groups(user):
            return states
        if not self.is_for_language_reviewers:
            return states.none()
        return states.filter(revision__content__locale__in=reviewed_locale_ids(user))

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Decide once: of two reviewers acting at the same moment the second finds the review ended.

        Raises:
            PermissionDenied: the user is no reviewer of this page, the review has ended meanwhile, or the page was
                edited by somebody else after it was submitted, so that approving would publish what nobody read.
        """
        task_state = TaskState.objects.select_for_update().get(pk=task_state.pk)
        page = task_state.workflow_state.content_object
        if not self.is_reviewer(page, user):
            raise PermissionDenied
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise PermissionDenied(_("Somebody else has decided this review meanwhile."))
        latest = page.get_latest_revision()
        if action_name == "approve" and latest.pk != task_state.revision_id and latest.user_id != user.pk:
            raise PermissionDenied(_("This page was changed after it was submitted. Look at it again first."))
        return super().on_action(task_state, user, action_name, **kwargs)


def reviewed_locale_ids(user):
    """Return the primary keys of the languages this user reviews, looked up once per user object."""
    if not hasattr(user, "_reviewed_locale_ids"):
        teams = LanguageTeam.objects.filter(reviewers__user=user)
        user._reviewed_locale_ids = set(teams.values_list("locale_id", flat=True))
    return user._reviewed_locale_ids
