from django.db import models


class Worker(models.Model):
    """A worker that is alive, or was so a moment ago."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker_id
