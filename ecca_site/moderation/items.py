"""What waits for a decision, and what the queue, the review and the CMS home say of it."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from .changes import changes_in_words
from .models import ReviewTask, display_name, reviewed_locale_ids
from .workdays import due_on


@dataclass(frozen=True)
class QueueItem:
    """What the queue says of one version under review."""

    title: str
    kind: str
    language: str
    organisation: str
    submitter: str
    submitted_on: datetime.date
    age: int  # days
    due_on: datetime.date
    changes: str
    claimed_by: str
    is_request: bool = False

    @property
    def is_overdue(self):
        return self.due_on < timezone.localdate()


def with_clock(states):
    """Annotate since when a decision is awaited, as ``clock_started_at``.

    That is the first submission, which a withdrawal does not change. What reviewers sent back was not theirs to decide
    until it came again.
    """
    sent_back = TaskState.objects.filter(
        workflow_state=OuterRef("workflow_state"), status=TaskState.STATUS_REJECTED, pk__lt=OuterRef("pk")
    )
    return states.annotate(
        clock_started_at=Case(When(Exists(sent_back), then=F("started_at")), default=F("workflow_state__created_at"))
    )


def queue_of(user):
    """Return the reviews this user may decide, oldest submission first."""
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    if not user.is_active:
        states = states.none()
    elif user.is_superuser:
        states = states.filter(task__in=ReviewTask.objects.all())
    else:
        # The values themselves: PostgreSQL compares no JSON with a subquery's numbers.
        of_language = Q(
            task__in=ReviewTask.objects.filter(is_for_language_reviewers=True),
            revision__content__locale__in=list(reviewed_locale_ids(user)),
        )
        states = states.filter(Q(task__in=ReviewTask.objects.filter(groups__user=user)) | of_language)
    return with_relations(states).order_by("workflow_state__created_at", "pk")


def with_relations(states):
    """Bring along what an item tells of."""
    states = with_clock(states).annotate(working_days=F("task__reviewtask__working_days"))
    return states.select_related(
        "workflow_state__requested_by",
        "workflow_state__page_request__destination",
        "revision__content_type",
        "task",
        "claim__user",
    )


def reviews_of(relation=""):
    """Bring along the reviews of pages of one type, or of those behind ``relation``, as ``"profile__"``.

    Wagtail's ``prefetch_workflow_states()`` finds them for plain pages, and for pages that it loads in full alone.
    """
    states = WorkflowState.objects.active().select_related("current_task_state__task")
    return Prefetch(f"{relation}_specific_workflow_states", queryset=states, to_attr="_current_workflow_states")


def items_of(states):
    """Give each of these task states, which come ``with_relations``, its ``item``, by one query for all of them."""
    states = list(states)
    numbers = [int(state.revision.object_id) for state in states]
    pages = Page.objects.select_related("live_revision", "locale").in_bulk(numbers)
    for state in states:
        state.item = _item(state, pages[int(state.revision.object_id)])
    return states


def _item(state, page):
    model = state.revision.content_type.model_class()
    submitted_at = state.workflow_state.created_at
    live = page.live_revision.content if page.live and page.live_revision else None
    person = state.workflow_state.requested_by
    claim = getattr(state, "claim", None)
    request = getattr(state.workflow_state, "page_request", None)
    return QueueItem(
        title=state.revision.object_str,
        kind=str(model._meta.verbose_name),
        language=dict(settings.LANGUAGES)[page.locale.language_code],
        organisation=state.revision.content.get(getattr(model, "organisation_field", None)) or "",
        submitter=display_name(person) if person else _("somebody without an account"),
        submitted_on=timezone.localtime(submitted_at).date(),
        age=(timezone.now() - submitted_at).days,
        due_on=due_on(state.clock_started_at, state.working_days or 0),
        changes=request_in_words(request) if request else changes_in_words(model, live, state.revision.content),
        claimed_by=display_name(claim.user) if claim else "",
        is_request=request is not None,
    )


def request_in_words(request):
    """Say what is asked for and why: "asks to move it to “Partners”: …"."""
    Kind = type(request).Kind
    texts = {
        Kind.UNPUBLISH: _("asks to take it offline: %(reason)s"),
        Kind.DELETE: _("asks to delete it: %(reason)s"),
        Kind.MOVE: _("asks to move it to “%(page)s”: %(reason)s"),
    }
    page = request.destination.title if request.destination else ""
    return texts[request.kind] % {"reason": request.reason, "page": page}
