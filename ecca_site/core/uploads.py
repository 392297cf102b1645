"""What may be uploaded as a picture or a document. An extension alone proves nothing."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from . import svg
from .files import KeepsFileInUse

# How a file of each kind begins.
SIGNATURES = {
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
    """Refuse files that only look like pictures, animations, and more pixels than a worker can bear.

    Wagtail's own check of the pixels reads every frame and answers a broken file with a 500. SVG is written anew.
    """

    def to_python(self, data):
        if data and data.name.lower().endswith(".svg"):
            content = svg.clean(data.read(svg.MOST_BYTES + 1))
            data = SimpleUploadedFile(data.name, content, "image/svg+xml")
        return super().to_python(data)

    def check_image_pixel_size(self, file):
        if file.image.format_name == "svg":
            return
        most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
        is_animated = False
        try:
            file.seek(0)
            with PillowImage.open(file) as image:
                pixels = image.width * image.height
                is_animated = getattr(image, "is_animated", False)
                if pixels <= most and not is_animated:
                    image.load()
        except PillowImage.DecompressionBombError as error:
            pixels = int(re.search(r"\d+", str(error))[0])  # "Image size (400000000 pixels) exceeds limit of …"
        except Exception as error:  # Pillow raises whatever its decoders raise
            raise ValidationError(_("This file is not a picture that can be read.")) from error
        finally:
            file.seek(0)
        if pixels > most:
            raise ValidationError(
                _("This picture has %(pixels)s million pixels; at most %(most)s million are possible."),
                params={"pixels": pixels // 1_000_000, "most": most // 1_000_000},
            )
        if is_animated:
            raise ValidationError(_("Animated pictures are not possible. Upload a single picture."))


class ImageForm(KeepsFileInUse, BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            stock = self.fields["file"]
            self.fields["file"] = PictureField(label=stock.label, required=stock.required, widget=stock.widget)


class DocumentForm(KeepsFileInUse, BaseDocumentForm):
    def clean_file(self):
        """Refuse a file whose content is not what its extension says."""
        file = self.cleaned_data["file"]
        if not file or not hasattr(file, "content_type"):
            return file
        FileExtensionValidator(settings.WAGTAILDOCS_EXTENSIONS)(file)
        extension = file.name.rpartition(".")[2].lower()
        file.seek(0)
        head = file.read(512)
        file.seek(0)
        signatures = SIGNATURES.get(extension)
        fits = any(head[start:].startswith(magic) for start, magic in signatures) if signatures else b"\x00" not in head
        if not fits or b"<html" in head.lower() or b"<script" in head.lower():
            raise ValidationError(_("This file is not a %(extension)s file."), params={"extension": extension.upper()})
        return file

    def _post_clean(self):
        # The model would look at the file that was refused and find that it has no extension.
        if "file" not in self.errors:
            super()._post_clean()
