"""Check 1: the numbers of a translation are those of the original."""

import re
from collections import Counter

from django.utils.translation import gettext as _

from .addresses import without_addresses
from .alarms import Alarm
from .language import Language, language_of
from .view import View, view_of

CHECK = "numbers"
DIGITS = re.compile(r"\d+")
ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b", re.IGNORECASE)
DECADE = re.compile(r"\b(\d{2,4})['’]?s\b")
ALWAYS = re.compile(r"\b24/7\b")
AFTERNOON = re.compile(r"\b(\d{1,2})(?=(?:[.:]\d{2})?\s?p\.?m\b)", re.IGNORECASE)
ROMAN = re.compile(r"\b(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?<=[IVX])\b")
SMALL_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def numbers(source: str, target: str, language: str, source_language: str) -> list[Alarm]:
    """Ask where the digits differ, however a language groups and orders them.

    Ordinals, decades and "24/7" may be words in a translation, and words may be digits.
    """
    original = _Numbers(source, language_of(source_language), language_of(language))
    here = _Numbers(target, language_of(language), language_of(source_language))
    lost = original.sure - here.sure - here.unsure
    more = here.sure - original.sure - original.unsure
    if not lost and not more:
        return []
    missing = ", ".join(str(number) for number in sorted(lost.elements()))
    added = ", ".join(str(number) for number in sorted(more.elements()))
    if missing and added:
        message = _("The original has %(lost)s, here stands %(others)s.")
    elif missing:
        message = _("%(lost)s of the original is missing.")
    else:
        message = _("%(others)s does not stand in the original.")
    start, end = here.place_of(more)
    return [Alarm(CHECK, start, end, message % {"lost": missing, "others": added})]


class _Numbers:
    """The numbers of a text: those that the other text must have, and those that it may."""

    def __init__(self, text: str, language: Language, other: Language) -> None:
        self.view: View = view_of(text)
        self.plain = without_addresses(self.view.plain).translate(SMALL_DIGITS)
        self.sure: Counter[int] = Counter()
        self.unsure: Counter[int] = Counter()
        self.groups: list[tuple[int, int, int]] = []  # number, and where it stands
        rest = self._take_loose(self.plain)
        self._take_groups(rest, language, other)
        self._take_words(language)

    def _take_loose(self, plain: str) -> str:
        """Take what may be words elsewhere; return the rest with as many letters."""
        for match in AFTERNOON.finditer(plain):
            self.unsure.update((int(match[1]), int(match[1]) % 12 + 12))
        for _match in ALWAYS.finditer(plain):
            self.unsure.update((24, 7))
        for match in ORDINAL.finditer(plain):
            self.unsure[int(match[1])] += 1
        for match in DECADE.finditer(plain):
            self.unsure.update((int(match[1]), int(match[1]) % 100))
        for pattern in (AFTERNOON, ALWAYS, ORDINAL, DECADE):
            plain = pattern.sub(_blank, plain)
        return plain

    def _take_groups(self, plain: str, language: Language, other: Language) -> None:
        separators = re.escape(language.thousands) or " "
        # Three digits after a separator are a group of a larger number.
        grouped = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:[{separators}]\d{{3}})+(?![\d])")
        for match in grouped.finditer(plain):
            digits = re.sub(r"\D", "", match[0])
            self._add(int(digits), match.start(), match.end())
        for match in DIGITS.finditer(grouped.sub(_blank, plain)):
            self._add(int(match[0]), match.start(), match.end())

    def _add(self, number: int, start: int, end: int) -> None:
        self.sure[number] += 1
        self.groups.append((number, start, end))

    def _take_words(self, language: Language) -> None:
        numerals = dict(language.numerals)
        for word in self.view.words:
            for part in word.lower().split("-"):
                if part in numerals:
                    self.unsure[numerals[part]] += 1
        for match in ROMAN.finditer(self.plain):
            self.unsure[_value(match[0])] += 1
        if language.month_names is not None:
            for match in language.month_names.finditer(self.plain):
                self.unsure[match.lastindex or 0] += 1

    def place_of(self, more: Counter[int]) -> tuple[int, int]:
        """Return where the first of some numbers stands, the whole text for none."""
        for number, start, end in self.groups:
            if number in more:
                return self.view.span(start, end)
        return self.view.whole()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _value(roman: str) -> int:
    total = 0
    highest = 0
    for letter in reversed(roman):
        value = ROMAN_VALUES[letter]
        total += value if value >= highest else -value
        highest = max(highest, value)
    return total
