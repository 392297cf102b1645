from django.db import models
from wagtail.models import Revision, TaskState


class Seal(models.Model):
    """Everything that a version showed when it was submitted, or that a request was about.

    The latest one of a task state counts, and of a version that waits for its date or for other
    languages the latest one of its reviews.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="seals")
    # None where a version was given a date without a review.
    task_state = models.ForeignKey(
        TaskState, null=True, on_delete=models.CASCADE, related_name="seals"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    # [kind, key, mark, name] of each thing (see ``sealing.things``), in order.
    things = models.JSONField(default=list)
    # The primary keys of those who wrote or submitted the version.
    authors = models.JSONField(default=list)
    digest = models.CharField(max_length=64)  # of things and content, SHA-256

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.digest[:8]}"
