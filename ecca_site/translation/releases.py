"""A page and its languages that go live together: what is approved waits for the rest, then all is published at once.

Until then translators see the approved version of the source and visitors the present one.
"""

import logging

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from . import mails
from .models import Release, ReleaseLanguage, Submission
from .requests import request_translation
from .staleness import is_source_language, lock_source, record_change
from .submission import SubmissionRefused

logger = logging.getLogger(__name__)


def open_release(source_id, *, lock=False):
    """Return the release that a source page waits for, None where it waits for none."""
    releases = Release.objects.select_for_update() if lock else Release.objects
    return releases.filter(source_id=source_id, ended_at=None).first()


@transaction.atomic
def bind(page, user, *, languages, waits=True):
    """Bind languages to the next publication of a source page; ``languages`` says of each whether it is required.

    Raises:
        SubmissionRefused: an approved version of the page waits already.
    """
    release = open_release(page.pk, lock=True)
    if release is not None and release.revision_id:
        raise SubmissionRefused(_("An approved version waits already. Its languages cannot be changed any more."))
    if release is None:
        release = Release(source_id=page.pk)
    release.waits, release.created_by = waits, user
    release.save()
    release.languages.all().delete()
    ReleaseLanguage.objects.bulk_create(
        ReleaseLanguage(release=release, locale=locale, is_required=is_required)
        for locale, is_required in languages.items()
    )
    names = ", ".join(str(locale.get_display_name()) for locale in languages)
    log(instance=page.specific, action="translation.bind", user=user, data={"comment": names})
    return release


@transaction.atomic
def unbind(page, user):
    """Let go of the languages. What is approved already goes live now, and the others as they come."""
    release = open_release(page.pk, lock=True)
    if release is None:
        return
    log(instance=page.specific, action="translation.unbind", user=user)
    if release.revision_id:
        release.languages.update(is_required=False)
        publish(release, user)
    else:
        end(release)


def superseded(page, revision):
    """End the release of a page of which another version went live; its approved languages come as they are."""
    release = open_release(page.pk)
    if release is None or release.revision_id is None or (revision and release.revision_id == revision.pk):
        return
    end(release)
    for language in release.languages.exclude(revision=None).select_related("revision", "locale"):
        language.is_required = False
        publish_language(language, None)


def end(release):
    release.ended_at = timezone.now()
    release.save(update_fields=["ended_at"])


# --- When a review ends --------------------------------------------------------------------------------------
def hold(workflow_state, user):
    """Keep an approved version back where it belongs to a release; return whether it was kept or published with it."""
    revision = workflow_state.current_task_state.revision
    page = workflow_state.content_object
    if not isinstance(page, Page):
        return False
    if is_source_language(page):
        return hold_source(page, revision, user)
    return hold_translation(page, revision, user)


def hold_source(page, revision, user):
    release = open_release(page.pk, lock=True)
    if release is None:
        return False
    version = revision.as_object()
    if not release.waits:
        revision.publish(user=user, skip_permission_checks=True)
        ask_translators(release, type(version).objects.get(pk=page.pk), user)
        end(release)
        return True
    change = show_to_translators(version, revision)
    if change is not None:
        release.change = change
        # What was made from an earlier version is made again.
        release.languages.update(revision=None, error="")
    release.revision = revision
    release.save(update_fields=["revision", "change"])
    ask_translators(release, version, user)
    publish_if_complete(release, user)
    return True


def show_to_translators(version, revision):
    """Give localize a version that visitors do not see yet; return what it changes, None for a new page."""
    frozen = lock_source(version)
    if frozen is None:
        TranslationSource.update_or_create_from_instance(version)
        return None
    return record_change(frozen, version, revision)


def ask_translators(release, version, user):
    """Make the drafts of the languages, and write to those who translate them."""
    pages = {}
    for language in release.languages.select_related("locale"):
        translation = request_translation(version, language.locale, user)
        pages[language.locale_id] = translation.get_target_instance()
    if release.change is not None:
        mails.tell_translators(release.change, set(pages))
    elif any(page.first_published_at is None for page in pages.values()):
        mails.tell_of_new_page(release, {key: page for key, page in pages.items() if page.first_published_at is None})


def hold_translation(page, revision, user):
    source = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    release = next(
        (found for pk in source.values_list("pk", flat=True) if (found := open_release(pk, lock=True))), None
    )
    language = release and release.languages.filter(locale_id=page.locale_id).first()
    if language is None or release.revision_id is None:
        return False
    submission = Submission.objects.filter(revision=revision).first()
    if release.change_id and (submission is None or (submission.seen_id or 0) < release.change_id):
        return False  # made from the version that is live, which it still translates
    language.revision, language.error = revision, ""
    language.save(update_fields=["revision", "error"])
    publish_if_complete(release, user)
    return True


def is_complete(release):
    return bool(release.revision_id) and not release.languages.filter(is_required=True, revision=None).exists()


def publish_if_complete(release, user):
    if is_complete(release):
        publish(release, user)


def publish(release, user):
    """Publish the source and every approved language in one transaction; return whether that was possible.

    A required language that fails leaves everything as it was, with the reason at the language; an optional one is left
    out. Nothing that was approved is lost.
    """
    languages = list(release.languages.exclude(revision=None).select_related("revision", "locale"))
    try:
        with transaction.atomic():
            release.revision.publish(user=user, skip_permission_checks=True)
            for language in languages:
                publish_language(language, user)
            end(release)
    except LanguageFailed as failure:
        release.ended_at = None
        ReleaseLanguage.objects.filter(pk=failure.language.pk).update(error=str(failure))
        return False
    return True


class LanguageFailed(Exception):
    def __init__(self, language, reason):
        super().__init__(reason)
        self.language = language


def publish_language(language, user):
    try:
        with transaction.atomic():
            language.revision.publish(user=user, skip_permission_checks=True)
    except (ValidationError, DatabaseError) as error:
        logger.exception("The translation %s could not be published", language.revision_id)
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        if language.is_required:
            raise LanguageFailed(language, reason) from error
        language.error = reason
        language.save(update_fields=["error"])
