"""The workflows that stand for the reviews of ``access.roles``, and the sections that have them."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from ecca_site.moderation.models import ReviewTask

from . import roles
from .models import ReviewWorkflow, RoleGroup, SectionWorkflow
from .sections import assign, section_pages


def setup_workflows(changes: list[str]) -> None:
    """Make each workflow with its one task and assign it to its section in every language.

    Workflows and assignments that are no longer said are taken back.
    """
    assigned: list[int] = []
    for review in roles.WORKFLOWS:
        present = ReviewWorkflow.objects.select_related("workflow", "task")
        review_workflow = present.filter(review=review.key).first()
        if review_workflow is None:
            review_workflow = _make(review)
            changes.append(f"Workflow made: {review_workflow}")
        elif review_workflow.is_retired:
            _reopen(review_workflow)
            changes.append(f"Workflow opened again: {review_workflow}")
        _tell_task(review_workflow, review, changes)
        if not review_workflow.workflow.active:
            # People have closed it.
            continue
        for page in section_pages(review.section):
            assigned.append(page.pk)
            assign(review_workflow, page, changes)
        for label in review.snippets:
            _assign_snippets(review_workflow, apps.get_model(label), changes)
    _take_back(assigned, changes)


def _make(review: roles.Review) -> ReviewWorkflow:
    workflow = Workflow.objects.create(name=review.name)
    task = ReviewTask.objects.create(
        name=review.name, is_for_language_reviewers=review.is_for_language_reviewers
    )
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return ReviewWorkflow.objects.create(
        review=review.key,
        workflow=workflow,
        task=task,
        is_for_language_reviewers=review.is_for_language_reviewers,
    )


def _reopen(review_workflow: ReviewWorkflow) -> None:
    review_workflow.is_retired = False
    review_workflow.save()
    review_workflow.workflow.active = True
    review_workflow.workflow.save()


def _tell_task(review_workflow: ReviewWorkflow, review: roles.Review, changes: list[str]) -> None:
    """Tell the task who decides, where that is something new since it was told last."""
    task = review_workflow.task
    if review_workflow.is_for_language_reviewers != review.is_for_language_reviewers:
        review_workflow.is_for_language_reviewers = review.is_for_language_reviewers
        review_workflow.save()
        task.is_for_language_reviewers = review.is_for_language_reviewers
        task.save()
        who = "also" if review.is_for_language_reviewers else "no longer"
        changes.append(f"Reviewers of the page's language decide {who} in {review_workflow}")
    keys = [role.key for role in review.roles]
    wanted = set(RoleGroup.objects.current().filter(role__in=keys).select_related("group"))
    told = set(review_workflow.role_groups.select_related("group"))
    for role_group in sorted(wanted - told, key=str):
        task.groups.add(role_group.group)
        changes.append(f"{role_group} decide in {review_workflow}")
    for role_group in sorted(told - wanted, key=str):
        task.groups.remove(role_group.group)
        changes.append(f"{role_group} decide no longer in {review_workflow}")
    if wanted != told:
        review_workflow.role_groups.set(wanted)


def _assign_snippets(
    review_workflow: ReviewWorkflow, model: type[Model], changes: list[str]
) -> None:
    """Give a kind of snippet its workflow; where people gave it another, theirs stays.

    It never stays without one: what is written would wait for nobody.
    """
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    present = WorkflowContentType.objects.filter(content_type=content_type).first()
    if present is not None:
        is_ours = ReviewWorkflow.objects.filter(workflow=present.workflow_id).exists()
        if not is_ours or present.workflow_id == review_workflow.workflow_id:
            return
    WorkflowContentType.objects.update_or_create(
        content_type=content_type, defaults={"workflow": review_workflow.workflow}
    )
    changes.append(f"Workflow assigned to {model._meta.label}: {review_workflow}")


def _take_back(assigned: list[int], changes: list[str]) -> None:
    """Undo assignments and close workflows that are no longer said.

    Assignments that people have changed stay.
    """
    sections = SectionWorkflow.objects.exclude(page__in=assigned)
    for section in sections.select_related("review_workflow__workflow", "page"):
        section.delete()
        workflow = section.review_workflow.workflow
        number, _by_model = WorkflowPage.objects.filter(
            page=section.page_id, workflow=workflow
        ).delete()
        if number:
            changes.append(f"Workflow taken from {section.page.url_path}: {workflow}")
    keys = [review.key for review in roles.WORKFLOWS]
    current = ReviewWorkflow.objects.current().exclude(review__in=keys)
    for review_workflow in current.select_related("workflow"):
        review_workflow.workflow.deactivate()
        review_workflow.is_retired = True
        review_workflow.save()
        changes.append(f"Workflow closed: {review_workflow}")
