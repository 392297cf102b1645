from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import AbstractGroupApprovalTask, Page, Task, TaskState, WorkflowState

from ecca_site.intake.decisions import TooLate
from ecca_site.users.models import User

from ..ledger.rules import Rule, under
from ..locks import ReviewLock
from ..reviewed import Reviewed, in_full
from ..sealing import seals
from ..sealing.things import Difference
from ..shown import why_not_shown
from .authors import authors_of, is_author
from .people import display_name, reviewed_locale_ids
from .row_locks import lock_rows

Action = tuple[str, str | Promise, bool]  # name, label, and whether it asks for a comment


class ReviewRefused(Exception):
    """A decision that cannot be taken, with the reason for whoever tried to."""


class SealBroken(ReviewRefused):
    """A version of which visitors would see something else than what was submitted."""

    def __init__(self, task_state: TaskState, user: User, found: list[Difference]) -> None:
        self.task_state = task_state
        self.user = user
        self.found = found
        reason = seals.why_broken(found) or _("Nothing tells what it showed when it was submitted.")
        super().__init__(f"{reason} {_('Look at it again before you decide.')}")

    @transaction.atomic
    def seal_again(self) -> None:
        """Seal the version as it is now, and tell those who wait for a decision."""
        states = TaskState.objects.select_for_update().filter(pk=self.task_state.pk)
        state = states.filter(status=TaskState.STATUS_IN_PROGRESS).first()
        if state is None:
            return
        seal = seals.make(state.revision, state, authors_of(state))
        seals.seal_broken.send(
            sender=type(self), task_state=state, seal=seal, found=self.found, user=self.user
        )


class ReasonForm(forms.Form):
    """The comment that a rejection needs, and an approval against the rule of four eyes."""

    comment = forms.CharField(
        label=_("Comment"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )


class ReviewTask(AbstractGroupApprovalTask):
    """A review by the chosen groups and, where asked for, by the reviewers of the language."""

    is_for_language_reviewers = models.BooleanField(
        _("reviewers of the language"),
        default=False,
        help_text=_("The reviewers of the language that the page is written in may decide, too."),
    )
    working_days = models.PositiveSmallIntegerField(
        _("working days"),
        default=5,
        db_default=5,
        help_text=_("How long a decision may take, Monday to Friday."),
    )
    admin_form_fields = [
        *AbstractGroupApprovalTask.admin_form_fields,
        "is_for_language_reviewers",
        "working_days",
    ]

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    @classmethod
    def get_description(cls) -> str:
        return _("Decided by groups, or by the reviewers of the page's language")

    def is_reviewer(self, obj: Reviewed, user: User) -> bool:
        """Return whether a user may decide on versions of something, apart from the user's own."""
        if not user.is_active:
            return False
        if user.is_superuser or self._user_in_groups(user):
            return True
        return self.is_for_language_reviewers and obj.locale_id in reviewed_locale_ids(user)

    def locked_for_user(self, obj: Reviewed, user: User) -> bool:
        # A version under review stays as it was submitted; its submitter may withdraw it.
        return True

    def get_actions(self, obj: Reviewed, user: User) -> list[Action]:
        if not self.is_reviewer(obj, user):
            return []
        actions = [("reject", _("Request changes"), True)]
        if not is_author(user, obj.current_workflow_task_state):
            actions += [
                ("approve", _("Approve"), False),
                ("approve", _("Approve with comment"), True),
            ]
        elif user.is_superuser:
            actions.append(("override", _("Approve your own work, with a reason"), True))
        return actions

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        if action in ("reject", "override"):
            return ReasonForm
        return super().get_form_for_action(action)

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: object
    ) -> models.QuerySet[TaskState]:
        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser or self._user_in_groups(user):
            return states
        if not self.is_for_language_reviewers:
            return states.none()
        return states.filter(revision__content__locale__in=reviewed_locale_ids(user))

    def on_action(
        self,
        task_state: TaskState,
        user: User,
        action_name: str,
        comment: str = "",
        **kwargs: object,
    ) -> None:
        """Decide once; of two reviewers at the same moment the second finds the review ended.

        Raises:
            PermissionDenied: the user is no reviewer of this page.
            TooLate: the review has ended meanwhile.
            ReviewRefused: the user wrote or submitted this version, a comment is missing, or what
                would be approved cannot be shown to visitors.
            SealBroken: visitors would see something else than what was submitted. The version is
                sealed as it is now, and waits.
        """
        if action_name in ("approve", "override"):
            # Outside the transaction of the decision: what administrators are told of it is not
            # taken back with it.
            self._refuse_what_is_not_shown(task_state, user)
        try:
            self._decide(task_state, user, action_name, comment)
        except SealBroken as broken:
            broken.seal_again()
            raise

    def _refuse_what_is_not_shown(self, task_state: TaskState, user: User) -> None:
        reviewed = task_state.workflow_state.content_object
        if reviewed is None or not self.is_reviewer(reviewed, user):
            return  # refused by ``_decide``
        if hasattr(task_state.workflow_state, "page_request"):
            return  # nothing goes live by it
        if reason := why_not_shown(task_state.revision.as_object()):
            raise ReviewRefused(reason)

    @transaction.atomic
    def _decide(self, task_state: TaskState, user: User, action_name: str, comment: str) -> None:
        task_state = in_progress(task_state.pk)
        if not self.is_reviewer(task_state.revision.content_object, user):
            raise PermissionDenied
        if action_name in ("reject", "override") and not comment.strip():
            raise ReviewRefused(_("Give a reason in a comment."))
        if action_name == "reject":
            self._reject(task_state, user, comment)
        elif action_name in ("approve", "override"):
            self._approve(task_state, user, comment, is_override=action_name == "override")

    @staticmethod
    def _approve(task_state: TaskState, user: User, comment: str, *, is_override: bool) -> None:
        if hasattr(task_state.workflow_state, "page_request"):
            task_state.workflow_state.page_request.check_decider(user, task_state)
        may_override = is_override and user.is_superuser
        if is_author(user, task_state) and not may_override:
            raise ReviewRefused(_("Whoever wrote or submitted a version cannot approve it."))
        refuse_broken_seal(task_state, user)
        if is_override:
            log_step(task_state, "moderation.override", user, comment)
        keep_at_hand(task_state)
        task_state.approve(user=user, update=False, comment=comment)
        workflow_state = task_state.workflow_state
        if following := next_task(task_state):
            workflow_state.update(user=user, next_task=following)
            return
        with under(Rule.OVERRIDE if is_override else Rule.REVIEW, user):
            workflow_state.finish(user=user)

    @staticmethod
    def _reject(task_state: TaskState, user: User, comment: str) -> None:
        task_state.reject(user=user, comment=comment)
        if hasattr(task_state.workflow_state, "page_request"):
            # Of a request there is nothing to amend and submit again.
            task_state.workflow_state.cancel(user=user)


