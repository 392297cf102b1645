"""Keep ``TranslationState`` and ``SourceChange`` true, in the transaction of what they follow from."""

from django.db.models.signals import post_save, pre_delete
from wagtail.models import Page, Revision, TranslatableMixin
from wagtail.signals import page_published, page_unpublished
from wagtail.signals import published as object_published
from wagtail_localize.models import Translation, TranslationSource

from . import companions, mails, releases, staleness
from .models import ChangeNote, Submission, TranslationState


def published(instance, revision=None, alias=False, **kwargs):
    if alias or instance.alias_of_id or not instance.live:  # what is scheduled comes by again on its day
        return
    if staleness.is_source_language(instance):
        changes = staleness.source_published(instance, revision)
        for change in changes:
            mails.tell_translators(change)
        releases.superseded(instance, revision)
        if changes:
            make_companions(instance)
    else:
        staleness.translation_published(instance, revision)
        for submission in Submission.objects.filter(revision=revision):
            companions.publish(submission)


def make_companions(page):
    """A source that shows something new needs drafts of that in every language that translates it."""
    translations = Translation.objects.filter(source__object_id=page.translation_key, source__locale_id=page.locale_id)
    for translation in translations.filter(enabled=True).select_related("source__locale", "target_locale"):
        companions.ensure(translation)


def snippet_published(instance, **kwargs):
    """What is no page is translated from its live version, too."""
    if isinstance(instance, Page) or not isinstance(instance, TranslatableMixin):
        return
    if staleness.is_source_language(instance) and TranslationSource.objects.get_for_instance_or_none(instance):
        TranslationSource.update_or_create_from_instance(instance)


def unpublished(instance, **kwargs):
    if staleness.is_source_language(instance):
        staleness.source_withdrawn(instance)


def saved(sender, instance, created, raw=False, update_fields=None, **kwargs):
    """A translation has its state from the beginning, and a page that was an alias from when it is one no longer."""
    if raw or not isinstance(instance, Page) or instance.depth < 2:
        return
    if not (created or (update_fields and "alias_of_id" in update_fields)):
        return
    if staleness.is_source_language(instance):
        for page in Page.objects.filter(translation_key=instance.translation_key).exclude(pk=instance.pk):
            staleness.state_of(page)
    elif instance.alias_of_id:
        TranslationState.objects.filter(page_id=instance.pk).delete()
    else:
        staleness.state_of(instance)


def deleted(sender, instance, **kwargs):
    # Wagtail deletes a page as what it is; the signals of that model and of Page itself both come by here.
    if isinstance(instance, Page):
        staleness.source_withdrawn(instance)


def revision_saved(instance, created, raw=False, **kwargs):
    """What the editor's form said of a change stays with the version."""
    note = getattr(instance.content_object, "change_note", None) if created and not raw else None
    if note is not None:
        ChangeNote.objects.create(revision=instance, is_minor=note.is_minor, note=note.note)


def connect():
    object_published.connect(snippet_published, dispatch_uid="translation_snippet_published")
    page_published.connect(published, dispatch_uid="translation_published")
    page_unpublished.connect(unpublished, dispatch_uid="translation_unpublished")
    post_save.connect(saved, dispatch_uid="translation_saved")
    pre_delete.connect(deleted, dispatch_uid="translation_deleted")
    post_save.connect(revision_saved, sender=Revision, dispatch_uid="translation_revision_saved")
