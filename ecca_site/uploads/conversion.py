"""The conversion of a picture on its way in: upright, in sRGB, 8 bits a channel, pixels alone.

A camera writes place, owner and serial number into a picture, and a second picture behind it.
Nothing of that is kept, since only the pixels are written anew. The result can be written in every
format that the site uses.
"""

import math
import re
import threading
import warnings
from io import BytesIO
from pathlib import PurePath
from typing import cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image as PillowImage
from PIL import ImageCms, ImageOps
from willow.plugins import pillow as _registers_heic  # noqa: F401

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"]
# Formats of phones: pictures behind the first are dropped. In other formats they are an animation.
# Pillow calls a JPEG with more than one picture MPO.
HAS_ONE_PICTURE = {"JPEG", "MPO", "HEIF"}
MOST_JPEG_PIXELS = 110_000_000  # decoded at half or a quarter of its size
MOST_PROGRESSIVE_PIXELS = 70_000_000  # all of it is held in memory
MOST_HEIC_PIXELS = 50_000_000
MOST_STORED_PIXELS = 8_000_000
LONGEST_STORED_SIDE = 8_000  # WebP ends at 16,383
SCALABLE = {"L", "LA", "RGB", "RGBA", "CMYK"}
QUALITY = 92
ENDINGS = {"JPEG": [".jpg", ".jpeg"], "PNG": [".png"], "WEBP": [".webp"]}
NAMES = {
    "JPEG": "JPEG",
    "MPO": "JPEG",
    "PNG": "PNG",
    "WEBP": "WebP",
    "AVIF": "AVIF",
    "HEIF": "HEIC",
}

Size = tuple[int, int]  # width and height in pixels

# A large picture takes a quarter of a gigabyte for a moment: one at a time in each process.
one_at_a_time = threading.Lock()


def take_in(upload: UploadedFile) -> list[str]:
    """Write the picture of an upload anew into the upload; return what its uploader should know.

    Raises:
        ValidationError: it is no picture that can be read, is animated, or has too many pixels.
    """
    with one_at_a_time, warnings.catch_warnings():
        # Pillow warns of many pixels, which are counted here, and of broken metadata, which go.
        warnings.simplefilter("ignore")
        image, source_format, size = _read(upload)
        target_format = _target_format(source_format, image)
        content = _write(image, target_format, is_lossless=_is_lossless_webp(upload))
        stored_size = image.size
    notes = []
    if NAMES[target_format] != NAMES[source_format]:
        formats = {"before": NAMES[source_format], "after": NAMES[target_format]}
        notes.append(_("This picture was converted from %(before)s to %(after)s.") % formats)
    if math.prod(size) > math.prod(stored_size):
        sizes = {"before": _dimensions(size), "after": _dimensions(stored_size)}
        notes.append(
            _("This picture was made smaller, from %(before)s to %(after)s pixels.") % sizes
        )
    rewrite(upload, content, _named(upload.name, target_format))
    return notes


def plain(image: PillowImage.Image) -> PillowImage.Image:
    """Return the pixels of a picture of any mode, upright, in sRGB, as RGB or RGBA and no more."""
    image = _in_srgb(_in_eight_bits(_upright(image)))
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] == 255:
        image = image.convert("RGB")
    image = image.copy()
    image.info = {}
    return image


# --- Reading -------------------------------------------------------------------------------------
def _read(upload: UploadedFile) -> tuple[PillowImage.Image, str, Size]:
    """Return the plain picture of an upload, its format, and the size it had."""
    unreadable = ValidationError(_("This file is not a picture that can be read."))
    upload.seek(0)
    is_jpeg = upload.read(2) == b"\xff\xd8"
    most = MOST_JPEG_PIXELS if is_jpeg else settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    upload.seek(0)
    try:
        image = PillowImage.open(upload, formats=FORMATS)
    except PillowImage.DecompressionBombError as error:
        raise _too_many(_pixels_named(error), most) from error
    except Exception as error:  # Pillow raises whatever its decoders raise
        raise unreadable from error
    source_format = str(image.format)
    size = image.size
    if image.info.get("progressive"):
        most = MOST_PROGRESSIVE_PIXELS
    elif source_format == "HEIF":
        most = MOST_HEIC_PIXELS
    if math.prod(size) > most:
        raise _too_many(math.prod(size), most)
    if source_format not in HAS_ONE_PICTURE and getattr(image, "is_animated", False):
        raise ValidationError(_("Animated pictures are not possible. Upload a single picture."))
    try:
        return plain(_scaled(image)), source_format, size
    except Exception as error:
        raise unreadable from error


