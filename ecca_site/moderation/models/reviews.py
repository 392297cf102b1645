from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import AbstractGroupApprovalTask, Revision, Task, TaskState, WorkflowState
from wagtail.signals import task_cancelled

from ..changes import written_content
from ..locks import ReviewLock
from .people import display_name, reviewed_locale_ids

RESAVES = 20  # how many versions of one content are looked through for whoever wrote it


class ReviewRefused(Exception):
    """A decision that cannot be taken, with the reason for whoever tried to."""


class ReasonForm(forms.Form):
    """The comment that a rejection needs, and an approval against the rule of four eyes."""

    comment = forms.CharField(label=_("Comment"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000)


class ReviewTask(AbstractGroupApprovalTask):
    """A review by the chosen groups and, where asked for, by the reviewers of the page's own language."""

    is_for_language_reviewers = models.BooleanField(
        _("reviewers of the language"),
        default=False,
        help_text=_("The reviewers of the language that the page is written in may decide, too."),
    )
    working_days = models.PositiveSmallIntegerField(
        _("working days"), default=5, db_default=5, help_text=_("How long a decision may take, Monday to Friday.")
    )
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "is_for_language_reviewers", "working_days"]

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    @classmethod
    def get_description(cls):
        return _("Decided by groups, or by the reviewers of the page's language")

    lock_class = ReviewLock

    def is_reviewer(self, obj, user):
        if not user.is_active:
            return False
        if user.is_superuser or self._user_in_groups(user):
            return True
        return self.is_for_language_reviewers and obj.locale_id in reviewed_locale_ids(user)

    def locked_for_user(self, obj, user):
        return True  # what is under review stays as it was submitted; whoever submitted it may withdraw it

    def get_actions(self, obj, user):
        if not self.is_reviewer(obj, user):
            return []
        actions = [("reject", _("Request changes"), True)]
        if not is_author(user, obj.current_workflow_task_state):
            actions += [("approve", _("Approve"), False), ("approve", _("Approve with comment"), True)]
        elif user.is_superuser:
            actions.append(("override", _("Approve your own work, with a reason"), True))
        return actions

    def get_form_for_action(self, action):
        return ReasonForm if action in ("reject", "override") else super().get_form_for_action(action)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser or self._user_in_groups(user):
            return states
        if not self.is_for_language_reviewers:
            return states.none()
        return states.filter(revision__content__locale__in=reviewed_locale_ids(user))

    @transaction.atomic
    def on_action(self, task_state, user, action_name, comment="", **kwargs):
        """Decide once: of two reviewers acting at the same moment the second finds the review ended.

        Raises:
            PermissionDenied: the user is no reviewer of this page.
            ReviewRefused: the review has ended meanwhile, the user wrote or submitted this version, or a comment is
                missing.
        """
        task_state = in_progress(task_state.pk)
        if not self.is_reviewer(task_state.workflow_state.content_object, user):
            raise PermissionDenied
        if action_name in ("reject", "override") and not comment.strip():
            raise ReviewRefused(_("Give a reason in a comment."))
        if action_name == "reject":
            self._reject(task_state, user, comment)
        elif action_name in ("approve", "override"):
            self._approve(task_state, user, comment, is_override=action_name == "override")

    @staticmethod
    def _approve(task_state, user, comment, *, is_override):
        if is_author(user, task_state) and not (is_override and user.is_superuser):
            raise ReviewRefused(_("Whoever wrote or submitted a version cannot approve it."))
        if is_override:
            log_step(task_state, "moderation.override", user, comment)
        task_state.approve(user=user, update=False, comment=comment)
        workflow_state = task_state.workflow_state
        if following := next_task(task_state):
            workflow_state.update(user=user, next_task=following)
        else:
            workflow_state.finish(user=user)

    @staticmethod
    def _reject(task_state, user, comment):
        task_state.reject(user=user, comment=comment)
        if hasattr(task_state.workflow_state, "page_request"):
            task_state.workflow_state.cancel(user=user)  # there is nothing to amend and submit again


