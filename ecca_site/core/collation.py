"""Sort by name as the languages of the site do: in Slovenian č comes after c, in Hungarian cs after c and ö after o.

The alphabets are those of CLDR's collations. Letters that are not named here sort like their base letter (in English
č is c), and an accent decides only between names that are otherwise the same.
"""

import re
import unicodedata
from functools import cache

from .analysis import fold
from .languages import url_prefix

# What follows a letter in the alphabet; "=" joins letters that count as one. In Serbian two letters that only meet
# (nadživeti) are taken for one, as CLDR takes them: it would need a dictionary.
AFTER = {
    "es": {"n": "ñ"},
    "hu": {
        "c": "cs", "d": "dz dzs", "g": "gy", "l": "ly", "n": "ny", "o": "ö=ő", "s": "sz", "t": "ty", "u": "ü=ű",
        "z": "zs",
    },
    "pl": {
        "a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "ź ż",
    },
    "sl": {"c": "č ć", "d": "đ", "s": "š", "z": "ž"},
    "sr": {"c": "č ć", "d": "dž đ", "l": "lj", "n": "nj", "s": "š", "z": "ž"},
}  # fmt: skip
NO_LETTERS = re.compile(r"[\W_]+")


@cache
def _alphabet(language):
    """Return the pattern that finds letters of a language's own, and what each of them weighs."""
    weights = {}
    for base, followers in AFTER.get(language, {}).items():
        for number, letters in enumerate(followers.split(), start=1):
            weights |= dict.fromkeys(letters.split("="), ((base, number),))
    if language == "hu":  # a doubled letter writes its first sign twice: "ssz" is sz and sz
        doubled = {letter[0] + letter: weight * 2 for letter, weight in weights.items() if len(letter) > 1}
        weights |= doubled
    letters = sorted(weights, key=len, reverse=True)
    return re.compile("|".join([*letters, "."])), weights


def sort_key(text, language_code):
    """Return what ``sorted`` compares to bring names into the order of a language."""
    pattern, weights = _alphabet(url_prefix(language_code))
    plain = NO_LETTERS.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()
    letters = []
    for found in pattern.findall(plain):
        letters += weights.get(found) or ((sign, 0) for sign in fold(found))
    return letters, plain, text
