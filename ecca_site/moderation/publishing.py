"""What happens when the last review of a workflow is approved.

Wagtail imports this module while its workflow model is being defined, so it must not import ``wagtail.models``.
"""

from wagtail import hooks


def publish_approved(workflow_state, user=None):
    """Publish exactly the revision that was reviewed, or do what was asked for.

    Stock Wagtail publishes the latest revision instead (wagtail#6249), and does so with the approver's own page
    permission, which a reviewer here does not have: what a reviewer may do is said by the task's groups.
    """
    if hasattr(workflow_state, "page_request"):
        from .mails import request_granted  # see above

        request_granted(workflow_state, user)  # before: a deleted page takes along all that the mail tells of it
        workflow_state.page_request.carry_out(user)
        return
    if any(hook(workflow_state, user) for hook in hooks.get_hooks("hold_approved_version")):
        return  # it goes live later, together with others
    workflow_state.current_task_state.revision.publish(user=user, skip_permission_checks=True)
