"""The states of translations, rows of ``TranslationState``, which keep the counts of backlogs."""

from django.utils import timezone
from wagtail.models import Page

from ecca_site.delivery.fallback import is_withdrawn
from ecca_site.i18n.originals import original_of

from ..localize.records import TranslationSource
from ..models import SourceChange, TranslationState
from .backlog import Backlog, backlog_of
from .notice import show_anew

COUNTS = ["stale_since", "stale_segments", "stale_words"]  # of a state, which follow from its facts


def count(state: TranslationState) -> None:
    """Bring the counts of a translation up to date with the changes of its source."""
    _take_counts(state, backlog_of(state))
    state.save(update_fields=COUNTS)


def count_all(source: Page) -> None:
    """Bring the counts of all translations of a live source up to date, however many there are."""
    states = list(TranslationState.objects.filter(source=source).select_related("page__locale"))
    known = [state.seen_id or 0 for state in states if state.translated_at is not None]
    changes = SourceChange.objects.of_source(source.pk).published()
    unknown = list(changes.filter(pk__gt=min(known))) if known else []
    for state in states:
        backlog = Backlog()
        if state.translated_at is not None:
            for change in unknown:
                if change.pk > (state.seen_id or 0):
                    backlog.add(change)
        _take_counts(state, backlog)
        state.orphaned_since = None
    TranslationState.objects.bulk_update(states, [*COUNTS, "orphaned_since"])
    show_anew(states)


def _take_counts(state: TranslationState, backlog: Backlog) -> None:
    state.stale_since = backlog.since
    state.stale_segments = backlog.segments
    state.stale_words = backlog.words


def state_of(page: Page) -> TranslationState | None:
    """Return the state of a translated page, made where it has none yet.

    None where the page is no translation.
    """
    source = original_of(page)
    state = TranslationState.objects.filter(page_id=page.pk).first()
    if source is None:
        return state
    if state is None:
        state = TranslationState(page_id=page.pk)
    if state.source_id != source.pk:
        state.source = source
        state.orphaned_since = timezone.now() if is_withdrawn(source) else None
        state.save()
    return state


def lock_source(page: Page) -> TranslationSource | None:
    """Return wagtail-localize's frozen content of a source page, locked.

    By the lock publications of one page come in turn.
    """
    sources = TranslationSource.objects.select_for_update().filter(
        object_id=page.translation_key, locale=page.locale_id
    )
    return sources.first()


def last_change(source_id: int) -> SourceChange | None:
    return SourceChange.objects.of_source(source_id).last()
