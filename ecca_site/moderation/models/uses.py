from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Revision


class FileUse(models.Model):
    """A picture or document that a version uses, written whenever the version is saved."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="file_uses")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "revision"], name="moderation_file_use_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.content_type_id}, {self.object_id}"
