"""Locks on the rows of reviews, in the one order of all who lock."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, TaskState, WorkflowState


def lock_review(page_id: int | None) -> None:
    """Let nobody else decide on a page, or write it, until the transaction ends."""
    if page_id is not None:
        lock_reviews([page_id])


def lock_reviews(page_ids: Iterable[int], *, with_past: bool = False) -> None:
    """Do so for several pages, which one act changes, and with the reviews that are over if asked.

    The order is that of a decision: workflow, task, page; what comes with the page follows. Whoever
    deletes a page deletes its past reviews, too.
    """
    found = set(page_ids)
    page_type = ContentType.objects.get_for_model(Page)
    workflows = WorkflowState.objects.filter(
        base_content_type=page_type, object_id__in=[str(key) for key in found]
    )
    keys = lock_rows(workflows if with_past else workflows.active())
    tasks = TaskState.objects.filter(workflow_state__in=keys)
    lock_rows(tasks if with_past else tasks.filter(status=TaskState.STATUS_IN_PROGRESS))
    lock_rows(Page.objects.filter(pk__in=found))


def lock_rows(rows: models.QuerySet) -> list[int]:
    """Lock rows until the transaction ends, and return their primary keys."""
    return list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
