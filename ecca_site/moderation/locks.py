from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock

from ecca_site.users.models import User


class ReviewLock(WorkflowLock):
    """The lock of a version under review, which is read, not edited."""

    def get_message(self, user: User) -> str:
        state = self.object.current_workflow_task_state
        is_over = state is None  # since the page was read
        if not is_over and self.task.is_reviewer(self.object, user):
            address = reverse("moderation_review", args=[state.pk])
            text = _("This version waits for a decision.")
            return format_html('{} <a href="{}">{}</a>', text, address, _("Review it"))
        return _(
            "This version waits for a decision. Until then nobody changes it; "
            "who submitted it may withdraw it."
        )

    def get_locked_by(self, user: User, can_lock: bool = False) -> str:
        return _("Under review")

    def get_description(self, user: User, can_lock: bool = False) -> str:
        return _("Nobody changes a version while it waits for a decision.")
