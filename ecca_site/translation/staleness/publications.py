"""What publications of sources and of translations change in the states of translations."""

import json
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from ecca_site.delivery.fallback import is_withdrawn
from ecca_site.i18n.originals import are_originals

from ..localize.records import Translation, TranslationSource
from ..localize.segment_rows import take_over
from ..localize.segments import content_of, difference
from ..models import ChangeNote, SourceChange, Submission, TranslationState
from .carrying import carry_over
from .states import count, count_all, lock_source, state_of


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
