"""Check 10: nothing is lost of a text, and it fits."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecca_site.i18n.languages import is_source

from .alarms import Alarm
from .language import Language, language_of
from .sentences import count_sentences
from .view import view_of

CHECK = "length"
SHORTEST = 40  # letters from which a ratio says something


def length(
    source: str,
    target: str,
    language: str,
    source_language: str,
    longest: int | None = None,
) -> list[Alarm]:
    """Refuse what is longer than its field; ask for lost sentences and unusual lengths.

    Args:
        longest: the letters that the field takes, None for any number.
    """
    view = view_of(target)
    plain = view.plain.strip()
    start, end = view.whole()
    if longest is not None and len(plain) > longest:
        message = ngettext(
            "This text is too long: at most %(count)d letter.",
            "This text is too long: at most %(count)d letters.",
            longest,
        )
        first, last = view.span(longest, len(view.plain))
        return [Alarm(CHECK, first, last, message % {"count": longest}, refuses=True)]
    original = view_of(source).plain.strip()
    theirs = language_of(source_language)
    ours = language_of(language)
    wanted, _most = count_sentences(original, theirs)
    _least, found = count_sentences(plain, ours)
    if theirs.common and ours.common and found < wanted:
        message = _("Sentences in the original: %(wanted)d, in this text: %(found)d.")
        return [Alarm(CHECK, start, end, message % {"wanted": wanted, "found": found})]
    if len(original) < SHORTEST or not plain:
        return []
    if _is_unusual(len(plain) / len(original), ours, theirs):
        message = _("This text is unusually long or short for its original.")
        return [Alarm(CHECK, start, end, message)]
    return []


def _is_unusual(ratio: float, ours: Language, theirs: Language) -> bool:
    shortest, longest = ours.length
    if not is_source(theirs.code):  # the figures are against the language of most originals
        shortest, longest = shortest * 0.75, longest * 1.3
    return not shortest <= ratio <= longest
