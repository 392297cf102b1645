"""The terms that the search index keeps of a text, by one set of rules for each language.

They are the same for both databases. A term is a word in lower case, without accents and without
its ending, behind the first two letters of its language: "Gradbeništvo" is "slgradbenistv". The
mark keeps the languages apart inside one index, so that a word of one language is never looked up
among the pages of another.
"""

import re
import unicodedata
from collections.abc import Callable

import Stemmer

from .languages import url_prefix

# PyStemmer has no Slovenian. simplemma has it, but brings 19 MB of dictionaries for what the
# endings below do.
ALGORITHMS = {
    "en": "english",
    "es": "spanish",
    "hu": "hungarian",
    "pl": "polish",
    "pt": "portuguese",
    "sr": "serbian",
}

WORD = re.compile(r"[^\W_]+")
MAX_TERM_LENGTH = 64  # letters; PostgreSQL refuses terms of 2 KB
MIN_STEM_LENGTH = 4  # letters; a shorter stem means too many things

# Letters that Unicode does not take apart into a letter and an accent.
WHOLE_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"})

SLOVENIAN_ENDINGS = sorted(
    (
        # Nouns and adjectives.
        "a e i o u om em ov ev ah ih im am oma ema ama ima ami imi ega emu jo "
        # Soft stems: partner, partnerji; podjetje, podjetij.
        "ja je ji ju jem jev jih jema ij ijo ije ijah ijami"
    ).split(),
    key=len,
    reverse=True,
)
SLOVENIAN_FLEETING_E = re.compile(r"(?<=[^aeiou])e(?=[cklmnr]$)")


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents: "Łódź" is "lodz"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(WHOLE_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def stem_slovenian(word: str) -> str:
    """Return a folded noun or adjective without its longest ending and without a fleeting e.

    The e comes and goes: odpadek, odpadki.
    """
    for ending in SLOVENIAN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM_LENGTH:
            word = word.removesuffix(ending)
            break
    if len(word) > MIN_STEM_LENGTH:
        word = SLOVENIAN_FLEETING_E.sub("", word)
    return word


class Analyzer:
    """The rules of one language. Like PyStemmer it is not for several threads at once."""

    def __init__(self, language_code: str) -> None:
        self.mark = url_prefix(language_code)
        self._stem = _stemmer(self.mark)
        self._known: dict[str, frozenset[str]] = {}

    def terms(self, word: str) -> frozenset[str]:
        """Return the terms of one word; two words mean the same to a visitor if they share one.

        Stemmers read accents and many visitors leave them out, so a word has up to two terms:
        stemmed as it is written, and stemmed after its accents are gone.
        """
        if word not in self._known:
            lower = word[:MAX_TERM_LENGTH].lower()
            roots = {self._root(lower), self._root(fold(lower))}
            self._known[word] = frozenset(self.mark + root for root in roots)
        return self._known[word]

    def _root(self, word: str) -> str:
        """Return a word stemmed until nothing changes.

        The Hungarian plural loses its ending in one step, its vowel in the next.
        """
        root = fold(self._stem(word))
        shorter = fold(self._stem(root))
        while MIN_STEM_LENGTH <= len(shorter) < len(root):
            root = shorter
            shorter = fold(self._stem(root))
        return root

    def analyse(self, text: str) -> str:
        """Return the terms of a text, separated by spaces, as the index keeps them.

        The index keeps each word whole, too: no stem holds a beginning that is longer than itself.
        """
        found = []
        for word in WORD.findall(text):
            found += sorted(self.terms(word) | {self.beginning(word)})
        return " ".join(found)

    def alternatives(self, query: str) -> list[frozenset[str]]:
        """Return one set of terms for each different word of a query; a hit has one of each set."""
        return list(dict.fromkeys(self.terms(word) for word in WORD.findall(query)))

    def beginning(self, word: str) -> str:
        """Return the term that a whole word of the index begins with if it begins with this one."""
        return self.mark + fold(word[:MAX_TERM_LENGTH])

    def beginnings(self, query: str) -> list[tuple[frozenset[str], str]]:
        """Return the terms and the beginning of each different word of a query.

        A hit has one of them for each word.
        """
        words = dict.fromkeys(WORD.findall(query))
        return [(self.terms(word), self.beginning(word)) for word in words]

    def matcher(self, query: str) -> Callable[[str], bool]:
        """Return a function that says whether a word is shown as a hit of a query."""
        wanted: frozenset[str] = frozenset().union(*self.alternatives(query))
        begins = tuple(beginning for _terms, beginning in self.beginnings(query))

        def is_hit(word: str) -> bool:
            if self.beginning(word).startswith(begins):
                return True
            return not wanted.isdisjoint(self.terms(word))

        return is_hit


def _stemmer(mark: str) -> Callable[[str], str]:
    """Return the function that stems the words of a language, or leaves them as they are."""
    if mark == "sl":
        return stem_slovenian
    if mark not in ALGORITHMS:
        return str
    stem: Callable[[str], str] = Stemmer.Stemmer(ALGORITHMS[mark]).stemWord
    return stem
