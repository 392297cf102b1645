from wagtail.documents.models import AbstractDocument, Document

from .images import CustomImage, Rendition

__all__ = ["CustomDocument", "CustomImage", "Rendition"]


class CustomDocument(AbstractDocument):
    """A file for download.

    Its title is for editors. Readers get the title of the link, in the language of the page.
    """

    admin_form_fields = Document.admin_form_fields
