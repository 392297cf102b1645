"""Hints to translators at texts that they may want to look at again.

A hint never stands in the way of saving or submitting.
"""

from dataclasses import dataclass
from functools import cached_property

from ..localize import machine
from ..localize.cleaning import link_ids
from ..localize.records import StringSegment, StringTranslation, StringValue, Translation
from ..localize.store import segments_of, texts_of
from .matching import Glossary, Missing
from .models import Term


@dataclass(frozen=True)
class Hint:
    """A text whose translation lacks an approved form, or a link of the source."""

    segment: StringSegment
    source: str
    terms: tuple[Missing, ...]
    lost_links: tuple[str, ...]


class Hints:
    """Everything the editor says about the texts of a translation, by a fixed number of queries."""

    def __init__(self, translation: Translation) -> None:
        self.translation = translation

    @cached_property
    def glossary(self) -> Glossary:
        terms = Term.objects.prefetch_related("wordings")
        return Glossary(terms, self.translation.source.locale, self.translation.target_locale)

    @cached_property
    def segments(self) -> list[StringSegment]:
        return list(segments_of(self.translation).values())

    @cached_property
    def texts(self) -> dict[tuple[int, int], StringTranslation]:
        return texts_of(self.translation)

    def text_of(self, segment: StringSegment) -> StringTranslation | None:
        """Return the translation of a text, None where there is none."""
        return self.texts.get((segment.string_id, segment.context_id))

    @cached_property
    def hints(self) -> list[Hint]:
        """The texts that lack an approved form or a link, in the order of the page."""
        found = []
        for segment in self.segments:
            text = self.text_of(segment)
            if text is None:
                continue
            hint = self._hint(segment, text)
            if hint.terms or hint.lost_links:
                found.append(hint)
        return found

    def _hint(self, segment: StringSegment, text: StringTranslation) -> Hint:
        source = _plain(segment.string.data)
        terms = self.glossary.missing(source, _plain(text.data))
        lost = sorted(link_ids(segment.string.data) - link_ids(text.data))
        return Hint(segment, source, tuple(terms), tuple(lost))

    @cached_property
    def terms(self) -> list[Missing]:
        """The terms of the whole page with their approved forms, in the order of the alphabet."""
        found = {}
        for segment in self.segments:
            for entry in self.glossary.terms_in(_plain(segment.string.data)):
                found[entry.term.pk] = (entry.term, entry.approved)
        return sorted(found.values(), key=lambda pair: pair[0].name)

    @cached_property
    def drafts(self) -> list[tuple[StringSegment, StringTranslation]]:
        """The machine's texts that nobody has confirmed, each with its source, in page order."""
        found = []
        for segment in self.segments:
            text = self.text_of(segment)
            if text is not None and text.translation_type == machine.MACHINE:
                found.append((segment, text))
        return found

    @cached_property
    def machine_name(self) -> str:
        """The name of the machine that drafts texts, "" where there is none."""
        translator = machine.translator_for(self.translation)
        return str(translator.display_name) if translator else ""

    @cached_property
    def untranslated(self) -> list[StringSegment]:
        """The texts that the machine could draft."""
        if not self.machine_name:
            return []
        return [segment for segment in self.segments if self.text_of(segment) is None]


def _plain(html: str) -> str:
    return StringValue(html).render_text()
