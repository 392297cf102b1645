"""The search for terms in a text, in whatever form they stand there.

A source is searched strictly, by stems in their order; a translation generously, as a warning too
many teaches people to overlook warnings: words may stand in any order with others between them, and
share only their beginning.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from ecca_site.i18n.analysis import WORD, Analyzer, fold
from ecca_site.i18n.languages import is_source

if TYPE_CHECKING:
    from wagtail.models import Locale

    from .models import Term

SHORTEST_BEGINNING = 4  # letters
LONGEST_ENDING = 3  # letters of a form that inflection may change
LONGEST_SUFFIX = 5  # letters that it may add
ROOM = 3  # other words that may stand between those of a form


class Word(NamedTuple):
    """A word of a text, without case and accents, and the stems by which it is found."""

    letters: str
    stems: frozenset[str]


Words = list[Word]
Missing = tuple["Term", list[str]]  # a term and its approved forms


class Language:
    """Texts and forms of one language, taken apart into words.

    Not for use by several threads at once.
    """

    def __init__(self, language_code: str) -> None:
        self.analyzer = Analyzer(language_code)

    def words(self, text: str) -> Words:
        return [Word(fold(word), self.analyzer.terms(word)) for word in WORD.findall(text)]

    def occurrences(self, words: Words, form: Words) -> list[tuple[int, int]]:
        """Return the places of a form in a text, each as its first word and the one after its last.

        The stems must be the same, in the same order.
        """
        if not form:
            return []
        places = []
        for start in range(len(words) - len(form) + 1):
            end = start + len(form)
            pairs = zip(form, words[start:end], strict=True)
            if all(word.stems & found.stems for word, found in pairs):
                places.append((start, end))
        return places

    def holds(self, words: Words, form: Words) -> bool:
        """Return whether a text holds a form, inflected or not, with its words close together."""
        if not form:
            return False
        width = len(form) + ROOM
        last = max(len(words) - width, 0)
        for start in range(last + 1):
            near = words[start : start + width]
            if all(is_among(word, near) for word in form):
                return True
        return False


def is_among(word: Word, words: Words) -> bool:
    return any(is_same(word, found) for found in words)


def is_same(word: Word, found: Word) -> bool:
    """Return whether a word that was found is a form of another one.

    Such are "odpadkov" of "odpadek" and "rozbiórce" of "rozbiórka".
    """
    if word.stems & found.stems:
        return True
    length = len(word.letters)
    if len(found.letters) > length + LONGEST_SUFFIX:
        return False
    shared = shared_letters(word.letters, found.letters)
    return shared >= max(SHORTEST_BEGINNING, length - LONGEST_ENDING)


def shared_letters(one: str, other: str) -> int:
    """Return with how many letters in common two words begin."""
    number = 0
    for letter, other_letter in zip(one, other, strict=False):
        if letter != other_letter:
            break
        number += 1
    return number


class Entry(NamedTuple):
    """A term as it is looked for in one language and expected in another one."""

    term: "Term"
    names: list[Words]
    approved: list[str]
    forms: list[Words]  # the approved ones, taken apart


class Occurrence(NamedTuple):
    """A place of a term in a text: its first word, and the one after its last."""

    start: int
    end: int
    entry: Entry

    def is_part_of(self, other: "Occurrence") -> bool:
        """Return whether another term stands here that is longer."""
        if (other.start, other.end) == (self.start, self.end):
            return False
        return other.start <= self.start and self.end <= other.end


class Glossary:
    """The terms, to be looked for in texts of one language and in translations into another."""

    def __init__(
        self, terms: Iterable["Term"], source_locale: "Locale", target_locale: "Locale"
    ) -> None:
        self.source = Language(source_locale.language_code)
        self.target = Language(target_locale.language_code)
        self.entries: list[Entry] = []
        for term in terms:
            wordings = {wording.locale_id: wording.lines for wording in term.wordings.all()}
            names = wordings.get(source_locale.pk, [])
            if is_source(source_locale.language_code):
                names = [term.name, *names]
            approved = wordings.get(target_locale.pk, [])
            if names and approved:
                entry = Entry(
                    term=term,
                    names=[self.source.words(name) for name in names],
                    approved=approved,
                    forms=[self.target.words(form) for form in approved],
                )
                self.entries.append(entry)

    def terms_in(self, text: str) -> list[Entry]:
        """Return the entries of the terms that stand in a source text, in the order of the text.

        A part of a longer term does not count.
        """
        places = self._places(self.source.words(text))
        entries = []
        for place in sorted(places, key=lambda place: (place.start, place.end)):
            if any(place.is_part_of(other) for other in places):
                continue
            if place.entry not in entries:
                entries.append(place.entry)
        return entries

    def _places(self, words: Words) -> list[Occurrence]:
        """Return every place at which any name of any term stands."""
        places = []
        for entry in self.entries:
            for name in entry.names:
                for start, end in self.source.occurrences(words, name):
                    places.append(Occurrence(start, end, entry))
        return places

    def missing(self, text: str, translation: str) -> list[Missing]:
        """Return the terms of a source text of whose approved forms the translation holds none."""
        words = self.target.words(translation)
        found = []
        for entry in self.terms_in(text):
            if not any(self.target.holds(words, form) for form in entry.forms):
                found.append((entry.term, entry.approved))
        return found
