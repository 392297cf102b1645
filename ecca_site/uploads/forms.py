"""Forms that take in pictures and documents. An extension alone proves nothing."""

import logging
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from . import conversion, svg
from .files import KeepsFileInUse
from .images import CustomImage

logger = logging.getLogger(__name__)

# The bytes that a file of each kind has, and where.
SIGNATURES: dict[str, list[tuple[int, bytes]]] = {
    "pdf": [(0, b"%PDF-")],
    "docx": [(0, b"PK\x03\x04")],
    "odp": [(0, b"PK\x03\x04")],
    "ods": [(0, b"PK\x03\x04")],
    "odt": [(0, b"PK\x03\x04")],
    "pptx": [(0, b"PK\x03\x04")],
    "xlsx": [(0, b"PK\x03\x04")],
    "mp4": [(4, b"ftyp")],
    "webm": [(0, b"\x1a\x45\xdf\xa3")],
    "vtt": [(0, b"WEBVTT"), (0, b"\xef\xbb\xbfWEBVTT")],
    "ics": [(0, b"BEGIN:VCALENDAR")],
}


class PictureField(WagtailImageField):
    """A field that writes every picture anew: SVG from its shapes, all others from their pixels.

    Files that cannot be read, are animated or have more pixels than a worker can bear are refused.
    """

    help_text: Promise | str

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        note = _(
            "Pictures of phones (HEIC) are converted, and large ones made "
            "smaller. Place and camera are taken out."
        )
        self.help_text = format_lazy("{} {}", self.help_text, note)

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        """Replace the content of the upload itself.

        Wagtail keeps the upload where another field is invalid.
        """
        if not data:
            return super().to_python(data)
        extension = PurePath(data.name).suffix.lower().removeprefix(".")
        if extension not in self.allowed_image_extensions:
            raise ValidationError(
                self.error_messages["invalid_image_extension"], code="invalid_image_extension"
            )
        self.check_image_file_size(data)
        # The upload is all that a field has in common with what answers the request: this is said
        # there (``UploadNotesMiddleware``).
        data.uploaded_name = data.name
        if extension == "svg":
            content, left_out = svg.clean_and_tell(data.read(svg.MOST_BYTES + 1))
            conversion.rewrite(data, content, data.name)
            note = gettext("Left out of this drawing: %(names)s. Compare it with the original.")
            data.notes = [note % {"names": ", ".join(left_out)}] if left_out else []
        else:
            data.notes = conversion.take_in(data)
        return super().to_python(data)

    def check_image_pixel_size(self, file: UploadedFile) -> None:
        """Check nothing, since the pixels have been counted.

        Wagtail's check would read every frame, and answers a broken file with a 500.
        """


class ImageForm(KeepsFileInUse, BaseImageForm):
    """A form that accepts a picture only when every format and size of it could be made."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            stock = self.fields["file"]
            self.fields["file"] = PictureField(
                label=stock.label, required=stock.required, widget=stock.widget
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        if "file" in self.errors or "file" not in self.changed_data:
            return
        if self.instance.is_svg():
            return
        try:
            self.instance.encode(self.cleaned_data["file"])
        except Exception:  # whatever encoders raise
            logger.exception("A picture that could be read could not be written in all formats")
            self.add_error(
                "file",
                _("This picture cannot be shown in every size. Save it anew with another program."),
            )

    def save(self, commit: bool = True) -> CustomImage:
        image: CustomImage = super().save(commit=commit)
        if commit and image.encoded:
            image.store_encoded()
        return image


class DocumentForm(KeepsFileInUse, BaseDocumentForm):
    def clean_file(self) -> File:
        """Refuse a file whose content is not what its extension says."""
        file = self.cleaned_data["file"]
        if not file or not hasattr(file, "content_type"):
            return file
        FileExtensionValidator(settings.WAGTAILDOCS_EXTENSIONS)(file)
        extension = file.name.rpartition(".")[2].lower()
        file.seek(0)
        head = file.read(512)
        file.seek(0)
        if not has_signature(head, extension) or is_web_page(head):
            raise ValidationError(
                _("This file is not a %(extension)s file."), params={"extension": extension.upper()}
            )
        return file

    def _post_clean(self) -> None:
        # The model would look at the file that was refused and find that it has no extension.
        if "file" not in self.errors:
            super()._post_clean()


def has_signature(head: bytes, extension: str) -> bool:
    """Return whether a file begins as one of its kind does; a text needs only to have no NUL."""
    if extension not in SIGNATURES:
        return b"\x00" not in head
    return any(head[start:].startswith(magic) for start, magic in SIGNATURES[extension])


def is_web_page(head: bytes) -> bool:
    lower = head.lower()
    return b"<html" in lower or b"<script" in lower
