"""How far a translation is behind its source: what the source's changes leave to do, and the rows that keep it."""

import json
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext, TranslationSource

from ecca_site.core.fallback import is_withdrawn

from .models import ChangeNote, SourceChange, Submission, TranslationState
from .segments import Difference, content_of, count_words, difference, fields_without_texts
from .texts.cleaning import clean_text
from .texts.targets import target_of


@dataclass
class Backlog:
    """What a translation lacks after some changes of its source. Minor changes add nothing."""

    # (place, text of the source) -> the text that the translation was made from, None where it has none
    texts: dict[tuple[str, str], str | None] = field(default_factory=dict)
    gone: set[tuple[str, str]] = field(default_factory=set)  # texts that the translation has and the source no longer
    others: dict[str, str | None] = field(default_factory=dict)  # field -> fingerprint that the translation has
    since: object = None

    @property
    def segments(self):
        places = [place for place, _text in [*self.texts, *self.gone]]
        return len(self.texts) + len(self.gone) + len(fields_without_texts(self.others.items(), places))

    @property
    def words(self):
        return sum(count_words(text) for _place, text in self.texts)

    def add(self, change):
        changed = Difference.from_json(change.difference)
        for place, before, after in changed.texts:
            self._add_text(place, before, after, change.is_minor)
        for name, before, after in changed.others:
            if name in self.others:
                if self.others[name] == after:
                    del self.others[name]
            elif not change.is_minor:
                self.others[name] = before
        if not (self.texts or self.gone or self.others):
            self.since = None
        elif self.since is None:
            self.since = change.published_at

    def _add_text(self, place, before, after, is_minor):
        was_pending = (place, before) in self.texts
        had = self.texts.pop((place, before)) if was_pending else before
        if is_minor and not was_pending:
            return
        if after is None:
            if had is not None and not is_minor:
                self.gone.add((place, had))
        elif had is None and (place, after) in self.gone:
            self.gone.discard((place, after))
        elif had != after:
            self.texts[place, after] = had


def backlog_of(state, *, with_unpublished=False):
    """Return the ``Backlog`` of a translation from the changes of its source that it does not know."""
    backlog = Backlog()
    if state.translated_at is not None and state.source_id is not None:
        changes = SourceChange.objects.of_source(state.source_id)
        if not with_unpublished:
            changes = changes.published()
        for change in changes.filter(pk__gt=state.seen_id) if state.seen_id else changes:
            backlog.add(change)
    return backlog


def count(state):
    """Bring the counts of a translation up to date with the changes of its source, and save them."""
    backlog = backlog_of(state)
    state.stale_since, state.stale_segments, state.stale_words = backlog.since, backlog.segments, backlog.words
    state.save(update_fields=["stale_since", "stale_segments", "stale_words"])


# --- Which page is the source of which ------------------------------------------------------------------------
def is_source_language(page):
    return page.locale.language_code == settings.LANGUAGE_CODE


def source_of(page):
    """Return the page that a page is a translation of, None where it is none."""
    if page.alias_of_id or page.depth < 2 or is_source_language(page):
        return None
    sources = Page.objects.filter(translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE)
    return sources.first()


def state_of(page):
    """Return the state of a translated page, made where it has none yet; None where the page is no translation."""
    source = source_of(page)
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


def lock_source(page):
    """Return localize's frozen content of a source page, locked so that publications of one page come in turn."""
    sources = TranslationSource.objects.select_for_update().filter(
        object_id=page.translation_key, locale=page.locale_id
    )
    return sources.first()


def last_change(source_id):
    return SourceChange.objects.of_source(source_id).last()


# --- What happens to sources and translations -----------------------------------------------------------------
@transaction.atomic
def source_published(page, revision):
    """Record what a publication of a source page changed, and what that means for its translations.

    Returns the changes that are public from now on: none where nothing changed or nobody translates the page.
    """
    TranslationState.objects.filter(source=page).update(orphaned_since=None)
    frozen = lock_source(page)
    if frozen is None:
        return []
    published_at = page.last_published_at or timezone.now()
    changes = list(SourceChange.objects.of_source(page.pk).filter(published_at=None))
    for change in changes:
        change.published_at = published_at
        change.save(update_fields=["published_at"])
    if change := record_change(frozen, page, revision, published_at):
        changes.append(change)
    if changes:
        for state in TranslationState.objects.filter(source=page):
            count(state)
    return changes


