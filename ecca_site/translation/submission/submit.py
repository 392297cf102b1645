"""Handing a translation to its reviewers.

Until they have decided the live page stays as it is.
"""

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision, WorkflowMixin, WorkflowState

from ecca_site.moderation.models import ReviewRefused, lock_review
from ecca_site.moderation.reviewed import Reviewed
from ecca_site.users.models import User

from ..localize.machine import unconfirmed
from ..localize.records import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)
from ..models import Submission
from ..staleness.states import last_change, lock_source
from . import companions
from .alarms import AlarmsRefused, check_alarms
from .slugs import needs_slug, slug_from_title
from .validation import check_texts

# What changes of a source while it is locked: what it belongs to stays as it was read.
CONTENT_OF_SOURCES = ["content_json", "schema_version", "object_repr", "last_updated_at"]


class SubmissionRefused(ReviewRefused):
    """A translation that cannot be submitted, with the reason for whoever tried to."""


def translation_of(instance: Reviewed) -> Translation | None:
    """Return wagtail-localize's translation that leads to something, None where it guides none."""
    translations = Translation.objects.select_related(
        "source__locale", "source__object", "target_locale"
    )
    return translations.filter(
        source__object_id=instance.translation_key,
        target_locale_id=instance.locale_id,
        enabled=True,
    ).first()


def page_of(translation: Translation) -> Page | None:
    """Return the page that a translation leads to, as what it is.

    None where it is deleted, and for the translation of a snippet.
    """
    page = Page.objects.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).first()
    if page is None:
        return None
    return page.specific


def translated_by(translation: Translation) -> Reviewed | None:
    """Return what a translation leads to: a page, or a snippet that is reviewed. None if gone."""
    instance = translation.source.object.get_instance_or_none(translation.target_locale)
    if isinstance(instance, Page):
        return instance.specific
    return instance if isinstance(instance, WorkflowMixin) else None


def is_waiting(review: WorkflowState | None) -> bool:
    """Return whether a version waits for a decision."""
    return review is not None and review.status == WorkflowState.STATUS_IN_PROGRESS


def why_locked(instance: Reviewed, user: User) -> str:
    """Return why a user may not change the texts of something now, "" where the user may."""
    if is_waiting(instance.current_workflow_state):
        return _(
            "This translation waits for a decision. Withdraw it first if you want to change it."
        )
    lock = instance.get_lock()
    if lock is not None and lock.for_user(user):
        return _("This page is locked.")
    return ""


def sources_of(translation: Translation) -> list[TranslationSource]:
    """Return the source of a translation, and those of what goes live with it."""
    beside = [companion.source for companion in companions.companions_of(translation)]
    return [translation.source, *beside]


def missing_segments(translation: Translation) -> list[StringSegment]:
    """Return the texts that have no valid translation yet.

    They are in the order of the page, then of what goes with it.
    """
    sources = sources_of(translation)
    segments = StringSegment.objects.filter(source__in=sources)
    missing = segments.annotate_translation(translation.target_locale).filter(translation=None)
    in_order = missing.select_related("string", "context").order_by("order")
    source_ids = [source.pk for source in sources]
    return sorted(in_order, key=lambda segment: source_ids.index(segment.source_id))


def submit(translation: Translation, user: User) -> Page:
    """Make a version of the translated page from its texts and hand it to its workflow.

    Returns the page. One that nobody moderates is published at once.

    Raises:
        PermissionDenied: the user may not change this page.
        SubmissionRefused: a text is missing or not valid, or the page is locked or waits already;
        says which.
    """
    try:
        with transaction.atomic():
            return _submit(translation, user)
    except AlarmsRefused as refusal:
        refusal.mark()
        raise SubmissionRefused(str(refusal)) from refusal
    except companions.CompanionInvalid as error:
        raise SubmissionRefused(mark_errors(error.translation, error)) from error
    except ValidationError as error:
        raise SubmissionRefused(mark_errors(translation, error)) from error


def _submit(translation: Translation, user: User) -> Page:
    source_page = translation.source.get_source_instance()
    lock_source(source_page)
    translation.source.refresh_from_db(fields=CONTENT_OF_SOURCES)
    page = page_of(translation)
    if page is None or not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    lock_review(page.pk)
    check(translation, page, user)
    version = build(translation)
    check_texts(version, companions.places_of(translation.source))
    if not version.live:
        version.save()  # its slug is taken from now on
    revision = version.save_revision(user=user, log_action=True)
    submission = Submission.objects.create(revision=revision, seen=last_change(source_page.pk))
    submission.companions.set(companions.submit(translation, user))
    TranslationLog.objects.create(
        source=translation.source, locale=translation.target_locale, revision=revision
    )
    start_review(version, revision, user)
    return version


def check(translation: Translation, instance: Reviewed, user: User) -> None:
    """Hold a translation against what its reviewers may expect.

    Raises:
        SubmissionRefused: it is locked, or something is not translated or not confirmed.
        AlarmsRefused: a text cannot be handed in as it is.
    """
    if reason := why_locked(instance, user):
        raise SubmissionRefused(reason)
    if count := len(missing_segments(translation)):
        message = ngettext(
            "%(number)s text is not translated yet.",
            "%(number)s texts are not translated yet.",
            count,
        )
        raise SubmissionRefused(message % {"number": count})
    if count := unconfirmed(translation).count():
        message = ngettext(
            "%(number)s draft by a machine is not confirmed yet.",
            "%(number)s drafts by a machine are not confirmed yet.",
            count,
        )
        raise SubmissionRefused(message % {"number": count})
    if lacking := companions.without_translation(translation):
        names = ", ".join(str(instance) for instance in lacking)
        raise SubmissionRefused(_("Not translated yet: %(names)s.") % {"names": names})
    check_alarms(translation)


def build(translation: Translation) -> Reviewed:
    """Return the translated page or snippet as it would be published now, unsaved.

    Raises:
        SubmissionRefused: an object that was chosen for this language is gone.
    """
    try:
        version = translation.source.get_ephemeral_translated_instance(
            translation.target_locale, fallback=True
        )
    except ObjectDoesNotExist as error:
        raise SubmissionRefused(
            _("A picture, document or page that was chosen for this language is gone.")
        ) from error
    if isinstance(version, Page) and needs_slug(version):
        version.slug = slug_from_title(version)
    return version


def start_review(instance: Reviewed, revision: Revision, user: User) -> None:
    """Hand a version to its workflow, or publish it where there is none."""
    state = instance.current_workflow_state
    workflow = instance.get_workflow()
    if state is not None:
        state.resume(user)  # it was sent back and keeps its place in the queue
    elif workflow is not None:
        workflow.start(instance, user)
    else:
        revision.publish(user=user, skip_permission_checks=True)


def mark_errors(translation: Translation, error: ValidationError) -> str:
    """Note the errors of a version on the texts it comes from; return them as one sentence."""
    sentences = []
    for place, errors in getattr(error, "error_dict", {}).items():
        for stored in _stored_at(place, translation):
            stored.set_field_error(errors)
        for each in errors:
            sentences += each.messages
    return " ".join(sentences or error.messages)


def _stored_at(place: str, translation: Translation) -> list[StringTranslation | SegmentOverride]:
    """Return the texts and overrides of a translation at a content path of the page as it is."""
    here = {
        "locale": translation.target_locale,
        "context__object_id": translation.source.object_id,
        "context__path": place,
    }
    segments = StringSegment.objects.filter(source=translation.source, context__path=place)
    texts = StringTranslation.objects.filter(translation_of__in=segments.values("string"), **here)
    return [*texts, *SegmentOverride.objects.filter(**here)]
