"""The work on reviews: who is at one, and what reminded of it."""

from django.conf import settings
from django.db import models
from wagtail.models import TaskState, WorkflowState


class Claim(models.Model):
    """The person who is at work on a review."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="claim")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    claimed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user}: {self.task_state_id}"


class Reminder(models.Model):
    """The days on which reviewers were reminded and administrators told; each happens once."""

    workflow_state = models.OneToOneField(
        WorkflowState, on_delete=models.CASCADE, related_name="reminder"
    )
    reminded_on = models.DateField()
    escalated_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.workflow_state_id}, {self.reminded_on}"