def next_task(task_state):
    """Return the first step of the workflow that has not approved this very version, or None.

    Wagtail asks for the page's latest version instead: one that was saved meanwhile would hold back, or slip through
    with, the one that was read.
    """
    workflow_state = task_state.workflow_state
    done = workflow_state.task_states.filter(
        revision_id=task_state.revision_id, status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)
    )
    steps = Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow_id, active=True)
    return steps.exclude(pk__in=done.values("task")).order_by("workflow_tasks__sort_order").first()


def in_progress(pk):
    """Return a task state that nobody has decided yet, locked until the end of the transaction.

    Raises:
        ReviewRefused: it was decided or withdrawn, with who did what, or its page is gone.
    """
    # Without its relations: PostgreSQL reads anew, after waiting, only the row that is locked.
    state = TaskState.objects.select_for_update().filter(pk=pk).first()
    if state is None:
        raise ReviewRefused(_("This page no longer exists."))
    if state.status == TaskState.STATUS_IN_PROGRESS:
        return state
    decisions = {
        TaskState.STATUS_APPROVED: _("%(name)s has approved this meanwhile."),
        TaskState.STATUS_REJECTED: _("%(name)s has asked for changes meanwhile."),
    }
    name = display_name(state.finished_by) if state.finished_by else _("Somebody")
    raise ReviewRefused(decisions.get(state.status, _("%(name)s has withdrawn this meanwhile.")) % {"name": name})


@transaction.atomic
def withdraw(task_state, user):
    """Give a submitted version back to whoever submitted it; submitted again it keeps its place in the queue.

    What was withdrawn or sent back already is given up: submitted again it is something new.

    Raises:
        PermissionDenied: the user has not submitted it and is no superuser.
        ReviewRefused: it was decided meanwhile.
    """
    if task_state.workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        if not may_withdraw(user, task_state.workflow_state):
            raise PermissionDenied
        task_state.workflow_state.cancel(user=user)
        return
    state = in_progress(task_state.pk)
    workflow_state = state.workflow_state
    if not may_withdraw(user, workflow_state):
        raise PermissionDenied
    log_step(state, "moderation.withdraw", user)
    if hasattr(workflow_state, "page_request"):
        workflow_state.cancel(user=user)
        return
    state.status, state.finished_at, state.finished_by = TaskState.STATUS_CANCELLED, timezone.now(), user
    state.save()
    workflow_state.status = WorkflowState.STATUS_NEEDS_CHANGES
    workflow_state.save()
    task_cancelled.send(sender=type(state), instance=state, user=user)


def may_withdraw(user, workflow_state):
    return user.is_active and (user.is_superuser or user.pk in submitters_of(workflow_state.current_task_state))


def submitters_of(task_state):
    """Return who submitted a version, first and last: after a rejection another person may have done it again."""
    if task_state is None:
        return set()
    return {task_state.workflow_state.requested_by_id, task_state.revision.user_id} - {None}


def authors_of(task_state):
    """Return who submitted a version and who wrote it. To save a version once more, unchanged, is not to write it."""
    authors, version = submitters_of(task_state), task_state.revision
    content = written_content(version.content)
    earlier = Revision.objects.filter(
        base_content_type_id=version.base_content_type_id, object_id=version.object_id, pk__lt=version.pk
    )
    for user_id, before in earlier.order_by("-pk").values_list("user_id", "content")[:RESAVES].iterator():
        if written_content(before) != content:
            break
        authors.add(user_id)
    return authors - {None}


def is_author(user, task_state):
    """Whether a user wrote or submitted the version under review."""
    return task_state is not None and user.pk in authors_of(task_state)


def log_step(task_state, action, user, comment=""):
    """Log a step of a review with the page that it is about, who, which version and what was said."""
    page = task_state.workflow_state.content_object
    log(instance=page.specific, action=action, user=user, revision=task_state.revision, data={"comment": comment})


class Claim(models.Model):
    """Who is at work on a review."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="claim")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    claimed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.user}: {self.task_state_id}"


class Reminder(models.Model):
    """When the reviewers of something were reminded, and the administrators told: each happens once."""

    workflow_state = models.OneToOneField(WorkflowState, on_delete=models.CASCADE, related_name="reminder")
    reminded_on = models.DateField()
    escalated_on = models.DateField(null=True, blank=True)

    def __str__(self):
        return f"{self.workflow_state_id}, {self.reminded_on}"
