"""The one question about rights that is asked for every page or snippet that an act touches.

It is asked of whoever asks for something, of whoever decides on it, and of whoever does it at once,
alone or to many pages, with their translations or without. What Wagtail asks of one page says
nothing about the others.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from wagtail.models import Page, Task, TaskState, WorkflowPage, WorkflowTask
from wagtail.permissions import policy_registry

from ecca_site.core.permissions import PagePermissions
from ecca_site.users.models import User

from ..reviewed import Reviewed
from .reviews import ReviewTask


class Act(StrEnum):
    ASK = "ask"  # others to take it offline, to delete or to move it
    DECIDE = "decide"
    UNPUBLISH = "unpublish"
    DELETE = "delete"
    MOVE = "move"


@dataclass(frozen=True)
class Step:
    """The step of a review that is being decided; the others have their own people."""

    workflow_id: int
    task: Task

    @classmethod
    def of(cls, task_state: TaskState) -> "Step":
        return cls(task_state.workflow_state.workflow_id, task_state.task.specific)


# What Wagtail calls the rights to do it to all snippets of a kind, which have no place in a tree.
OF_SNIPPETS = {Act.ASK: "change", Act.UNPUBLISH: "publish", Act.DELETE: "delete"}


def may(
    user: User | None, act: Act, pages: Iterable[Reviewed], *, step: Step | None = None
) -> bool:
    """Return whether a user may do something to each of these; nobody may do anything.

    They are pages or snippets.

    To decide on a page is to take every step of its workflow. Of the workflow whose ``step`` is
    being decided, that step alone is asked for.
    """
    if user is None or not user.is_active:
        return False
    if user.is_superuser:
        return True
    if act is Act.DECIDE:
        return _may_decide(user, list(pages), step)
    return all(_may_do_to(page, act, user) for page in pages)


def _may_do_to(page: Reviewed, act: Act, user: User) -> bool:
    if isinstance(page, Page):
        return _may_do(act, PagePermissions(user, page))
    name = OF_SNIPPETS.get(act)
    if name is None:
        return False
    policy = policy_registry.get_by_type(type(page))
    return policy.user_has_permission_for_instance(user, name, page)


def _may_do(act: Act, permissions: PagePermissions) -> bool:
    if act is Act.ASK:
        return permissions.can_edit()
    if act is Act.UNPUBLISH:
        # What is offline already stays so.
        return permissions.can_unpublish() or not permissions.page.live
    if act is Act.DELETE:
        return permissions.can_delete()
    return permissions.can_move()


def _may_decide(user: User, pages: Collection[Reviewed], step: Step | None) -> bool:
    workflows = _workflows_of(pages)
    steps = _steps_of({key for key in workflows.values() if key is not None})
    if step is not None:
        steps[step.workflow_id] = [step.task]
    asked = set()
    for page in pages:
        workflow_id = workflows[page]
        tasks = steps[workflow_id] if workflow_id is not None else []
        if not tasks:
            return False  # nobody decides there but administrators
        if (workflow_id, page.locale_id) in asked:
            continue
        asked.add((workflow_id, page.locale_id))
        for task in tasks:
            if not isinstance(task, ReviewTask) or not task.is_reviewer(page, user):
                return False
    return True


def _workflows_of(pages: Iterable[Reviewed]) -> dict[Reviewed, int | None]:
    """Return the workflow of each page, of the nearest one up the tree; None where there is none.

    All snippets of a kind have the same.

    Wagtail's ``get_workflow()`` asks for one page at a time.
    """
    active = WorkflowPage.objects.filter(workflow__active=True)
    assigned = dict(active.values_list("page__path", "workflow"))
    found: dict[Reviewed, int | None] = {}
    for page in pages:
        if not isinstance(page, Page):
            workflow = page.get_workflow()
            found[page] = workflow.pk if workflow is not None else None
            continue
        above = [path for path in assigned if page.path.startswith(path)]
        found[page] = assigned[max(above, key=len)] if above else None
    return found


def _steps_of(workflow_ids: Collection[int]) -> dict[int, list[Task]]:
    """Return the steps of each workflow, as what they are."""
    links = WorkflowTask.objects.filter(workflow__in=workflow_ids, task__active=True)
    pairs = list(links.values_list("workflow", "task"))
    tasks = Task.objects.filter(pk__in=[pk for _workflow, pk in pairs]).specific()
    by_key = {task.pk: task for task in tasks}
    steps: dict[int, list[Task]] = defaultdict(list)
    for workflow_id, pk in pairs:
        steps[workflow_id].append(by_key[pk])
    return steps
