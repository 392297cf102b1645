"""Where sentences end, which a full stop alone does not say."""

import re

from .language import Language

MARK = re.compile(r"[.!?…]+[\"”“»«’)\]]*(?=\s|\Z)")
BEFORE = re.compile(r"[^\s(\[„“»«”]+\Z")
ORDINAL = re.compile(r"(?:.*\D)?\d{1,2}\Z")  # a year is none
ROMAN = re.compile(r"[IVXLC]+\Z")
SURE = "sure"
UNSURE = "unsure"
INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")


def sentences(plain: str, language: Language) -> list[tuple[int, int]]:
    """Return where the sentences of a text begin and end.

    The full stop of an abbreviation ("npr."), of an initial and of an ordinal ("11. januarja") ends
    none; nor does any that a small letter follows.
    """
    found = []
    start = 0
    for match in MARK.finditer(plain):
        if _end(plain, match, language) == SURE:
            found.append((start, match.end()))
            start = match.end()
    if plain[start:].strip():
        found.append((start, len(plain)))
    return [_trimmed(plain, begin, end) for begin, end in found]


def count_sentences(plain: str, language: Language) -> tuple[int, int]:
    """Return how many sentences a text has at least, and how many it may have.

    "… 8 marca 2016 r. Partnerstwom" is two, "ul. Partnerska" is not: a capital says neither.
    """
    unsure = 0
    for match in MARK.finditer(plain):
        if _end(plain, match, language) == UNSURE:
            unsure += 1
    least = len(sentences(plain, language))
    return least, least + unsure


def _end(plain: str, match: re.Match[str], language: Language) -> str:
    """Return whether a sentence ends at a mark: SURE, UNSURE, or "" where none does."""
    rest = plain[match.end() :].lstrip()
    if not rest:
        return SURE
    if _first_letter(rest).islower():
        return ""
    if not match[0].startswith(".") or match[0].startswith(".."):
        return SURE
    before = BEFORE.search(plain, 0, match.start())
    if before is None:
        return SURE
    word = before[0]
    if word.lower() in language.abbreviations or INITIAL.fullmatch(word):
        return UNSURE
    is_ordinal = ORDINAL.fullmatch(word) is not None or ROMAN.fullmatch(word) is not None
    return UNSURE if is_ordinal and language.has_dotted_ordinals else SURE


def _first_letter(text: str) -> str:
    for letter in text:
        if letter.isalnum():
            return letter
    return ""


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    part = plain[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
