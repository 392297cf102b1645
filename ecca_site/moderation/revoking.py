"""Taking an approval back, as long as what was approved is not live."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Revision, TaskState, WorkflowState

from ecca_site.intake.decisions import TooLate
from ecca_site.users.models import User

from .decision_mails import REVOKED, tell_submitters
from .holding import held
from .items import decided_by, items_of, with_relations
from .models import ReasonForm, log_step
from .models.row_locks import lock_rows
from .reviewed import Reviewed, lock

# Sent with ``instance``, a page or a snippet, and ``revision``, its version that was approved and
# waited. Rooms above let go of what they hold back.
approval_revoked = Signal()


def approved_and_waiting() -> QuerySet[TaskState]:
    """Return the approvals by which something goes live later: on its date, or with others."""
    # Their keys first: they are few, and found by index among all that was ever approved.
    dated = Revision.objects.filter(approved_go_live_at__isnull=False).values_list("pk", flat=True)
    held_back = Revision.objects.filter(held()).values_list("pk", flat=True)
    versions = {*dated.order_by(), *held_back.order_by()}
    return TaskState.objects.filter(
        status=TaskState.STATUS_APPROVED,
        revision__in=versions,
        workflow_state__status=WorkflowState.STATUS_APPROVED,
        workflow_state__page_request=None,
        workflow_state__current_task_state=F("pk"),
    )


def revocable_by(user: User) -> QuerySet[TaskState]:
    """Return the approvals that a user may take back: whoever may decide on a version may."""
    return with_relations(decided_by(user, approved_and_waiting())).order_by("finished_at", "pk")


@transaction.atomic
def revoke(task_state: TaskState, user: User, comment: str) -> None:
    """Take an approval back; the version is as one that was sent back.

    Raises:
        PermissionDenied: others decide on it.
        TooLate: it does not wait any more.
    """
    lock_rows(WorkflowState.objects.filter(pk=task_state.workflow_state_id))
    lock_rows(TaskState.objects.filter(pk=task_state.pk))
    instance = task_state.workflow_state.content_object
    if instance is not None:
        lock(instance)
    state = approved_and_waiting().filter(pk=task_state.pk).first()
    if instance is None or state is None:
        raise TooLate(_("This does not wait any more: it is live, or somebody has ended it."))
    if not state.task.specific.is_reviewer(instance, user):
        raise PermissionDenied
    log_step(state, "moderation.revoke", user, comment)
    state.status = TaskState.STATUS_REJECTED
    state.finished_at = timezone.now()
    state.finished_by = user
    state.comment = comment
    state.save()
    workflow_state = state.workflow_state
    workflow_state.status = _status_after(instance)
    workflow_state.save()
    Revision.objects.filter(pk=state.revision_id).update(approved_go_live_at=None)
    approval_revoked.send(sender=type(state), instance=instance, revision=state.revision)
    tell_submitters(workflow_state, user, REVOKED)


def _status_after(instance: Reviewed) -> str:
    """Return the status of a review whose approval is taken back.

    Where another version has been submitted since, there is nothing to submit again.
    """
    if WorkflowState.objects.active().for_instance(instance).exists():
        return WorkflowState.STATUS_CANCELLED
    return WorkflowState.STATUS_NEEDS_CHANGES


def revoke_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a reason, then take an approval back."""
    state = get_object_or_404(TaskState.objects.select_related("revision"), pk=pk)
    instance = state.workflow_state.content_object
    task = state.task.specific
    if instance is None or not hasattr(task, "is_reviewer"):
        raise PermissionDenied
    if not task.is_reviewer(instance, request.user):
        raise PermissionDenied
    title = state.revision.object_str
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        revoke(state, request.user, form.cleaned_data["comment"])
        text = _("The approval of “%(title)s” was taken back. Whoever submitted it gets a mail.")
        messages.success(request, text % {"title": title})
        return redirect("wagtailadmin_home")
    shown = items_of(with_relations(approved_and_waiting().filter(pk=pk)))
    if not shown:
        raise TooLate(_("This does not wait any more: it is live, or somebody has ended it."))
    context = {"title": title, "form": form, "state": shown[0]}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "moderation/revoke.html", context, status=status)
