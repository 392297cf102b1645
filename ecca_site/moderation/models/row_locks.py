"""Locks on the rows of reviews, in the one order of all who lock."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, TaskState, WorkflowState


def lock_review(number: int | None, model: type[models.Model] = Page) -> None:
    """Let nobody else decide on a page or snippet, or write it, until the transaction ends."""
    if number is not None:
        lock_reviews([number], model)


def lock_reviews(
    numbers: Iterable[int], model: type[models.Model] = Page, *, with_past: bool = False
) -> None:
    """Do so for several, which one act changes, and with the reviews that are over if asked.

    The order is that of a decision: workflow, task, page; what comes with the page follows. Whoever
    deletes a page deletes its past reviews, too.
    """
    found = set(numbers)
    base_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    workflows = WorkflowState.objects.filter(
        base_content_type=base_type, object_id__in=[str(key) for key in found]
    )
    keys = lock_rows(workflows if with_past else workflows.active())
    tasks = TaskState.objects.filter(workflow_state__in=keys)
    lock_rows(tasks if with_past else tasks.filter(status=TaskState.STATUS_IN_PROGRESS))
    lock_rows(model._base_manager.filter(pk__in=found))


def lock_rows(rows: models.QuerySet) -> list[int]:
    """Lock rows until the transaction ends, and return their primary keys."""
    return list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
