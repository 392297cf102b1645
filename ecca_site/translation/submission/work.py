"""The work that there is on a translation.

It is texts that are new or changed, with what they were before and how many words they have.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from django.db.models import Model
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from ecca_site.core.facts import Fate, labels_with
from ecca_site.moderation.action_menu import withdraw_path
from ecca_site.moderation.comparison import mark
from ecca_site.moderation.models import may_withdraw
from ecca_site.moderation.reviewed import Reviewed
from ecca_site.users.models import User

from ..localize.records import StringSegment, StringTranslation, Translation, TranslationSource
from ..localize.segments import count_words
from ..localize.targets import label_of_path
from ..models import SourceChange
from ..staleness.backlog import Backlog, backlog_of
from ..staleness.states import state_of
from . import companions
from .submit import is_waiting, missing_segments, sources_of


@dataclass(frozen=True)
class OpenText:
    """A text of the source without a valid translation, and the one that there is at present."""

    segment: StringSegment
    label: str
    before: str | None  # what the present translation was made from; None where the text is new
    present: str  # the translation of ``before``, or one that is not valid
    error: str = ""

    @property
    def source(self) -> str:
        return self.segment.string.data

    @property
    def words(self) -> int:
        return count_words(self.source)

    @cached_property
    def marked(self) -> tuple[SafeString, SafeString]:
        """The old and the new text of the source as HTML, with gone and new words marked."""
        return mark(unescape(self.before or ""), unescape(self.source))


class Work:
    """Everything that the translation editor says of a translation besides its texts."""

    def __init__(self, translation: Translation, page: Reviewed, user: User | None = None) -> None:
        self.translation = translation
        self.page = page
        self.user = user
        # What originals change is recorded of pages alone.
        self.state = state_of(page) if isinstance(page, Page) else None

    @cached_property
    def backlog(self) -> Backlog:
        if self.state is None:
            return Backlog()
        return backlog_of(self.state, with_unpublished=True)

    @cached_property
    def review(self) -> WorkflowState | None:
        """The review of the page, read once: it may end while the editor is drawn."""
        return self.page.current_workflow_state

    @property
    def is_waiting(self) -> bool:
        return is_waiting(self.review)

    @property
    def may_withdraw(self) -> bool:
        if self.user is None or self.review is None:
            return False
        return may_withdraw(self.user, self.review)

    @property
    def withdraw_path(self) -> str:
        return withdraw_path(self.page)

    @property
    def sent_back(self) -> str:
        """The comment with which the last version was sent back, "" where it was not."""
        if self.review is None or self.is_waiting or self.review.current_task_state is None:
            return ""
        return self.review.current_task_state.comment

    @cached_property
    def source_page(self) -> Page:
        return self.translation.source.get_source_instance()

    @cached_property
    def segments(self) -> int:
        """The number of texts to translate."""
        return StringSegment.objects.filter(source__in=self.sources).count()

    @cached_property
    def sources(self) -> dict[int, TranslationSource]:
        return {source.pk: source for source in sources_of(self.translation)}

    @cached_property
    def open_texts(self) -> list[OpenText]:
        segments = missing_segments(self.translation)
        stored = self._stored(segments)
        alone = _places_with_one_text(self.sources)
        return [self._open_text(segment, stored, alone) for segment in segments]

    @property
    def done(self) -> int:
        """The number of texts with a valid translation."""
        return self.segments - len(self.open_texts)

    @property
    def open_words(self) -> int:
        return sum(text.words for text in self.open_texts)

    @cached_property
    def missing_objects(self) -> list[Model]:
        return companions.without_translation(self.translation)

    @property
    def gone(self) -> list[str]:
        """Texts that the present translation has and the source no longer, in the page's order.

        They go with the next version.
        """
        return [unescape(text) for _place, text in self.backlog.gone]

    @property
    def changed_fields(self) -> list[str]:
        """Names of fields that changed in the source without a text.

        They come along with the next version without being translated.
        """
        model = type(self.source_page)
        return [label_of_path(model, name) for name in self.backlog.fields]

    @property
    def facts(self) -> list[str]:
        """Names of fields that are the original's in all languages: nobody translates them."""
        return labels_with(type(self.source_page), Fate.SHARED)

    @cached_property
    def changes(self) -> list[SourceChange]:
        """The changes of the source since the present translation was made, latest first."""
        if self.state is None or self.state.translated_at is None or self.state.source_id is None:
            return []
        changes = SourceChange.objects.of_source(self.state.source_id).filter(is_minor=False)
        if self.state.seen_id:
            changes = changes.filter(pk__gt=self.state.seen_id)
        return list(changes.select_related("user").order_by("-pk"))

    def _stored(self, segments: list[StringSegment]) -> list[StringTranslation]:
        """Return the stored translations at the places of these segments, the latest last."""
        translations = StringTranslation.objects.filter(
            locale=self.translation.target_locale,
            context__in={segment.context_id for segment in segments},
        )
        return list(translations.select_related("translation_of").order_by("updated_at", "pk"))

    def _open_text(
        self, segment: StringSegment, stored: list[StringTranslation], alone: set[int]
    ) -> OpenText:
        """Return a segment with what its place has in this language.

        ``alone`` are the ids of the places with one text: whatever is stored there is its own.
        """
        here = [found for found in stored if found.context_id == segment.context_id]
        own = next((found for found in here if found.translation_of_id == segment.string_id), None)
        before = self.backlog.texts.get((segment.context.path, segment.string.data))
        earlier = next((found for found in here if found.translation_of.data == before), None)
        if before is None and own is None and here and segment.context_id in alone:
            earlier = here[-1]
            before = earlier.translation_of.data
        label = self._label(segment)
        if own is not None:
            error = own.get_error() or _("This translation is not valid.")
            return OpenText(segment, label, before, own.data, error)
        present = earlier.data if earlier is not None else ""
        return OpenText(segment, label, before, present)

    def _label(self, segment: StringSegment) -> str:
        source = self.sources[segment.source_id]
        if source == self.translation.source:
            path = segment.context.get_field_path(self.source_page)
            return label_of_path(type(self.source_page), path)
        instance = source.get_source_instance()
        path = segment.context.get_field_path(instance)
        return f"{instance}: {label_of_path(type(instance), path)}"


def _places_with_one_text(source_ids: Iterable[int]) -> set[int]:
    """Return the ids of the contexts that have one text."""
    segments = StringSegment.objects.filter(source__in=source_ids)
    numbers = Counter(segments.values_list("context_id", flat=True))
    return {place for place, number in numbers.items() if number == 1}
