"""Turn text into the terms of the index, the same for both databases, one set of rules per language.

A term is a word in lower case, without accents and without its ending, behind the first two letters of its language:
"Gradbeništvo" is "slgradbenistv". The mark keeps the languages apart inside one index, so that a word of one language
is never looked up among the pages of another.
"""

import re
import unicodedata

import Stemmer

from .languages import url_prefix

# PyStemmer has no Slovenian; simplemma, which has, brings 19 MB of dictionaries for what the endings below do.
ALGORITHMS = {"en": "english", "es": "spanish", "hu": "hungarian", "pl": "polish", "pt": "portuguese", "sr": "serbian"}

WORD = re.compile(r"[^\W_]+")
MAX_TERM_LENGTH = 64  # letters; PostgreSQL refuses terms of 2 KB
MIN_STEM_LENGTH = 4  # letters; what is shorter means too many things
MIN_BEGINNING_LENGTH = 3  # letters

# Letters that Unicode does not take apart into a letter and an accent.
WHOLE_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"})

SLOVENIAN_ENDINGS = sorted(
    (
        "a e i o u om em ov ev ah ih im am oma ema ama ima ami imi ega emu jo "  # nouns and adjectives
        "ja je ji ju jem jev jih jema ij ijo ije ijah ijami"  # soft stems: partner, partnerji; podjetje, podjetij
    ).split(),
    key=len,
    reverse=True,
)
SLOVENIAN_FLEETING_E = re.compile(r"(?<=[^aeiou])e(?=[cklmnr]$)")


def fold(text):
    """Return ``text`` in lower case without accents: "Łódź" is "lodz"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(WHOLE_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def stem_slovenian(word):
    """Cut the longest ending of a folded noun or adjective, and the e that comes and goes (odpadek, odpadki)."""
    for ending in SLOVENIAN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM_LENGTH:
            word = word.removesuffix(ending)
            break
    return SLOVENIAN_FLEETING_E.sub("", word) if len(word) > MIN_STEM_LENGTH else word


class Analyzer:
    """The rules of one language; not for use by several threads at once, as PyStemmer is not."""

    def __init__(self, language_code):
        self.mark = url_prefix(language_code)
        algorithm = ALGORITHMS.get(self.mark)
        if algorithm:
            self._stem = Stemmer.Stemmer(algorithm).stemWord
        else:
            self._stem = stem_slovenian if self.mark == "sl" else str
        self._known = {}

    def terms(self, word):
        """Return the terms of one word; two words mean the same to a visitor if they share one.

        Stemmers read accents and many visitors leave them out, so a word has up to two terms: stemmed as it is
        written, and stemmed after its accents are gone.
        """
        if word not in self._known:
            lower = word[:MAX_TERM_LENGTH].lower()
            self._known[word] = frozenset(self.mark + self._root(form) for form in {lower, fold(lower)})
        return self._known[word]

    def _root(self, word):
        """Stem until nothing changes: the Hungarian plural loses its ending in one step, its vowel in the next."""
        root = fold(self._stem(word))
        shorter = fold(self._stem(root))
        while MIN_STEM_LENGTH <= len(shorter) < len(root):
            root, shorter = shorter, fold(self._stem(shorter))
        return root

    def analyse(self, text):
        """Return the terms of a text, parted by spaces, as the index keeps them."""
        return " ".join(term for word in WORD.findall(text) for term in sorted(self.terms(word)))

    def alternatives(self, query):
        """Return one set of terms for each different word of a query; a hit has a term of every set."""
        return list(dict.fromkeys(self.terms(word) for word in WORD.findall(query)))

    def beginnings(self, query):
        """Return the same for a query of which only the beginnings of words are typed."""
        return [frozenset([self.mark + fold(word[:MAX_TERM_LENGTH])]) for word in WORD.findall(query)]

    def matcher(self, query):
        """Return a function that says whether a word is shown as a hit of ``query``."""
        wanted = frozenset().union(*self.alternatives(query))
        shortest = len(self.mark) + MIN_BEGINNING_LENGTH
        begins = tuple(term for terms in self.beginnings(query) for term in terms if len(term) >= shortest)
        return lambda word: any(term in wanted or term.startswith(begins) for term in self.terms(word))
