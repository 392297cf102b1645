"""Check 11: tags, links and placeholders are those of the original, brackets are closed."""

import re
from collections import Counter

from django.utils.translation import gettext as _

from .alarms import Alarm
from .view import View, view_of

CHECK = "markup"
NAME = re.compile(r"<\s*(/?)\s*([a-zA-Z][\w-]*)")
LINK_ID = re.compile(r"\bid=[\"']([^\"']*)[\"']")
SAME = {"strong": "b", "em": "i", "strike": "s", "del": "s"}
BREAKS = {"br", "wbr", "hr"}  # each language breaks its lines where it must
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd](?!\w)|\{\w*\}|\{\{\s*[\w.]+\s*\}\}")
BRACKETS = {")": "(", "]": "[", "}": "{"}


def markup(source: str, target: str, language: str, source_language: str) -> list[Alarm]:
    """Refuse a text without a tag, link or placeholder of the original, or with one too many.

    Brackets are not counted against the original, in which commas may stand instead.
    """
    original = view_of(source)
    view = view_of(target)
    return [*_tags(original, view), *_placeholders(original, view), *_brackets(original, view)]


def _tags(original: View, view: View) -> list[Alarm]:
    wanted = Counter(_names(original))
    found = Counter(_names(view))
    start, end = view.whole()
    alarms = []
    if lost := sorted((wanted - found).elements()):
        message = _("%(lost)s of the original is missing.") % {"lost": ", ".join(lost)}
        alarms.append(Alarm(CHECK, start, end, message, refuses=True, about="lost"))
    if more := sorted((found - wanted).elements()):
        message = _("%(others)s does not stand in the original.") % {"others": ", ".join(more)}
        alarms.append(Alarm(CHECK, start, end, message, refuses=True, about="more"))
    if not alarms and _is_open(view):
        message = _("A tag is not closed, or closed where it is not open.")
        alarms.append(Alarm(CHECK, start, end, message, refuses=True))
    return alarms


def _names(view: View) -> list[str]:
    """Return the tags of a text, links by what they are the first or second of."""
    names = []
    for tag in view.tags:
        match = NAME.match(tag)
        if match is None or match[1]:
            continue
        name = SAME.get(match[2].lower(), match[2].lower())
        if name in BREAKS:
            continue
        found = LINK_ID.search(tag)
        names.append(f"<{name} {found[1]}>" if found else f"<{name}>")
    return names


def _is_open(view: View) -> bool:
    opened: list[str] = []
    for tag in view.tags:
        match = NAME.match(tag)
        if match is None or match[2].lower() in BREAKS:
            continue
        if not match[1]:
            opened.append(match[2].lower())
        elif not opened or opened.pop() != match[2].lower():
            return True
    return bool(opened)


def _placeholders(original: View, view: View) -> list[Alarm]:
    wanted = Counter(PLACEHOLDER.findall(original.plain))
    found = Counter(PLACEHOLDER.findall(view.plain))
    if wanted == found:
        return []
    start, end = view.whole()
    lost = ", ".join(sorted((wanted - found).elements()))
    more = ", ".join(sorted((found - wanted).elements()))
    if lost:
        message = _("%(lost)s of the original is missing.") % {"lost": lost}
    else:
        message = _("%(others)s does not stand in the original.") % {"others": more}
    return [Alarm(CHECK, start, end, message, refuses=True, about="placeholders")]


def _brackets(original: View, view: View) -> list[Alarm]:
    if _unbalanced(original.plain) is not None:
        return []  # "a)" counts
    position = _unbalanced(view.plain)
    if position is None:
        return []
    start, end = view.span(position, position + 1)
    message = _("This bracket has no other one.")
    return [Alarm(CHECK, start, end, message, refuses=True)]


def _unbalanced(plain: str) -> int | None:
    """Return the place of the first bracket without its other half, None where there is none."""
    opened: list[int] = []
    for position, letter in enumerate(plain):
        if letter in BRACKETS.values():
            opened.append(position)
        elif letter in BRACKETS:
            if not opened or plain[opened[-1]] != BRACKETS[letter]:
                return position
            opened.pop()
    return opened[0] if opened else None
