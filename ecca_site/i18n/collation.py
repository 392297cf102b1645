"""The order of names in each language of the site, by the alphabets of CLDR's collations.

In Slovenian č comes after c, in Hungarian cs comes after c and ö after o. Letters that are not
named here sort like their base letter (in English č is c), and an accent decides only between names
that are otherwise the same.
"""

import re
import unicodedata
from functools import cache

from .analysis import fold
from .languages import url_prefix

# The letters that follow another one in the alphabet; "=" joins letters that count as one. In
# Serbian two letters that only meet (nadživeti) are taken for one, as CLDR takes them: telling them
# apart would need a dictionary.
AFTER = {
    "es": {"n": "ñ"},
    "hu": {
        "c": "cs", "d": "dz dzs", "g": "gy", "l": "ly", "n": "ny", "o": "ö=ő", "s": "sz", "t": "ty",
        "u": "ü=ű", "z": "zs",
    },
    "pl": {
        "a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "ź ż",
    },
    "sl": {"c": "č ć", "d": "đ", "s": "š", "z": "ž"},
    "sr": {"c": "č ć", "d": "dž đ", "l": "lj", "n": "nj", "s": "š", "z": "ž"},
}  # fmt: skip
MOST_BYTES = 400
NO_LETTERS = re.compile(r"[\W_]+")

# The base letter, and the place among the letters that follow it: 0 is the base letter itself.
Weight = tuple[str, int]


@cache
def _alphabet(language: str) -> tuple[re.Pattern[str], dict[str, list[Weight]]]:
    """Return the pattern that finds the letters of a language, and the weights of its own ones."""
    weights: dict[str, list[Weight]] = {}
    for base, followers in AFTER.get(language, {}).items():
        for number, letters in enumerate(followers.split(), start=1):
            for letter in letters.split("="):
                weights[letter] = [(base, number)]
    if language == "hu":
        weights |= _doubled(weights)
    longest_first = sorted(weights, key=len, reverse=True)
    return re.compile("|".join([*longest_first, "."])), weights


def _doubled(weights: dict[str, list[Weight]]) -> dict[str, list[Weight]]:
    """Return the weights of doubled Hungarian letters, which write only the first sign twice.

    "ssz" is sz and sz.
    """
    doubled = {}
    for letter, weight in weights.items():
        if len(letter) > 1:
            doubled[letter[0] + letter] = weight * 2
    return doubled


def has_extended_letters(language_code: str) -> bool:
    """Return whether the alphabet of a language has letters beyond those of Latin-1, such as č."""
    letters = "".join(AFTER.get(url_prefix(language_code), {}).values())
    return any(ord(letter) > 0xFF for letter in letters)


def sort_key(text: str, language_code: str) -> tuple[list[Weight], str, str]:
    """Return what ``sorted`` compares to bring names into the order of a language."""
    pattern, weights = _alphabet(url_prefix(language_code))
    plain = NO_LETTERS.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()
    letters: list[Weight] = []
    for found in pattern.findall(plain):
        if found in weights:
            letters += weights[found]
        else:
            letters += [(sign, 0) for sign in fold(found)]
    return letters, plain, text


def sort_bytes(text: str, language_code: str) -> bytes:
    """Return bytes that compare like ``sort_key``, for a database.

    They are cut off: names that are alike for a hundred letters count as the same.
    """
    letters, plain, typed = sort_key(text, language_code)
    weights = "".join(f"{base}{number}" for base, number in letters)
    # The end of a name comes before any letter.
    return "\x01".join((weights, plain, typed)).encode()[:MOST_BYTES]