def refuse_broken_seal(task_state: TaskState, user: User) -> None:
    """Hold a version, or what a request is about, against its seal.

    Raises:
        SealBroken: something of it is not as it was when it was submitted.
    """
    seal = seals.of_task_state(task_state)
    found = seals.changes_under(seal) if seal else []
    if seal is None or found:
        raise SealBroken(task_state, user, found)


def keep_at_hand(task_state: TaskState) -> None:
    """Let Wagtail find beside a review what was read with it, instead of reading it again."""
    workflow_state = task_state.workflow_state
    if workflow_state.current_task_state_id == task_state.pk:
        workflow_state.current_task_state = task_state
    reviewed = task_state.revision.content_object
    row = reviewed.page_ptr if isinstance(reviewed, Page) else reviewed
    if row.latest_revision_id == task_state.revision_id:
        row.latest_revision = task_state.revision
    workflow_state.content_object = row
    workflow_state.object_id = str(row.pk)


def next_task(task_state: TaskState) -> Task | None:
    """Return the first step of the workflow that has not approved this very version, or None.

    Wagtail asks for the page's latest version instead: one that was saved meanwhile would hold
    back, or slip through with, the one that was read.
    """
    workflow_state = task_state.workflow_state
    done = workflow_state.task_states.filter(
        revision_id=task_state.revision_id,
        status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED),
    )
    steps = Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow_id, active=True)
    return steps.exclude(pk__in=done.values("task")).order_by("workflow_tasks__sort_order").first()


def in_progress(pk: int) -> TaskState:
    """Return a task state that nobody has decided yet, locked until the end of the transaction.

    What a decision asks of it comes along.

    Raises:
        TooLate: it was decided or withdrawn, with who did what, or its page is gone.
    """
    states = TaskState.objects.filter(pk=pk)
    # Whoever withdraws, cancels or deletes begins with the row of the whole workflow.
    lock_rows(WorkflowState.objects.filter(pk__in=states.values("workflow_state")))
    # Without its relations: PostgreSQL reads anew, after waiting, only the row that is locked.
    state = states.select_for_update().first()
    if state is None:
        raise TooLate(_("This page no longer exists."))
    if state.status == TaskState.STATUS_IN_PROGRESS:
        relations = ("revision", "task", "workflow_state__page_request", "workflow_state__workflow")
        return TaskState.objects.select_related(*relations).get(pk=pk)
    decisions = {
        TaskState.STATUS_APPROVED: _("%(name)s has approved this meanwhile."),
        TaskState.STATUS_REJECTED: _("%(name)s has asked for changes meanwhile."),
    }
    text = decisions.get(state.status, _("%(name)s has withdrawn this meanwhile."))
    name = display_name(state.finished_by) if state.finished_by else _("Somebody")
    raise TooLate(text % {"name": name})


def log_step(task_state: TaskState, action: str, user: User, comment: str = "") -> None:
    """Log a step of a review: what it is about, version, person and comment."""
    log(
        instance=in_full(task_state.workflow_state.content_object),
        action=action,
        user=user,
        revision=task_state.revision,
        data={"comment": comment},
    )
