"""The reviews that somebody may decide, with the original and the steps of what they are about."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Q, QuerySet, When
from django.shortcuts import get_object_or_404
from wagtail.models import BaseLogEntry, TaskState

from ecca_site.i18n.originals import original_of
from ecca_site.users.models import User

from .items import queue_of, with_relations
from .models import in_progress
from .reviewed import Reviewed, in_full, log_of
from .steps import OF_REVIEWS

MOST_STEPS = 15


def reviewable(user: User, pk: int) -> TaskState:
    """Return the task state of this number, which this user may decide.

    Raises:
        PermissionDenied: others decide it.
        TooLate: it was decided or withdrawn meanwhile; the message says by whom.
    """
    states = with_relations(TaskState.objects.select_related("finished_by", "revision"))
    state = get_object_or_404(states, pk=pk)
    task = state.task.specific
    reviewed = state.revision.content_object
    if reviewed is None or not hasattr(task, "is_reviewer"):
        raise PermissionDenied
    if not task.is_reviewer(reviewed, user):
        raise PermissionDenied
    if state.status != TaskState.STATUS_IN_PROGRESS:
        with transaction.atomic():
            in_progress(state.pk)
    return state


def next_for(user: User, state: TaskState) -> TaskState | None:
    """Return the next item this user may decide, from ``state`` on and then from the oldest.

    It is none that the user wrote or submitted, nor one that somebody else has claimed.
    """
    own = Q(workflow_state__requested_by=user) | Q(revision__user=user)
    unclaimed = Q(claim=None) | Q(claim__user=user)
    free = queue_of(user).exclude(own).exclude(pk=state.pk).filter(unclaimed)
    since = state.workflow_state.created_at
    later = Q(workflow_state__created_at__gt=since)
    at_once = Q(workflow_state__created_at=since, pk__gt=state.pk)
    is_earlier = Case(When(later | at_once, then=0), default=1)
    return free.order_by(is_earlier, "workflow_state__created_at", "pk").first()


def steps_of(instance: Reviewed) -> QuerySet[BaseLogEntry]:
    """Return the steps of something in reviews so far, the latest first."""
    entries = log_of(instance).filter(action__in=OF_REVIEWS)
    return entries.select_related("user").order_by("-timestamp", "-pk")[:MOST_STEPS]


def source_of(instance: Reviewed) -> Reviewed | None:
    """Return the original of a translation, as visitors read it, or None."""
    original = original_of(instance)
    return in_full(original) if original is not None else None
