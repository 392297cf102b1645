"""The size of an SVG picture, which many of them say in one of two places."""

import re
from xml.etree.ElementTree import Element  # writes; defusedxml reads

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST = 100_000  # units of a side
SMALLEST_SIDE = 1  # pixel that a picture says it has
LARGEST_SIDE = 4_000  # pixels
LENGTH = re.compile(r"\s*(\d*\.?\d+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*", re.IGNORECASE)
PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


def size_of(source: Element) -> dict[str, str]:
    """Return width, height and the box of coordinates, each from the other if one is missing.

    Raises:
        ValidationError: both are missing, or make no sense.
    """
    width = _pixels(source.get("width", ""))
    height = _pixels(source.get("height", ""))
    box = _box(source.get("viewBox", ""))
    if not (width and height):
        width, height = box[2:] if box else (0, 0)
    if not box:
        box = [0, 0, width, height]
    if not (0 < width <= LARGEST and 0 < height <= LARGEST):  # "nan" is refused, too
        raise ValidationError(
            _("This SVG file does not say how large it is. Give it width and height, or a viewBox.")
        )
    # The units of a drawing are its own: it is shown in any size.
    scale = max(SMALLEST_SIDE / min(width, height), 1) * min(LARGEST_SIDE / max(width, height), 1)
    return {
        "width": f"{width * scale:g}",
        "height": f"{height * scale:g}",
        "viewBox": " ".join(f"{number:g}" for number in box),
    }


def _box(text: str) -> list[float]:
    """Return the four numbers of a viewBox, an empty list where it does not hold four."""
    numbers = re.split(r"[\s,]+", text.strip())
    if len(numbers) != 4:
        return []
    try:
        return [float(number) for number in numbers]
    except ValueError:
        return []


def _pixels(text: str) -> float:
    """Return a length in pixels, 0 where it is none."""
    length = LENGTH.fullmatch(text)
    if length is None:
        return 0
    unit = (length[2] or "").lower()
    return float(length[1]) * PIXELS[unit]
