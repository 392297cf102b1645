"""Checks 7, 8 and 9: doubled words, and words of the original that were left."""

import re

from django.utils.translation import gettext as _

from .alarms import Alarm
from .language import Language, language_of
from .sentences import sentences
from .view import WORD, View, view_of

DOUBLED = "doubled"
LEFT_OVER = "left_over"
UNCHANGED = "unchanged"
TWICE = re.compile(r"(?<![\w-])([^\W\d_]+)([ \u00a0\n]+)(\1)(?![\w-])", re.IGNORECASE)
WORDS_OF_A_SENTENCE = 5
COMMON_WORDS = 2  # small words by which a sentence is taken for one of a language
RUN = 5  # words of the original one after another
SMALL = 3  # of them in small letters


def doubled(source: str, target: str, language: str, source_language: str) -> list[Alarm]:
    """Ask where a word stands twice, tags between them or not."""
    rules = language_of(language)
    view = view_of(target)
    in_original = {match[1].lower() for match in TWICE.finditer(view_of(source).plain)}
    alarms = []
    for match in TWICE.finditer(view.plain):
        word = match[1].lower()
        if word in rules.doubled or word in in_original:
            continue
        start, end = view.span(match.start(2), match.end(3))
        mend = "" if "<" not in view.text[start:end] else None
        message = _("“%(word)s” stands here twice.") % {"word": match[1]}
        alarms.append(Alarm(DOUBLED, start, end, message, mend=mend))
    return alarms


def left_over(source: str, target: str, language: str, source_language: str) -> list[Alarm]:
    """Ask where a sentence of five words or more is still in the language of the original."""
    view = view_of(target)
    rules = language_of(language)
    original = language_of(source_language)
    if not rules.common or not original.common or language == source_language:
        return []
    copied = _runs([word.lower() for word in view_of(source).words])
    for start, end in sentences(view.plain, rules):
        words = WORD.findall(view.plain[start:end])
        if len(words) < WORDS_OF_A_SENTENCE:
            continue
        if _is_in(words, original, rules) or _is_copied(words, copied, rules):
            first, last = view.span(start, end)
            message = _("This sentence is still in the language of the original.")
            return [Alarm(LEFT_OVER, first, last, message)]
    return []


def _is_in(words: list[str], original: Language, rules: Language) -> bool:
    small = [word for word in words if word.islower()]
    theirs = [word for word in small if word in original.common - rules.common]
    ours = [word for word in small if word in rules.common]
    return len(theirs) >= COMMON_WORDS and len(theirs) > len(ours)


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def _is_copied(words: list[str], copied: set[tuple[str, ...]], rules: Language) -> bool:
    """Return whether words follow each other as in the original; names alone do not count."""
    for start in range(len(words) - RUN + 1):
        run = words[start : start + RUN]
        small = [word for word in run if word.islower() and word not in rules.common]
        if len(small) >= SMALL and tuple(word.lower() for word in run) in copied:
            return True
    return False


def unchanged(source: str, target: str, language: str, source_language: str) -> list[Alarm]:
    """Ask where a text is its original still; names, years and shared words may be."""
    view = view_of(target)
    plain = " ".join(view.plain.split())
    if plain != " ".join(view_of(source).plain.split()) or language == source_language:
        return []
    if not _words_to_translate(view, language_of(language)):
        return []
    start, end = view.whole()
    return [Alarm(UNCHANGED, start, end, _("This is the text of the original still."))]


def _words_to_translate(view: View, rules: Language) -> list[str]:
    """Return the words of a text that are no names: a capital inside a text makes one."""
    found = []
    for number, word in enumerate(view.words):
        is_first = number == 0 and len(view.words) > 1 and not word.isupper()
        if (word.islower() or is_first) and len(word) > 2 and word.lower() not in rules.keep:
            found.append(word)
    return [] if all(word[0].isupper() for word in found) else found
