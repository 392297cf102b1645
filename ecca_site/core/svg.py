"""SVG pictures, written anew from what may stand in one: shapes, colours and texts, nothing that runs or fetches."""

import re
from xml.etree.ElementTree import Element, SubElement, tostring  # writes; defusedxml reads

from defusedxml import ElementTree
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SVG, HREFS = "{http://www.w3.org/2000/svg}", ("href", "{http://www.w3.org/1999/xlink}href")
MOST_BYTES = 200 * 1024
DEEPEST = 40  # elements within each other
LARGEST = 10_000  # units of a side

DRAWN = set("path rect circle ellipse line polyline polygon text tspan use".split())
WITH_TEXT = {"text", "tspan", "title", "desc", "style"}
ELEMENTS = DRAWN | WITH_TEXT | set("g defs symbol switch clipPath mask linearGradient radialGradient stop".split())
ATTRIBUTES = set(
    """
    class clip-path clip-rule clipPathUnits color cx cy d display dx dy fill fill-opacity fill-rule font-family
    font-size font-style font-weight fr fx fy gradientTransform gradientUnits height id letter-spacing mask
    maskContentUnits maskUnits offset opacity overflow paint-order pathLength points preserveAspectRatio r rotate rx ry
    spreadMethod stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-opacity stroke-width style text-anchor textLength transform vector-effect viewBox
    visibility width x x1 x2 y y1 y2
    """.split()
)
# What in a value or a style sheet would lead out of the file, or hide that it does.
LEADS_OUT = re.compile(
    r"[\\@<]|//|data:|script:|expression|(?:image(?:-set)?|src)\(|url\((?!\s*[\"']?#)", re.IGNORECASE
)
LENGTH = re.compile(r"\s*(\d*\.?\d+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*", re.IGNORECASE)


def clean(data):
    """Return an SVG file with only what is allowed of it, as bytes.

    Raises:
        ValidationError: it cannot be read, or nothing would be left to see.
    """
    if len(data) > MOST_BYTES:
        raise ValidationError(_("An SVG picture has at most %(most)s KB."), params={"most": MOST_BYTES // 1024})
    try:
        source = ElementTree.fromstring(data, forbid_dtd=True)
    except (SyntaxError, ValueError, LookupError) as error:
        raise ValidationError(
            _("This SVG file cannot be read, or it declares a document type. Export it as plain SVG.")
        ) from error
    picture = Element("svg", {"xmlns": SVG.strip("{}"), **_size(source), **_attributes(source)})
    if source.tag == f"{SVG}svg":
        _copy(source, picture, 0)
    _drop_what_multiplies(picture)
    if not any(element.tag in DRAWN for element in picture.iter()):
        raise ValidationError(_("Nothing that can be shown is in this SVG file."))
    return tostring(picture, encoding="utf-8", xml_declaration=True)


def _size(source):
    """Return width, height and the box of coordinates, each from the other where one is not said."""
    box = re.split(r"[\s,]+", source.get("viewBox", "").strip())
    sides = [LENGTH.fullmatch(source.get(name, "")) for name in ("width", "height")]
    try:
        box = [float(number) for number in box] if len(box) == 4 else None
        if not all(sides) and box is None:
            raise ValueError
        width, height = [float(side[1]) for side in sides] if all(sides) else box[2:]
    except ValueError:
        width = height = 0
    if not (1 <= width <= LARGEST and 1 <= height <= LARGEST):  # "nan" is refused, too
        raise ValidationError(_("This SVG file does not say how large it is. Give it width and height, or a viewBox."))
    numbers = box or [0, 0, width, height]
    return {"width": f"{width:g}", "height": f"{height:g}", "viewBox": " ".join(f"{number:g}" for number in numbers)}


def _attributes(source):
    sized = ("width", "height", "viewBox") if source.tag == f"{SVG}svg" else ()
    kept = {
        name: value
        for name, value in source.items()
        if name in ATTRIBUTES and name not in sized and not LEADS_OUT.search(value)
    }
    for name in HREFS:
        if re.fullmatch(r"#[\w.:-]+", source.get(name, "")):
            kept["href"] = source.get(name)
    return kept


def _copy(source, target, depth):
    if depth > DEEPEST:
        raise ValidationError(_("Nothing that can be shown is in this SVG file."))
    for child in source:
        name = child.tag.removeprefix(SVG)
        is_unsafe_style = name == "style" and LEADS_OUT.search("".join(child.itertext()))
        if name not in ELEMENTS or not child.tag.startswith(SVG) or is_unsafe_style:
            continue
        copy = SubElement(target, name, _attributes(child))
        if name in WITH_TEXT:
            copy.text = child.text
        if target.tag in ("text", "tspan"):
            copy.tail = child.tail
        _copy(child, copy, depth + 1)


def _drop_what_multiplies(picture):
    """Drop what is used where what it shows uses something in turn: ten such steps draw a shape a billion times."""
    multiplying = {
        element.get("id") for element in picture.iter() if any(inner.tag == "use" for inner in element.iter())
    } - {None}
    for parent in list(picture.iter()):
        for child in list(parent):
            if child.tag == "use" and child.get("href", "").removeprefix("#") in multiplying | {""}:
                parent.remove(child)
