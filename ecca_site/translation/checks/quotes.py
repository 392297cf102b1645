"""Check 5: quotation marks are those of the language."""

from django.utils.translation import gettext as _

from .alarms import Alarm
from .language import Language, language_of
from .view import View, view_of

CHECK = "quotes"
# Single ones are apostrophes, too: they are looked at only inside others, by whoever reads.
MARKS = '"„“”«»‟'
BEFORE_OPENING = " \n\t\u00a0\u202f([{–—-/"
AFTER_CLOSING = " \n\t\u00a0\u202f)]}.,;:!?…–—-/"


def quotes(source: str, target: str, language: str, source_language: str) -> list[Alarm]:
    """Ask where a mark is another language's; nothing is counted against the original.

    Inches, and what stands in code, are no quotation marks.
    """
    rules = language_of(language)
    if not rules.quotes:
        return []
    view = view_of(target)
    alarms = []
    depth = 0
    for position, mark in enumerate(view.plain):
        if mark not in MARKS or _is_inch(view.plain, position) or _is_code(view, position):
            continue
        opens = _opens(view.plain, position, depth)
        if opens is None:
            continue
        inside = depth if opens else max(0, depth - 1)
        depth = inside + 1 if opens else inside
        allowed = _allowed(rules, opens, inside)
        if mark in allowed:
            continue
        right = allowed[0]
        start, end = view.span(position, position + 1)
        message = _("The mark %(found)s stands here; this language has %(right)s.") % {
            "found": mark,
            "right": right,
        }
        alarms.append(Alarm(CHECK, start, end, message, mend=right))
    return alarms


def _allowed(rules: Language, opens: bool, inside: int) -> list[str]:
    """Return the marks of a language: its own pair, or those that stand inside others."""
    pairs = rules.quotes[1:] if inside and len(rules.quotes) > 1 else rules.quotes[:1]
    side = 0 if opens else 1
    return [pair[side] for pair in pairs]


def _opens(plain: str, position: int, depth: int) -> bool | None:
    """Return whether a mark opens by what stands about it, None where that cannot be seen."""
    before = plain[position - 1] if position else " "
    after = plain[position + 1] if position + 1 < len(plain) else " "
    may_open = before in BEFORE_OPENING or before in MARKS
    may_close = after in AFTER_CLOSING or after in MARKS
    if may_open and may_close:
        return depth == 0
    if may_open:
        return True
    if may_close or depth:
        return False
    return None


def _is_inch(plain: str, position: int) -> bool:
    return plain[position] in '"”' and position > 0 and plain[position - 1].isdigit()


def _is_code(view: View, position: int) -> bool:
    before = view.text[: view.starts[position]].lower()
    return before.rfind("<code") > before.rfind("</code")
