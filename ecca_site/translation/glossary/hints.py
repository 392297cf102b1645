"""What a translator may want to look at again. A hint never stands in the way of saving or submitting."""

from dataclasses import dataclass
from functools import cached_property

from wagtail_localize.models import StringSegment
from wagtail_localize.strings import StringValue

from ecca_site.translation.texts import machine
from ecca_site.translation.texts.cleaning import link_ids
from ecca_site.translation.texts.store import segments_of, texts_of

from .matching import Glossary
from .models import Term


@dataclass(frozen=True)
class Hint:
    """A text whose translation lacks an approved form, or a link of the source."""

    segment: StringSegment
    source: str
    terms: tuple
    lost_links: tuple


class Hints:
    """Everything the editor says about the texts of a translation, by a fixed number of queries."""

    def __init__(self, translation):
        self.translation = translation

    @cached_property
    def glossary(self):
        terms = Term.objects.prefetch_related("wordings")
        return Glossary(terms, self.translation.source.locale, self.translation.target_locale)

    @cached_property
    def segments(self):
        return list(segments_of(self.translation).values())

    @cached_property
    def texts(self):
        return texts_of(self.translation)

    @cached_property
    def hints(self):
        hints = [self._hint(segment) for segment in self.segments]
        return [hint for hint in hints if hint and (hint.terms or hint.lost_links)]

    def _hint(self, segment):
        text = self.texts.get((segment.string_id, segment.context_id))
        if text is None:
            return None
        source = _plain(segment.string.data)
        terms = self.glossary.missing(source, _plain(text.data))
        lost = sorted(link_ids(segment.string.data) - link_ids(text.data))
        return Hint(segment, source, tuple(terms), tuple(lost))

    @cached_property
    def terms(self):
        """The terms of the whole page with their approved forms, in the order of the alphabet."""
        found = {
            term.pk: (term, approved)
            for segment in self.segments
            for term, _found_by, approved, _forms in self.glossary.terms_in(_plain(segment.string.data))
        }
        return sorted(found.values(), key=lambda entry: entry[0].name)

    @cached_property
    def drafts(self):
        """The machine's texts that nobody has confirmed, each with its source, in the order of the page."""
        return [
            (segment, text)
            for segment in self.segments
            if (text := self.texts.get((segment.string_id, segment.context_id)))
            and text.translation_type == machine.MACHINE
        ]

    @cached_property
    def machine_name(self):
        translator = machine.translator_for(self.translation)
        return str(translator.display_name) if translator else ""

    @cached_property
    def untranslated(self):
        """What the machine could draft; nothing where there is none."""
        if not self.machine_name:
            return []
        return [segment for segment in self.segments if (segment.string_id, segment.context_id) not in self.texts]


def _plain(html):
    return StringValue(html).render_text()
