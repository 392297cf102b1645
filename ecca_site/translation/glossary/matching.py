"""Find terms in a text, in whatever form they stand there.

A source is searched strictly, by stems in their order; a translation generously, as a warning too many teaches people
to overlook warnings: words may stand in any order with others between them, and share only their beginning.
"""

from ecca_site.core.analysis import WORD, Analyzer, fold

SHORTEST_BEGINNING = 4  # letters
LONGEST_ENDING = 3  # letters of a form that inflection may change
LONGEST_SUFFIX = 5  # letters that it may add
ROOM = 3  # other words that may stand between those of a form


class Language:
    """Texts and forms of one language, taken apart into words. Not for use by several threads at once."""

    def __init__(self, language_code):
        self.analyzer = Analyzer(language_code)

    def words(self, text):
        return [(fold(word), self.analyzer.terms(word)) for word in WORD.findall(text)]

    def occurrences(self, words, form):
        """Return where a form stands in a text, as pairs of first and last word: same stems, same order."""
        wanted = [terms for _word, terms in form]
        ends = range(len(wanted), len(words) + 1) if wanted else ()
        return [
            (end - len(wanted), end)
            for end in ends
            if all(terms & found for terms, (_word, found) in zip(wanted, words[end - len(wanted) : end], strict=True))
        ]

    def holds(self, words, form):
        """Whether a text holds a form, inflected or not: all its words close together."""
        width = len(form) + ROOM
        starts = range(max(len(words) - width, 0) + 1)
        return bool(form) and any(
            all(any(is_same(word, found) for found in words[start : start + width]) for word in form)
            for start in starts
        )


def is_same(word, found):
    """Whether one word is a form of the other: "odpadek" and "odpadkov", "rozbiórka" and "rozbiórce"."""
    if word[1] & found[1]:
        return True
    pairs = enumerate(zip(word[0], found[0], strict=False))
    shared = next((position for position, (a, b) in pairs if a != b), min(len(word[0]), len(found[0])))
    return (
        shared >= max(SHORTEST_BEGINNING, len(word[0]) - LONGEST_ENDING)
        and len(found[0]) <= len(word[0]) + LONGEST_SUFFIX
    )


class Glossary:
    """The terms, ready to be looked for in texts of one language and in their translations into another one."""

    def __init__(self, terms, source_locale, target_locale):
        self.source, self.target = Language(source_locale.language_code), Language(target_locale.language_code)
        self.entries = []
        for term in terms:
            wordings = {wording.locale_id: wording.lines for wording in term.wordings.all()}
            names = wordings.get(source_locale.pk, [])
            if source_locale.language_code == "en":
                names = [term.name, *names]
            approved = wordings.get(target_locale.pk, [])
            if names and approved:
                found_by = [self.source.words(name) for name in names]
                self.entries.append((term, found_by, approved, [self.target.words(form) for form in approved]))

    def terms_in(self, text):
        """Return the entries of the terms that stand in a source text; a part of a longer term does not count."""
        words = self.source.words(text)
        found = [
            (start, end, entry)
            for entry in self.entries
            for form in entry[1]
            for start, end in self.source.occurrences(words, form)
        ]
        return list(
            {
                id(entry): entry
                for start, end, entry in sorted(found, key=lambda row: row[:2])
                if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _other in found)
            }.values()
        )

    def missing(self, text, translation):
        """Return the terms of a source text, with their approved forms, of which the translation holds none."""
        words = self.target.words(translation)
        return [
            (term, approved)
            for term, _found_by, approved, forms in self.terms_in(text)
            if not any(self.target.holds(words, form) for form in forms)
        ]
