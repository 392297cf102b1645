from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.documents.models import AbstractDocument, Document

from .images import CustomImage, Rendition
from .storage import with_pass

__all__ = ["CustomDocument", "CustomImage", "PublishedUse", "Rendition"]


class CustomDocument(AbstractDocument):
    """A file for download.

    Its title is for editors. Readers get the title of the link, in the language of the page.
    """

    admin_form_fields = Document.admin_form_fields

    @property
    def url(self) -> str:
        return with_pass(super().url)


class PublishedUse(models.Model):
    """A picture or document that something live shows or links, as its row says.

    It is written in the transaction that changes the row. Wagtail's index of references knows of
    it later, and knows the rows of what is not live, too.
    """

    # What uses it; all pages are one kind.
    place_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    place_id = models.PositiveBigIntegerField()
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place_type", "place_id", "content_type", "object_id"],
                name="uploads_published_use_once",
            )
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="uploads_published_use")]

    def __str__(self) -> str:
        return f"{self.place_type_id}, {self.place_id}: {self.content_type_id}, {self.object_id}"