def record_change(frozen, page, revision, published_at=None):
    """Bring localize's frozen content of a source up to a version of it; return the change, None where there is none.

    Without ``published_at`` translators see the version before visitors do.
    """
    changed = difference(content_of(frozen.as_instance()), content_of(page))
    if not changed:
        frozen.content_json = json.dumps(json.loads(page.to_json()))
        frozen.save(update_fields=["content_json"])
        return None
    TranslationSource.update_or_create_from_instance(page)
    note = ChangeNote.objects.filter(revision=revision).first() or ChangeNote()
    change = SourceChange.objects.create(
        page_id=page.pk,
        revision=revision,
        published_at=published_at,
        user=revision.user if revision else None,
        is_minor=note.is_minor,
        note=note.note,
        changed_segments=changed.segments,
        changed_words=changed.words,
        difference=changed.as_json(),
    )
    if change.is_minor:
        carry_over(frozen, changed)
    return change


def carry_over(frozen, changed, locales=None):
    """Take the translations of the old texts for those of the new ones, in the same places."""
    places = {place for place, before, after in changed.texts if before and after}
    contexts = {
        context.path: context for context in TranslationContext.objects.filter(object=frozen.object_id, path__in=places)
    }
    hashes = {String._get_data_hash(text) for _place, *both in changed.texts for text in both if text}
    found = String.objects.filter(locale=frozen.locale_id, data_hash__in=hashes)
    strings = {string.data: string for string in found}
    made = []
    for place, before, after in changed.texts:
        old, new, context = strings.get(before), strings.get(after), contexts.get(place)
        if old is None or new is None or context is None:
            continue
        translations = StringTranslation.objects.filter(translation_of=old, context=context)
        for translation in translations.filter(locale__in=locales) if locales else translations:
            translation.pk, translation.translation_of = None, new
            try:
                translation.data = clean_text(translation.data, source=new.data, target=target_of(context))
            except ValidationError:
                continue  # such as one with a link that the new text has no more: it is translated anew
            made.append(translation)
    # Without signals: no text of a page changes by this, and what was translated since stays.
    StringTranslation.objects.bulk_create(made, ignore_conflicts=True)


@transaction.atomic
def translation_published(page, revision):
    """Record that a translation went live, and which changes of its source it takes into account.

    A version without a ``Submission`` was written in the page editor. Where localize does not guide the translation,
    that is the way to translate; where it does, such an edit brings nothing nearer to the source.
    """
    state = state_of(page)
    if state is None or state.source_id is None:
        return None
    frozen = lock_source(state.source)
    if frozen is None:
        frozen, _created = TranslationSource.get_or_create_from_instance(state.source)
    submission = Submission.objects.filter(revision=revision).first() if revision else None
    is_guided = Translation.objects.filter(source=frozen, target_locale=page.locale_id, enabled=True).exists()
    if submission or state.translated_at is None or not is_guided:
        published = SourceChange.objects.of_source(state.source_id).published()
        state.seen = submission.seen if submission else published.last()
        state.translated_at = revision.created_at if revision else timezone.now()
        state.save(update_fields=["seen", "translated_at"])
    count(state)
    return state


def source_withdrawn(page):
    """Mark the translations of a page that went offline or is deleted."""
    TranslationState.objects.filter(source_id=page.pk, orphaned_since=None).update(orphaned_since=timezone.now())


def rebuild():
    """Make the states of all translations anew from pages and changes; return how many were wrong or missing."""
    changed = 0
    kept = ("source_id", "stale_since", "stale_segments", "stale_words", "is_orphaned")
    TranslationState.objects.exclude(page__alias_of=None).delete()
    pages = Page.objects.filter(depth__gt=1, alias_of=None).exclude(locale__language_code=settings.LANGUAGE_CODE)
    for page in pages.select_related("locale", "live_revision").iterator(chunk_size=200):
        before = _facts(TranslationState.objects.filter(page=page).first(), kept)
        with transaction.atomic():
            state = state_of(page)
            if state is None:
                continue
            if state.translated_at is None and page.live:
                translation_published(page, page.live_revision)
                state.refresh_from_db()
            is_orphaned = state.source is None or is_withdrawn(state.source)
            if is_orphaned != (state.orphaned_since is not None):
                state.orphaned_since = timezone.now() if is_orphaned else None
                state.save(update_fields=["orphaned_since"])
            count(state)
        changed += before != _facts(state, kept)
    return changed


def _facts(state, names):
    return state and [getattr(state, name) for name in names]
