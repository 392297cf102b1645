"""The backlog of a translation: how far it is behind its source.

It is what the changes of the source leave to do, and rows of ``TranslationState`` keep its counts.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from ecca_site.delivery.fallback import is_withdrawn
from ecca_site.i18n.originals import are_originals, original_of

from ..localize.records import Translation, TranslationSource
from ..localize.segment_rows import take_over
from ..localize.segments import (
    Difference,
    content_of,
    count_words,
    difference,
    fields_without_texts,
)
from ..models import ChangeNote, SourceChange, Submission, TranslationState
from .carrying import carry_over
from .notice import show_anew

COUNTS = ["stale_since", "stale_segments", "stale_words"]  # of a state, which follow from its facts

Text = tuple[str, str]  # its place, and what it is in the source


@dataclass
class Backlog:
    """The work that some changes of a source leave to a translation; minor changes add none."""

    # By a text of the source, the one that the translation was made from, None where it has none.
    texts: dict[Text, str | None] = field(default_factory=dict)
    # Texts that the translation has and the source no longer.
    gone: set[Text] = field(default_factory=set)
    # By the name of a field, the fingerprint that the translation has.
    others: dict[str, str | None] = field(default_factory=dict)
    since: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.gone or self.others)

    @property
    def fields(self) -> list[str]:
        """The names of changed fields in which no text has changed."""
        places = [place for place, _text in [*self.texts, *self.gone]]
        return fields_without_texts(self.others, places)

    @property
    def segments(self) -> int:
        """The number of texts that are new, changed or gone, and of fields besides."""
        return len(self.texts) + len(self.gone) + len(self.fields)

    @property
    def words(self) -> int:
        """The number of words to translate."""
        return sum(count_words(text) for _place, text in self.texts)

    def add(self, change: SourceChange) -> None:
        """Take in the next change of the source."""
        changed = Difference.from_json(change.difference)
        for place, before, after in changed.texts:
            self._add_text(place, before, after, change.is_minor)
        for name, before, after in changed.others:
            self._add_field(name, before, after, change.is_minor)
        if self.is_empty:
            self.since = None
        elif self.since is None:
            self.since = change.published_at

    def _add_text(self, place: str, before: str | None, after: str | None, is_minor: bool) -> None:
        had = before
        if before is not None and (place, before) in self.texts:
            had = self.texts.pop((place, before))
        elif is_minor:
            return
        if after is None:
            if had is not None and not is_minor:
                self.gone.add((place, had))
        elif had is None and (place, after) in self.gone:
            self.gone.discard((place, after))
        elif had != after:
            self.texts[place, after] = had

    def _add_field(self, name: str, before: str | None, after: str | None, is_minor: bool) -> None:
        if name in self.others:
            if self.others[name] == after:
                del self.others[name]
        elif not is_minor:
            self.others[name] = before


def backlog_of(state: TranslationState, *, with_unpublished: bool = False) -> Backlog:
    """Return the backlog from the changes of its source that a translation does not know."""
    backlog = Backlog()
    if state.translated_at is None or state.source_id is None:
        return backlog
    changes = SourceChange.objects.of_source(state.source_id)
    if not with_unpublished:
        changes = changes.published()
    if state.seen_id:
        changes = changes.filter(pk__gt=state.seen_id)
    for change in changes:
        backlog.add(change)
    return backlog


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


# --- What happens to sources and translations ----------------------------------------------------
@transaction.atomic(savepoint=False)
def source_published(page: Page, revision: Revision | None) -> list[SourceChange]:
    """Record the changes of a source page that is published, and count its translations anew.

    Returns the changes that are public from now on: none where nothing changed or nobody translates
    the page.
    """
    frozen = lock_source(page)
    if frozen is None:
        not_orphaned(page)
        return []
    published_at = page.last_published_at or timezone.now()
    changes = list(SourceChange.objects.of_source(page.pk).filter(published_at=None))
    for change in changes:
        change.published_at = published_at
        change.save(update_fields=["published_at"])
    latest = record_change(frozen, page, revision, published_at)
    if latest is not None:
        changes.append(latest)
    if changes:
        count_all(page)
    else:
        not_orphaned(page)
    return changes


def not_orphaned(source: Page) -> None:
    TranslationState.objects.filter(source=source).update(orphaned_since=None)


def record_change(
    frozen: TranslationSource,
    page: Page,
    revision: Revision | None,
    published_at: datetime | None = None,
) -> SourceChange | None:
    """Bring wagtail-localize's frozen content of a source up to a version of it.

    Returns the change, None where there is none. Without ``published_at`` translators see the
    version before visitors do.
    """
    before = page.with_content_json(json.loads(frozen.content_json))
    changed = difference(content_of(before), content_of(page))
    if not changed:
        frozen.content_json = json.dumps(json.loads(page.to_json()))
        frozen.save(update_fields=["content_json"])
        return None
    take_over(frozen, page)
    note = ChangeNote.objects.filter(revision=revision).first() or ChangeNote()
    change = SourceChange.objects.create(
        page_id=page.pk,
        revision=revision,
        published_at=published_at,
        user_id=revision.user_id if revision else None,
        is_minor=note.is_minor,
        note=note.note,
        changed_segments=changed.segments,
        changed_words=changed.words,
        difference=changed.as_json(),
    )
    if change.is_minor:
        carry_over(frozen, changed)
    return change


@transaction.atomic
def translation_published(page: Page, revision: Revision | None) -> TranslationState | None:
    """Record that a translation went live, and which changes of its source it knows.

    A version without a ``Submission`` was written in the page editor. Where wagtail-localize does
    not guide the translation, that is the way to translate; where it does, such an edit brings
    nothing nearer to the source.
    """
    state = state_of(page)
    if state is None or state.source_id is None:
        return None
    frozen = lock_source(state.source)
    if frozen is None:
        frozen, _created = TranslationSource.get_or_create_from_instance(state.source)
    submission = Submission.objects.filter(revision=revision).first() if revision else None
    translations = Translation.objects.filter(source=frozen, target_locale=page.locale_id)
    is_guided = translations.filter(enabled=True).exists()
    if submission is not None or state.translated_at is None or not is_guided:
        if submission is not None:
            state.seen = submission.seen
        else:
            state.seen = SourceChange.objects.of_source(state.source_id).published().last()
        state.translated_at = revision.created_at if revision else timezone.now()
        state.save(update_fields=["seen", "translated_at"])
    count(state)
    return state


def source_withdrawn(page: Page) -> None:
    """Mark the translations of a page that went offline or is deleted."""
    translations = TranslationState.objects.filter(source_id=page.pk, orphaned_since=None)
    translations.update(orphaned_since=timezone.now())


def rebuild() -> int:
    """Make the states of all translations anew from pages and changes.

    Returns how many were wrong or missing.
    """
    TranslationState.objects.exclude(page__alias_of=None).delete()
    pages = Page.objects.filter(~are_originals(), depth__gt=1, alias_of=None)
    changed = 0
    for page in pages.select_related("locale", "live_revision").iterator(chunk_size=200):
        if _rebuild_state(page):
            changed += 1
    return changed


@transaction.atomic
def _rebuild_state(page: Page) -> bool:
    """Make the state of a page anew; return whether it was wrong or missing."""
    before = _facts(TranslationState.objects.filter(page=page).first())
    state = state_of(page)
    if state is None:
        return False
    if state.translated_at is None and page.live:
        translation_published(page, page.live_revision)
        state.refresh_from_db()
    is_orphaned = state.source is None or is_withdrawn(state.source)
    if is_orphaned != state.is_orphaned:
        state.orphaned_since = timezone.now() if is_orphaned else None
        state.save(update_fields=["orphaned_since"])
    count(state)
    return before != _facts(state)


def _facts(state: TranslationState | None) -> tuple[object, ...] | None:
    if state is None:
        return None
    return (
        state.source_id,
        state.stale_since,
        state.stale_segments,
        state.stale_words,
        state.is_orphaned,
    )
