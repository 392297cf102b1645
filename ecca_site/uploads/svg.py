"""SVG pictures, written anew from shapes, colours and texts: nothing in them runs or fetches."""

import math
import re
from xml.etree.ElementTree import Element, SubElement, tostring  # writes; defusedxml reads

from defusedxml import ElementTree
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .svg_allowed import (
    ATTRIBUTES,
    DRAWN,
    ELEMENTS,
    FILTER_ATTRIBUTES,
    FILTER_PARTS,
    UNSEEN,
    WITH_TEXT,
)
from .svg_size import size_of

SVG = "{http://www.w3.org/2000/svg}"
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
MOST_BYTES = 200 * 1024
DEEPEST = 40  # elements within each other
MOST_DRAWN = 50_000  # elements; those that are drawn twice count twice
MOST_STEPS = 10  # references, each to an element that refers to the next one
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Signs in a value or a style sheet that would lead out of the file, or hide that they do.
LEADS_OUT = re.compile(
    r"[\\@<]|//|data:|script:|expression|(?:image(?:-set)?|src)\(|url\((?!\s*[\"']?#)",
    re.IGNORECASE,
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AT_RULE = re.compile(
    r"@(?:charset|font-face|import|namespace)\b[^;{}]*(?:;|\{[^{}]*\})", re.IGNORECASE
)
REFERENCE = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")
# A document type as drawing programs write it, and the names that some of them give to addresses of
# namespaces.
DOCTYPE = re.compile(
    rb"""<!DOCTYPE\s+[\w:.-]+\s*(?:(?:PUBLIC|SYSTEM)\s*)?(?:"[^"<>]*"\s*|'[^'<>]*'\s*)*(?:\[(?P<names>[^\]]*)\]\s*)?>"""
)
NAMED = re.compile(rb"""<!ENTITY\s+([\w.-]+)\s+(?:"([^"&%<>]{0,200})"|'([^'&%<>]{0,200})')\s*>""")


def clean(data: bytes) -> bytes:
    """Return an SVG file with only what is allowed of it.

    Raises:
        ValidationError: it cannot be read, or nothing would be left to see.
    """
    return clean_and_tell(data)[0]


def clean_and_tell(data: bytes) -> tuple[bytes, list[str]]:
    """Return what ``clean`` does, and the names of left-out elements that might be missed.

    Raises:
        ValidationError: as ``clean`` does.
    """
    if len(data) > MOST_BYTES:
        raise ValidationError(
            _("An SVG picture has at most %(most)s KB."), params={"most": MOST_BYTES // 1024}
        )
    try:
        source = ElementTree.fromstring(_without_doctype(data), forbid_dtd=True)
    except (SyntaxError, ValueError, LookupError) as error:
        message = _(
            "This SVG file cannot be read, or it declares a document type. Export it as plain SVG."
        )
        raise ValidationError(message) from error
    attributes = {"xmlns": SVG.strip("{}"), **size_of(source), **_attributes(source, is_root=True)}
    picture = Element("svg", attributes)
    left_out: set[str] = set()
    if source.tag == f"{SVG}svg":
        _copy(source, picture, 0, left_out)
    _drop_lost_filters(picture)
    if drawn_elements(picture) > MOST_DRAWN:
        _drop_nested_uses(picture)
    if drawn_elements(picture) > MOST_DRAWN:
        raise ValidationError(
            _("This SVG file repeats its parts too often. Export it as plain SVG.")
        )
    if not any(element.tag in DRAWN for element in picture.iter()):
        raise ValidationError(_("Nothing that can be shown is in this SVG file."))
    return tostring(picture, encoding="utf-8", xml_declaration=True), sorted(left_out)


def _without_doctype(data: bytes) -> bytes:
    """Return a file without its document type; the names that this gives are put in.

    A document type that says anything else stays, so that the file is refused.
    """
    found = DOCTYPE.search(data, 0, data.find(b"<svg") + 1 or 4096)
    if found is None:
        return data
    rest = data[: found.start()] + data[found.end() :]
    names = found["names"]
    if not names:
        return rest
    if NAMED.sub(b"", names).strip():
        return data
    for name, in_double_quotes, in_single_quotes in NAMED.findall(names):
        rest = rest.replace(b"&" + name + b";", in_double_quotes or in_single_quotes)
        if len(rest) > 2 * MOST_BYTES:
            return data
    return rest


def _attributes(source: Element, *, is_root: bool = False) -> dict[str, str]:
    """Return the attributes that an element keeps; a link (``a``) keeps no address."""
    name = source.tag.removeprefix(SVG)
    allowed = ATTRIBUTES
    if name in FILTER_PARTS:
        allowed = ATTRIBUTES | FILTER_ATTRIBUTES
    if is_root:
        allowed = allowed - {"width", "height", "viewBox"}
    kept = {}
    for key, value in source.items():
        if key not in allowed:
            continue
        if not LEADS_OUT.search(value):
            kept[key] = value
        elif key == "style":
            rules = [rule for rule in value.split(";") if not LEADS_OUT.search(rule)]
            kept[key] = ";".join(rules)
    space = source.get(XML_SPACE)
    if space in ("default", "preserve"):
        kept["xml:space"] = space
    if name == "a":
        return kept
    for key in HREFS:
        address = source.get(key, "")
        if re.fullmatch(r"#[\w.:-]+", address):
            kept["href"] = address
    return kept


def _copy(source: Element, target: Element, depth: int, left_out: set[str]) -> None:
    """Copy what may stand in a picture from an element to another; name the rest in ``left_out``.

    Raises:
        ValidationError: the elements stand within each other too deep.
    """
    if depth > DEEPEST:
        raise ValidationError(_("Nothing that can be shown is in this SVG file."))
    for child in source:
        name = child.tag.removeprefix(SVG)
        if not child.tag.startswith(SVG):
            continue
        if name not in ELEMENTS or _is_filter_of_other_parts(child):
            if name not in UNSEEN:
                left_out.add(name)
            continue
        if name == "style":
            text = _style_sheet(child)
            if text is None:
                left_out.add(name)
            else:
                SubElement(target, name, _attributes(child)).text = text
            continue
        copy = SubElement(target, "g" if name == "a" else name, _attributes(child))
        if name in WITH_TEXT:
            copy.text = child.text
        if target.tag in ("text", "tspan", "textPath"):
            copy.tail = child.tail
        _copy(child, copy, depth + 1, left_out)


def _is_filter_of_other_parts(element: Element) -> bool:
    """Return whether an element is a filter with parts that are left out.

    Half a filter would show something else, or nothing.
    """
    if element.tag != f"{SVG}filter":
        return False
    return any(part.tag.removeprefix(SVG) not in ELEMENTS for part in element.iter())


def _style_sheet(element: Element) -> str | None:
    """Return the text of a style sheet without rules that fetch fonts and sheets.

    It is None where the text leads out of the file all the same.
    """
    text = AT_RULE.sub("", COMMENT.sub("", "".join(element.itertext())))
    if LEADS_OUT.search(text):
        return None
    return text


def _drop_lost_filters(picture: Element) -> None:
    """Drop references to filters that are not there.

    Some browsers show nothing instead of the shape.
    """
    there = {element.get("id") for element in picture.iter("filter")}
    for element in picture.iter():
        found = REFERENCE.match(element.get("filter", ""))
        if found and found[1] not in there:
            del element.attrib["filter"]


def drawn_elements(picture: Element) -> float:
    """Return how many elements a browser draws, each as often as something refers to it.

    It is infinite where an element refers to itself, or the steps are more than MOST_STEPS.
    """
    by_id = {element.get("id"): element for element in picture.iter() if element.get("id")}
    known: dict[Element, float] = {}

    def cost(element: Element, depth: int) -> float:
        if element not in known:
            # While it is counted: an element that refers to itself never ends.
            known[element] = math.inf
            total = 1 + sum(cost(child, depth) for child in element)
            for name in _references(element):
                if name not in by_id:
                    continue
                if depth < MOST_STEPS:
                    total += cost(by_id[name], depth + 1)
                else:
                    total = math.inf
            known[element] = total
        return known[element]

    return cost(picture, 0)


def _references(element: Element) -> list[str]:
    """Return the ids of the elements that an element refers to, each as often as it does."""
    names = []
    address = element.get("href")
    if address:
        names.append(address.removeprefix("#"))
    for value in element.attrib.values():
        names += REFERENCE.findall(value)
    if element.tag == "style":
        names += REFERENCE.findall(element.text or "")
    return names


def _drop_nested_uses(picture: Element) -> None:
    """Drop each use of an element that uses something in turn, or of nothing.

    Ten such steps draw a shape a billion times.
    """
    dropped = {""}
    for element in picture.iter():
        uses = element.iter("use")
        name = element.get("id")
        if name is not None and next(uses, None) is not None:
            dropped.add(name)
    for parent in list(picture.iter()):
        for child in list(parent):
            if child.tag == "use" and child.get("href", "").removeprefix("#") in dropped:
                parent.remove(child)
