from wagtail.admin.apps import WagtailAdminAppConfig


class AdminWithoutMailsConfig(WagtailAdminAppConfig):
    """Wagtail's CMS without its own mails about workflows: those of ``mails`` take their place.

    Wagtail's leave the process inside the request, and their HTML part is in the language of
    whoever acted.
    """

    def ready(self) -> None:
        super().ready()
        from wagtail.models import TaskState, WorkflowState
        from wagtail.signals import (
            task_submitted,
            workflow_approved,
            workflow_rejected,
            workflow_submitted,
        )

        for signal, sender, uid in (
            (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
            (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
            (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
            (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
        ):
            if not signal.disconnect(sender=sender, dispatch_uid=uid):
                raise RuntimeError(
                    f"Wagtail no longer has the mail {uid}: look at what it sends instead."
                )