def _pixels_named(error: PillowImage.DecompressionBombError) -> int:
    """Return the number in "Image size (400000000 pixels) exceeds limit of …"."""
    return int(re.findall(r"\d+", str(error))[0])


def _too_many(pixels: int, most: int) -> ValidationError:
    return ValidationError(
        _("This picture has %(pixels)s million pixels; at most %(most)s million are possible."),
        params={"pixels": math.ceil(pixels / 1_000_000), "most": most // 1_000_000},
    )


def _scaled(image: PillowImage.Image) -> PillowImage.Image:
    """Return a picture no larger than the site stores; of a JPEG no more than twice is decoded."""
    width, height = image.size
    scale = min(
        1,
        math.sqrt(MOST_STORED_PIXELS / (width * height)),
        LONGEST_STORED_SIDE / max(width, height),
    )
    if scale == 1:
        image.load()
        return image
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    image.draft(None, size)
    image.load()
    if image.mode not in SCALABLE:
        image = _in_eight_bits(image)
    return image.resize(size, PillowImage.Resampling.LANCZOS, reducing_gap=2.0)


# --- Pixels --------------------------------------------------------------------------------------
def _upright(image: PillowImage.Image) -> PillowImage.Image:
    """Return a picture upright; where its orientation cannot be read it stays as it is."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # Pillow raises whatever it meets in broken metadata
        return image


def _in_eight_bits(image: PillowImage.Image) -> PillowImage.Image:
    """Return a picture as L, RGB, RGBA or CMYK."""
    if image.mode.startswith("I") or image.mode == "F":
        return _in_grey(image)
    if image.has_transparency_data:
        try:
            return image.convert("RGBA")
        except (ValueError, TypeError):
            # The transparent colour is none of this mode.
            image.info.pop("transparency", None)
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("RGB")


def _in_grey(image: PillowImage.Image) -> PillowImage.Image:
    """Return a grey picture of 16 or 32 bits, or of real numbers, with 8 bits."""
    if image.mode.startswith("I;16"):
        image = image.convert("I")
        white: float = 65_535
    else:
        _darkest, brightest = cast("tuple[float, float]", image.getextrema())
        white = next((limit for limit in (1, 255, 65_535) if brightest <= limit), brightest)
    return image.point(lambda value: value * (255 / white) + 0.5).convert("L")


def _in_srgb(image: PillowImage.Image) -> PillowImage.Image:
    """Return a picture in the colours of the web, as RGB or RGBA."""
    target_mode = "RGBA" if image.mode == "RGBA" else "RGB"
    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode=target_mode)
            # It is None only where a picture is converted in place.
            return cast("PillowImage.Image", converted)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            # A profile that is broken, or of another kind of picture, says nothing.
            pass
    if image.mode == target_mode:
        return image
    return image.convert(target_mode)


# --- Writing -------------------------------------------------------------------------------------
def _target_format(source_format: str, image: PillowImage.Image) -> str:
    if source_format in ENDINGS:
        return source_format
    if source_format == "MPO" or image.mode == "RGB":
        return "JPEG"
    return "WEBP"


def _is_lossless_webp(upload: UploadedFile) -> bool:
    upload.seek(0)
    head = upload.read(65_536)
    upload.seek(0)
    return head.startswith(b"RIFF") and b"VP8L" in head


def _write(image: PillowImage.Image, target_format: str, *, is_lossless: bool) -> memoryview:
    options: dict[str, int]
    if target_format == "PNG":
        options = {"compress_level": 3}
    elif target_format == "WEBP" and is_lossless:
        options = {"lossless": True, "method": 0}
    else:
        options = {"quality": QUALITY}
    content = BytesIO()
    image.save(content, target_format, **options)
    return content.getbuffer()


def _named(name: str, target_format: str) -> str:
    """Return a file's name with the ending of its format: browsers and Wagtail go by it."""
    path = PurePath(name)
    if path.suffix.lower() in ENDINGS[target_format]:
        return name
    return path.stem + ENDINGS[target_format][0]


def rewrite(upload: UploadedFile, content: bytes | memoryview, name: str) -> None:
    """Put another content into an upload.

    Whoever holds the upload, or its temporary file, has the new content.
    """
    upload.seek(0)
    upload.truncate()
    upload.write(content)
    upload.flush()
    upload.seek(0)
    upload.size = len(content)
    upload.name = name


def _dimensions(size: Size) -> str:
    return f"{size[0]} × {size[1]}"
