"""Keep ``TranslationState`` and ``SourceChange`` true, within each publication."""

from collections.abc import Collection

from django.db.models import Model
from django.db.models.signals import post_save, pre_delete
from wagtail.models import Page, Revision, get_page_models, get_translatable_models
from wagtail.signals import page_published, page_unpublished
from wagtail.signals import published as object_published

from ecca_site.i18n.originals import (
    is_original,
    remember_first_language,
    remember_lost_original,
)
from ecca_site.moderation import holding
from ecca_site.moderation.ending import decision_over
from ecca_site.moderation.scheduled import clock, time_over
from ecca_site.moderation.sealing import things

from .localize.records import Translation, TranslationSource
from .models import ChangeNote, Submission, TranslationState
from .releases import ending, release
from .staleness import mails, publications
from .staleness.notes import note_for_version
from .staleness.shared import translated_snippets
from .staleness.states import state_of
from .submission import companions, expiry, expiry_requests


def published(
    instance: Page, revision: Revision | None = None, alias: bool = False, **kwargs: object
) -> None:
    """Record what a publication changes for translations, and publish what goes live with it."""
    if alias or instance.alias_of_id:
        return
    if not instance.live:
        return  # it has a date, and comes by again on that date
    if not is_original(instance):
        publications.translation_published(instance, revision)
        for submission in Submission.objects.filter(revision=revision):
            companions.publish(submission)
        return
    changes = publications.source_published(instance, revision)
    for change in changes:
        mails.tell_translators(change)
    if changes:
        make_companions(instance)
    companions.ensure_own(instance)


def make_companions(page: Page) -> None:
    """Make drafts of new things that a source shows, in every language that translates it."""
    translations = Translation.objects.filter(
        source__object_id=page.translation_key, source__locale_id=page.locale_id, enabled=True
    )
    asked_for = list(translations.select_related("source__locale", "target_locale"))
    shown = companions.related(asked_for[0]) if asked_for else []  # they have one source
    for translation in asked_for:
        companions.ensure_of(translation, shown)


def snippet_published(instance: Model, **kwargs: object) -> None:
    """Let a snippet be translated from its live version, as a page is.

    The first time it is asked for in the languages of the pages that show it.
    """
    if not is_original(instance) or not instance.live:
        return
    companions.ensure_where_shown(instance)
    if TranslationSource.objects.get_for_instance_or_none(instance):
        TranslationSource.update_or_create_from_instance(instance)
    showing = Translation.objects.filter(
        source__relatedobjectsegment__object_id=instance.translation_key, enabled=True
    )
    related = showing.select_related("source__locale", "target_locale")
    for translation in related.order_by("pk").distinct():
        companions.ensure(translation)


def unpublished(instance: Page, **kwargs: object) -> None:
    if is_original(instance):
        publications.source_withdrawn(instance)


def saved(
    instance: Page,
    created: bool,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: object,
) -> None:
    """Give a translation its state from the beginning, or from when it is an alias no longer."""
    if raw or instance.depth < 2:
        return
    may_have_been_alias = update_fields is not None and "alias_of_id" in update_fields
    if not created and not may_have_been_alias:
        return
    if created:
        remember_first_language(instance)
    if is_original(instance):
        translations = Page.objects.filter(translation_key=instance.translation_key)
        for page in translations.exclude(pk=instance.pk):
            state_of(page)
    elif instance.alias_of_id:
        TranslationState.objects.filter(page_id=instance.pk).delete()
    else:
        state_of(instance)


def snippet_saved(instance: Model, created: bool, raw: bool = False, **kwargs: object) -> None:
    if created and not raw:
        remember_first_language(instance)


def snippet_deleted(instance: Model, **kwargs: object) -> None:
    remember_lost_original(instance)


def deleted(instance: Page, **kwargs: object) -> None:
    # Wagtail deletes a page as what it is; the signals of that model and of Page itself both come
    # by here.
    publications.source_withdrawn(instance)


def revision_saved(instance: Revision, created: bool, raw: bool = False, **kwargs: object) -> None:
    """Keep with a version what the editor's form, and the version before, said of it."""
    page = instance.content_object
    if raw or not created or not isinstance(page, Page):
        return
    expiry.carry_over(page, instance)
    note = note_for_version(page)
    if note is not None:
        ChangeNote.objects.create(revision=instance, is_minor=note.is_minor, note=note.note)


def connect() -> None:
    ending.connect()
    things.also(companions.sealed)
    holding.also_held(release.held_versions)
    for model in translated_snippets():
        object_published.connect(snippet_published, sender=model)
    for model in get_translatable_models():
        if not issubclass(model, Page):
            post_save.connect(snippet_saved, sender=model)
            pre_delete.connect(snippet_deleted, sender=model)
    for model in get_page_models():
        page_published.connect(published, sender=model)
        page_unpublished.connect(unpublished, sender=model)
        post_save.connect(saved, sender=model)
        pre_delete.connect(deleted, sender=model)
    post_save.connect(revision_saved, sender=Revision)
    time_over.connect(expiry.go_along, sender=Page)
    clock.connect(expiry_requests.ask_ahead, sender=Page)
    decision_over.connect(expiry_requests.forget, sender=Page)
