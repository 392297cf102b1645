"""JSON that somebody sends: its length and depth are looked at before it is parsed."""

import json
import math
import re
from typing import Any, NoReturn

LONGEST = 1_000_000  # characters
DEEPEST = 8  # a table needs four, a text with links five

# An escaped character of a string, or what opens or closes something.
TOKEN = re.compile(r'\\.|["\[\]{}]', re.DOTALL)
# NUL, and halves of characters: no database takes them.
NOT_STORABLE = re.compile(r"[\x00\ud800-\udfff]")


class Unreadable(ValueError):
    """Something has not the shape that what sends it gives it."""


def parse(sent: str) -> Any:
    """Return the value of JSON.

    Raises:
        Unreadable: it is none, too long or too deep, or holds a number that JSON does not have.
    """
    if len(sent) > LONGEST or depth_of(sent) > DEEPEST:
        raise Unreadable
    try:
        return json.loads(sent, parse_constant=_no_number, parse_float=_finite)
    except ValueError:
        raise Unreadable from None


def depth_of(text: str) -> int:
    """Return how deep the lists and objects of JSON are nested, without parsing it."""
    depth = 0
    deepest = 0
    is_in_string = False
    for found in TOKEN.findall(text):
        if found == '"':
            is_in_string = not is_in_string
        elif not is_in_string and found in ("[", "{"):
            depth += 1
            deepest = max(deepest, depth)
        elif not is_in_string and found in ("]", "}"):
            depth -= 1
    return deepest


def _no_number(name: str) -> NoReturn:
    raise Unreadable(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Unreadable(digits)
    return number


def is_storable(text: str) -> bool:
    return NOT_STORABLE.search(text) is None


def storable(text: str) -> str:
    """Return a text without the characters that no database takes."""
    return NOT_STORABLE.sub("", text)


def is_sound_body(body: bytes) -> bool:
    """Return whether what a script sent is an object of texts and numbers that can be kept."""
    try:
        content = parse(body.decode())
    except ValueError:
        return False
    return isinstance(content, dict) and is_storable(json.dumps(content, ensure_ascii=False))
