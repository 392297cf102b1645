import uuid

from django.db import models


class Change(models.Model):
    """Something that visitors of a language see was published, taken offline or exchanged.

    Rows are only added: people who publish at once do not wait for each other here.
    """

    language_code = models.CharField(max_length=10)
    token = models.UUIDField(default=uuid.uuid4)  # not the key: a database may be brought back

    class Meta:
        indexes = [models.Index(fields=["language_code", "-id"], name="latest_changes")]

    def __str__(self) -> str:
        return f"{self.language_code}: {self.token}"
