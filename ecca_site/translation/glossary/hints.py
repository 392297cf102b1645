"""What stands beside the texts of a translation: machine drafts, and the terms of the page.

What the checks ask of a text is ``localize.alarms``'s.
"""

from functools import cached_property

from ..localize import machine
from ..localize.records import StringSegment, StringTranslation, StringValue, Translation
from ..localize.store import segments_of, texts_of
from .matching import Glossary, Missing
from .models import Term


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
