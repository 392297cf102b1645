"""The versions that wait for a decision, as the queue, the review and the CMS home tell of them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState, WorkflowState

from ecca_site.i18n.dates import localized_date, localized_time
from ecca_site.users.models import User

from .changes import changes_in_words
from .models import PageRequest, ReviewTask, display_name, reviewed_locale_ids
from .reviewed import Place, Reviewed, instances_at, language_of
from .workdays import due_on

ROOM = 160  # characters of a list's cell: a reason may have thousands


@dataclass(frozen=True)
class QueueItem:
    """A version under review, in words."""

    title: str
    kind: str
    language: str
    organisation: str
    submitter: str
    submitted_on: datetime.date
    age: int  # days
    due_on: datetime.date
    goes_live_at: datetime.datetime | None
    changes: str  # "" where it is live by now, and nothing is left to compare it with
    claimed_by: str
    is_request: bool = False

    @property
    def in_short(self) -> str:
        """What changes, or is asked for, as a list has room for it."""
        return Truncator(self.changes).chars(ROOM)

    @property
    def is_overdue(self) -> bool:
        return self.due_on < timezone.localdate()


def with_clock(states: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Annotate since when a decision is awaited, as ``clock_started_at``.

    That is the first submission, which a withdrawal does not change. A version that reviewers sent
    back was not theirs to decide until it came again.
    """
    sent_back = TaskState.objects.filter(
        workflow_state=OuterRef("workflow_state"),
        status=TaskState.STATUS_REJECTED,
        pk__lt=OuterRef("pk"),
    )
    return states.annotate(
        clock_started_at=Case(
            When(Exists(sent_back), then=F("started_at")), default=F("workflow_state__created_at")
        )
    )


def awaiting(user: User) -> QuerySet[TaskState]:
    """Return the reviews this user may decide, oldest submission first."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return decided_by(user, states).order_by("workflow_state__created_at", "pk")


def queue_of(user: User) -> QuerySet[TaskState]:
    """Return the reviews this user may decide, with all that ``items_of`` needs of them."""
    return with_relations(awaiting(user))


def decided_by(user: User, states: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Return those of these reviews that are a user's to decide."""
    if not user.is_active:
        return states.none()
    if user.is_superuser:
        return states.filter(task__in=ReviewTask.objects.all())
    by_group = Q(task__in=ReviewTask.objects.filter(groups__user=user))
    # The values themselves: PostgreSQL compares no JSON with a subquery's numbers.
    by_language = Q(
        task__in=ReviewTask.objects.filter(is_for_language_reviewers=True),
        revision__content__locale__in=list(reviewed_locale_ids(user)),
    )
    return states.filter(by_group | by_language)


def with_relations(states: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Read with task states what ``items_of`` needs of them."""
    timed = with_clock(states).annotate(working_days=F("task__reviewtask__working_days"))
    return timed.select_related(
        "workflow_state__requested_by",
        "workflow_state__page_request__destination",
        "revision__content_type",
        "task",
        "claim__user",
    )


def reviews_of(relation: str = "") -> Prefetch:
    """Return what reads the reviews of pages of one type along with them.

    The pages may be behind a relation, as ``"profile__"``. Wagtail's ``prefetch_workflow_states()``
    finds the reviews of plain pages alone, and of pages that it loads in full.
    """
    return _prefetch(f"{relation}_specific_workflow_states")


def reviews_of_snippets() -> Prefetch:
    """Return what reads the reviews of snippets along with them."""
    return _prefetch("_workflow_states")


def _prefetch(relation: str) -> Prefetch:
    states = WorkflowState.objects.active().select_related("current_task_state__task")
    return Prefetch(relation, queryset=states, to_attr="_current_workflow_states")


def items_at(keys: Iterable[int]) -> list[TaskState]:
    """Return these task states in their order, each with its ``item``.

    Whoever shows a few of many asks for the keys of those first: relations and versions are read
    of what is shown alone.
    """
    ordered = list(keys)
    found = with_relations(TaskState.objects.all()).in_bulk(ordered)
    return items_of(found[key] for key in ordered)


def items_of(states: Iterable[TaskState]) -> list[TaskState]:
    """Give each of these task states its ``item``, by one query for each kind of thing.

    They have to come ``with_relations``. One whose page is gone has an item, too: the others can
    be decided all the same.
    """
    found = list(states)
    reviewed = instances_at({place_of(state) for state in found})
    for state in found:
        # Wagtail's table and export read their columns from the rows themselves.
        state.item = _item(state, reviewed.get(place_of(state)))
    return found


def place_of(state: TaskState) -> Place:
    """Return where stands what a task state is about."""
    return state.revision.base_content_type_id, state.revision.object_id


def _item(state: TaskState, reviewed: Reviewed | None) -> QueueItem:
    model = state.revision.content_type.model_class()
    submitted_at = state.workflow_state.created_at
    person = state.workflow_state.requested_by
    claim = getattr(state, "claim", None)
    request = getattr(state.workflow_state, "page_request", None)
    if request is not None:
        changes = request_in_words(request)
    elif is_published(state, reviewed):
        changes = ""
    elif was_live(reviewed):
        changes = _("online again")
    else:
        live = reviewed.live_revision if reviewed is not None and reviewed.live else None
        before = live.content if live is not None else None
        changes = changes_in_words(model, before, state.revision.content)
    return QueueItem(
        title=state.revision.object_str,
        kind=str(model._meta.verbose_name),
        language=language_of(reviewed) if reviewed is not None else "",
        organisation=state.revision.content.get(getattr(model, "organisation_field", None)) or "",
        submitter=display_name(person) if person else _("somebody without an account"),
        submitted_on=timezone.localtime(submitted_at).date(),
        age=(timezone.now() - submitted_at).days,
        due_on=due_on(state.clock_started_at, state.working_days or 0),
        goes_live_at=None if request else going_live_at(state.revision),
        changes=changes,
        claimed_by=display_name(claim.user) if claim else "",
        is_request=request is not None,
    )


def is_published(state: TaskState, reviewed: Reviewed) -> bool:
    """Return whether the version was approved and is what visitors see."""
    is_approved = state.status == TaskState.STATUS_APPROVED
    return is_approved and reviewed.live_revision_id == state.revision_id


def was_live(reviewed: Reviewed | None) -> bool:
    """Return whether something is offline that visitors have read before."""
    return reviewed is not None and not reviewed.live and bool(reviewed.first_published_at)


def going_live_at(revision: Revision) -> datetime.datetime | None:
    """Return the moment that a version has to wait for, None where it is none or past."""
    moment = parse_datetime(revision.content.get("go_live_at") or "")
    return moment if moment and moment > timezone.now() else None


def request_in_words(request: PageRequest) -> str:
    """Return what is asked for, and why: "asks to move it to “Partners”: …"."""
    texts = {
        PageRequest.Kind.UNPUBLISH: _("asks to take it offline: %(reason)s"),
        PageRequest.Kind.DELETE: _("asks to delete it: %(reason)s"),
        PageRequest.Kind.MOVE: _("asks to move it to “%(page)s”: %(reason)s"),
    }
    if request.not_before and request.kind == PageRequest.Kind.UNPUBLISH:
        moment = timezone.localtime(request.not_before)
        text = _("asks to take it offline on %(date)s, %(time)s: %(reason)s")
        day = {"date": localized_date(moment), "time": localized_time(moment)}
        return text % {"reason": request.reason, **day}
    page = request.destination.title if request.destination else ""
    return texts[request.kind] % {"reason": request.reason, "page": page}
