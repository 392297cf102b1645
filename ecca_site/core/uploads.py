"""What may be uploaded as a picture or a document. An extension alone proves nothing."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

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


class ImageForm(BaseImageForm):
    def clean_file(self):
        """Refuse files that only look like pictures, animations, and more pixels than a worker can bear."""
        file = self.cleaned_data["file"]
        if not file or not hasattr(file, "content_type"):
            return file
        try:
            file.seek(0)
            with PillowImage.open(file) as image:
                width, height = image.size
                if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                    raise ValidationError(
                        _("This picture has %(pixels)s million pixels; at most %(most)s million are possible."),
                        params={
                            "pixels": width * height // 1_000_000,
                            "most": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000,
                        },
                    )
                if getattr(image, "n_frames", 1) > 1:
                    raise ValidationError(_("Animated pictures are not possible. Upload a single picture."))
                image.load()
        except ValidationError:
            raise
        except Exception as error:  # Pillow raises whatever its decoders raise
            raise ValidationError(_("This file is not a picture that can be read.")) from error
        finally:
            file.seek(0)
        return file


class DocumentForm(BaseDocumentForm):
    def clean_file(self):
        """Refuse a file whose content is not what its extension says."""
        file = self.cleaned_data["file"]
        if not file or not hasattr(file, "content_type"):
            return file
        extension = file.name.rpartition(".")[2].lower()
        file.seek(0)
        head = file.read(512)
        file.seek(0)
        signatures = SIGNATURES.get(extension)
        fits = any(head[start:].startswith(magic) for start, magic in signatures) if signatures else b"\x00" not in head
        if not fits or b"<html" in head.lower() or b"<script" in head.lower():
            raise ValidationError(_("This file is not a %(extension)s file."), params={"extension": extension.upper()})
        return file
