"""Locks on the rows of a review, in the one order of all who lock."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, TaskState, WorkflowState


def lock_review(number: int | None, model: type[models.Model] = Page) -> None:
    """Let nobody else decide on a page or snippet, or write it, until the transaction ends.

    The order is that of a decision: workflow, task, page; what comes with the page follows.
    """
    if number is None:
        return
    base_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    workflows = WorkflowState.objects.active().filter(
        base_content_type=base_type, object_id=str(number)
    )
    keys = lock_rows(workflows)
    tasks = TaskState.objects.filter(workflow_state__in=keys)
    lock_rows(tasks.filter(status=TaskState.STATUS_IN_PROGRESS))
    lock_rows(model._base_manager.filter(pk=number))


def lock_rows(rows: models.QuerySet) -> list[int]:
    """Lock rows until the transaction ends, and return their primary keys."""
    return list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
