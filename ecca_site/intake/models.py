from django.db import models


class SentForm(models.Model):
    """A form that was sent and acted upon, with the answer that its sender got."""

    digest = models.CharField(max_length=64, primary_key=True)
    location = models.TextField(blank=True)
    messages = models.TextField(blank=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.location
