"""The end of a workflow, when its last review is approved.

Wagtail imports this module while its workflow model is being defined, so it must not import
``wagtail.models``.
"""

from typing import TYPE_CHECKING

from wagtail import hooks

from .ledger.rules import Rule, under

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from ecca_site.users.models import User


def publish_approved(workflow_state: "WorkflowState", user: "User | None" = None) -> None:
    """Publish exactly the revision that was reviewed, or do what was asked for.

    Stock Wagtail publishes the latest revision instead (wagtail#6249), and does so with the
    approver's own page permission, which a reviewer here does not have: the groups of the task say
    what a reviewer may do.
    """
    if hasattr(workflow_state, "page_request"):
        from .decision_mails import request_granted  # see above

        # The mail comes first: a deleted page takes along all that it tells of.
        request_granted(workflow_state, user)
        with under(Rule.REQUEST, user):
            workflow_state.page_request.carry_out(user)
        return
    if any(hook(workflow_state, user) for hook in hooks.get_hooks("hold_approved_version")):
        return  # it goes live later, together with others
    workflow_state.current_task_state.revision.publish(user=user, skip_permission_checks=True)
