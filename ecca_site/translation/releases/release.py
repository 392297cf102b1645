"""Releases: a page and its languages that go live together.

What is approved waits for the rest, then all is published at once. Until then translators see the
approved version of the source and visitors the present one.
"""

import logging

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Revision, WorkflowState

from ecca_site.i18n.originals import is_original
from ecca_site.moderation.ending import Why
from ecca_site.moderation.ledger.rules import Rule, under
from ecca_site.moderation.models import ReviewRefused, lock_reviews
from ecca_site.moderation.scheduled import back_into_queue
from ecca_site.moderation.sealing.seals import why_changed
from ecca_site.moderation.shown import why_not_shown
from ecca_site.users.models import User

from ..localize.records import TranslationSource
from ..models import Release, ReleaseLanguage, SourceChange, Submission
from ..staleness import mails
from ..staleness.publications import record_change
from ..staleness.states import lock_source
from ..submission.requests import request_translation
from ..submission.submit import SubmissionRefused
from . import ending
from .ending import open_release

logger = logging.getLogger(__name__)


@transaction.atomic
def bind(page: Page, user: User, *, languages: dict[Locale, bool], waits: bool = True) -> Release:
    """Bind languages to the next publication of a source page.

    ``languages`` says of each whether it is required, ``waits`` whether the page waits for those.

    Raises:
        SubmissionRefused: an approved version of the page waits already.
    """
    release = open_release(page.pk, lock=True)
    if release is not None and release.revision_id:
        raise SubmissionRefused(
            _("An approved version waits already. Its languages cannot be changed any more.")
        )
    if release is None:
        release = Release(source_id=page.pk)
    release.waits = waits
    release.created_by = user
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
def unbind(page: Page, user: User) -> None:
    """Let go of the languages: approved ones go live now, and the others as they come."""
    release = open_release(page.pk, lock=True)
    if release is None:
        return
    log(instance=page.specific, action="translation.unbind", user=user)
    if release.revision_id:
        release.languages.update(is_required=False)
        # A source that goes back into the queue takes the approved languages along when it comes.
        publish(release, user)
    else:
        ending.close(release)


def held_versions() -> Q:
    """Return the condition on versions that wait for others to go live with them."""
    waiting = Release.objects.filter(ended_at=None)
    of_languages = ReleaseLanguage.objects.filter(release__in=waiting)
    # Their keys: for a subquery PostgreSQL would read all versions there are.
    keys = waiting.order_by().values_list("revision", flat=True)
    return Q(pk__in={*keys, *of_languages.order_by().values_list("revision", flat=True)} - {None})


# --- When a review ends --------------------------------------------------------------------------
def hold(workflow_state: WorkflowState, user: User | None) -> bool:
    """Keep an approved version back where it belongs to a release.

    Return whether it was kept back, or published with the release.
    """
    revision = workflow_state.current_task_state.revision
    page = revision.content_object
    if not isinstance(page, Page):
        return False
    if is_original(page):
        return hold_source(page, revision, user)
    return hold_translation(page, revision, user)


def hold_source(page: Page, revision: Revision, user: User | None) -> bool:
    """Keep an approved source back for the languages that it waits for; see ``hold``."""
    release = open_release(page.pk, lock=True)
    if release is None:
        return False
    version = revision.as_object()
    if not release.waits:
        revision.publish(user=user, skip_permission_checks=True)
        ask_translators(release, type(version).objects.get(pk=page.pk), user)
        ending.close(release)
        return True
    if release.revision_id not in (None, revision.pk):
        ending.tell_of_source(release, Why.REPLACED)
    change = show_to_translators(version, revision)
    if change is not None:
        release.change = change
        # What was made from an earlier version is made again.
        ending.end_languages(release, Why.REPLACED)
        release.languages.update(revision=None, error="")
    release.revision = revision
    release.save(update_fields=["revision", "change"])
    ask_translators(release, version, user)
    publish_if_complete(release, user)
    return True


def show_to_translators(version: Page, revision: Revision) -> SourceChange | None:
    """Give wagtail-localize a version that visitors do not see yet.

    Return what it changes, None for a new page.
    """
    frozen = lock_source(version)
    if frozen is None:
        TranslationSource.update_or_create_from_instance(version)
        return None
    return record_change(frozen, version, revision)


