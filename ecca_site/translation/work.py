"""What there is to do on a translation: texts that are new or changed, what they were before, how many words."""

from dataclasses import dataclass
from functools import cached_property
from html import unescape

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.models import StringSegment, StringTranslation

from ecca_site.moderation.comparison import mark
from ecca_site.moderation.models import may_withdraw

from . import companions
from .models import SourceChange
from .segments import count_words, fields_without_texts
from .staleness import Backlog, backlog_of, state_of
from .submission import is_waiting, missing_segments, sources_of


@dataclass(frozen=True)
class OpenText:
    """A text of the source without a valid translation, with what the present translation was made from."""

    segment: StringSegment
    label: str
    before: str | None  # None where the text is new
    present: str  # the translation of ``before``, or one that is not valid
    error: str = ""

    @property
    def source(self):
        return self.segment.string.data

    @property
    def words(self):
        return count_words(self.source)

    @cached_property
    def marked(self):
        """The old and the new text of the source as HTML, with what went and what came marked."""
        return mark(unescape(self.before or ""), unescape(self.source))


class Work:
    """Everything that the translation editor says of a translation besides its texts."""

    def __init__(self, translation, page, user=None):
        self.translation, self.page, self.user = translation, page, user
        self.state = state_of(page)

    @cached_property
    def backlog(self):
        return backlog_of(self.state, with_unpublished=True) if self.state else Backlog()

    @cached_property
    def is_waiting(self):
        return is_waiting(self.page)

    @property
    def may_withdraw(self):
        return self.user is not None and may_withdraw(self.user, self.page.current_workflow_state)

    @property
    def sent_back(self):
        """The comment with which the last version was sent back, "" where it was not."""
        state = self.page.current_workflow_state
        task_state = state.current_task_state if state and not self.is_waiting else None
        return task_state.comment if task_state else ""

    @cached_property
    def source_page(self):
        return self.translation.source.get_source_instance()

    @cached_property
    def segments(self):
        return StringSegment.objects.filter(source__in=self.sources).count()

    @cached_property
    def sources(self):
        return {source.pk: source for source in sources_of(self.translation)}

    @cached_property
    def open_texts(self):
        segments = missing_segments(self.translation)
        stored = self._stored(segments)
        alone = _places_with_one_text(self.sources)
        return [self._open_text(segment, stored, alone) for segment in segments]

    @property
    def done(self):
        return self.segments - len(self.open_texts)

    @property
    def open_words(self):
        return sum(text.words for text in self.open_texts)

    @cached_property
    def missing_objects(self):
        return companions.without_translation(self.translation)

    @property
    def gone(self):
        """Texts that the present translation has and the source no longer; they go with the next version."""
        return [unescape(text) for _place, text in sorted(self.backlog.gone)]

    @property
    def changed_fields(self):
        """What else changed in the source; it comes along with the next version without being translated."""
        places = [place for place, _text in [*self.backlog.texts, *self.backlog.gone]]
        names = fields_without_texts(self.backlog.others.items(), places)
        return [label_of(type(self.source_page), name) for name in names]

    @cached_property
    def changes(self):
        """The changes of the source since the present translation, latest first, with what editors said of them."""
        if self.state is None or self.state.translated_at is None or self.state.source_id is None:
            return []
        changes = SourceChange.objects.of_source(self.state.source_id).filter(is_minor=False)
        if self.state.seen_id:
            changes = changes.filter(pk__gt=self.state.seen_id)
        return list(changes.select_related("user").order_by("-pk"))

    def _stored(self, segments):
        """Return the stored translations at the places of these segments, the latest last."""
        translations = StringTranslation.objects.filter(
            locale=self.translation.target_locale, context__in={segment.context_id for segment in segments}
        )
        return list(translations.select_related("translation_of").order_by("updated_at", "pk"))

    def _open_text(self, segment, stored, alone):
        here = [translation for translation in stored if translation.context_id == segment.context_id]
        before = self.backlog.texts.get((segment.context.path, segment.string.data))
        own = next((found for found in here if found.translation_of_id == segment.string_id), None)
        latest = next((found for found in here if found.translation_of.data == before), None)
        if before is None and segment.context_id in alone and here and own is None:
            latest = here[-1]
            before = latest.translation_of.data
        shown = own or latest
        label = self._label(segment)
        error = own.get_error() or _("This translation is not valid.") if own else ""
        return OpenText(segment, label, before, shown.data if shown else "", error)

    def _label(self, segment):
        source = self.sources[segment.source_id]
        if source == self.translation.source:
            return label_of(type(self.source_page), segment.context.get_field_path(self.source_page))
        instance = source.get_source_instance()
        return f"{instance}: {label_of(type(instance), segment.context.get_field_path(instance))}"


def _places_with_one_text(sources):
    places = StringSegment.objects.filter(source__in=sources).values_list("context_id", flat=True)
    counted = {}
    for place in places:
        counted[place] = counted.get(place, 0) + 1
    return {place for place, number in counted.items() if number == 1}


def label_of(model, field_path):
    """Return what the page editor calls a field or a part of a stream: "Body: Picture, Caption"."""
    name, *names = field_path.split(".")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    label = capfirst(str(getattr(field, "verbose_name", "") or field.related_model._meta.verbose_name))
    if not isinstance(field, StreamField):
        return label
    block, labels = field.stream_block, []
    for part in names:
        block = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks.get(part)
        if block is None:
            break
        if block.label and part != "item":
            labels.append(str(block.label))
    return f"{label}: {', '.join(labels)}" if labels else label