def ask_translators(release: Release, version: Page, user: User | None) -> None:
    """Make the drafts of the languages, and write to those who translate them."""
    pages = {}
    for language in release.languages.select_related("locale"):
        translation = request_translation(version, language.locale, user)
        pages[language.locale_id] = translation.get_target_instance()
    if release.change is not None:
        mails.tell_translators(release.change, set(pages))
        return
    new = {key: page for key, page in pages.items() if page.first_published_at is None}
    if new:
        mails.tell_of_new_page(release, new)


def release_of_translation(page: Page) -> Release | None:
    """Return the release for which the original of a translation waits, locked."""
    others = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    for pk in others.values_list("pk", flat=True):
        release = open_release(pk, lock=True)
        if release is not None:
            return release
    return None


def hold_translation(page: Page, revision: Revision, user: User | None) -> bool:
    """Keep an approved translation back for the source that it belongs to; see ``hold``."""
    release = release_of_translation(page)
    if release is None or release.revision_id is None:
        return False
    language = release.languages.filter(locale_id=page.locale_id).first()
    if language is None:
        return False
    if release.change_id:
        submission = Submission.objects.filter(revision=revision).first()
        seen = submission.seen_id if submission is not None else None
        if seen is None or seen < release.change_id:
            return False  # made from the version that is live, which it still translates
    if language.revision_id not in (None, revision.pk):
        ending.end_language(language, Why.REPLACED)
    language.revision = revision
    language.error = ""
    language.save(update_fields=["revision", "error"])
    publish_if_complete(release, user)
    return True


def is_complete(release: Release) -> bool:
    """Return whether the source and every required language are approved."""
    if release.revision_id is None:
        return False
    return not release.languages.filter(is_required=True, revision=None).exists()


def publish_if_complete(release: Release, user: User | None) -> None:
    if is_complete(release):
        publish(release, user)


def publish(release: Release, user: User | None) -> bool:
    """Publish the source and all approved languages in one transaction; return whether it worked.

    A required language that fails leaves everything as it was, with the reason at the language; an
    optional one is left out. What shows something else by now than what was approved goes back
    into the queue. Nothing that was approved is lost.

    Raises:
        ReviewRefused: visitors could not be shown the source.
    """
    # All are looked at before any is published: one may show another.
    is_source_changed = send_source_back(release)
    languages = still_as_approved(release)
    if is_source_changed or not is_complete(release):
        return False
    try:
        with transaction.atomic():
            revisions = [release.revision, *(language.revision for language in languages)]
            lock_reviews(int(revision.object_id) for revision in revisions)
            if reason := why_not_shown(release.revision.as_object()):
                raise ReviewRefused(reason)
            with under(Rule.RELEASE, user):
                release.revision.publish(user=user, skip_permission_checks=True)
                for language in languages:
                    publish_language(language, user)
            ending.close(release)
    except LanguageFailed as failure:
        release.ended_at = None
        ReleaseLanguage.objects.filter(pk=failure.language.pk).update(error=str(failure))
        return False
    return True


def send_source_back(release: Release) -> bool:
    """Send a source back that shows something else by now; return whether it is one."""
    revision = release.revision
    if revision is None or not why_changed(revision):
        return False
    release.revision = None
    release.save(update_fields=["revision"])
    back_into_queue(revision)
    return True


def still_as_approved(release: Release) -> list[ReleaseLanguage]:
    """Return the languages whose approved version shows what was approved; send others back."""
    languages = []
    for language in release.languages.exclude(revision=None).select_related("revision", "locale"):
        reason = why_changed(language.revision)
        if not reason:
            languages.append(language)
            continue
        revision = language.revision
        language.revision = None
        language.error = reason
        language.save(update_fields=["revision", "error"])
        back_into_queue(revision)
    return languages


class LanguageFailed(Exception):
    """A required language that could not be published, with the reason."""

    def __init__(self, language: ReleaseLanguage, reason: str) -> None:
        super().__init__(reason)
        self.language = language


def publish_language(language: ReleaseLanguage, user: User | None) -> None:
    """Publish the approved version of a language; keep the reason where that fails.

    Raises:
        LanguageFailed: the language is required.
    """
    try:
        with transaction.atomic():
            if reason := why_not_shown(language.revision.as_object()):
                raise ValidationError(reason)
            language.revision.publish(user=user, skip_permission_checks=True)
    except (ValidationError, DatabaseError) as error:
        logger.exception("The translation %s could not be published", language.revision_id)
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        if language.is_required:
            raise LanguageFailed(language, reason) from error
        language.error = reason
        language.save(update_fields=["error"])
