"""Handing a translation to those who review it; until they have decided the live page stays as it is."""

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationLog,
)

from ecca_site.moderation.models import ReviewRefused

from . import companions
from .models import Submission
from .slugs import needs_slug, slug_from_title
from .staleness import last_change, lock_source
from .texts.machine import unconfirmed
from .validation import check_texts


class SubmissionRefused(ReviewRefused):
    """A translation that cannot be submitted, with the reason for whoever tried to."""


def translation_of(page):
    """Return localize's translation that leads to a page, None where nobody translates it segment by segment."""
    translations = Translation.objects.select_related("source__locale", "source__object", "target_locale")
    return translations.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()


def target_of(translation):
    """Return the page that a translation leads to, as what it is; None where it is deleted or a snippet."""
    page = Page.objects.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).first()
    return page and page.specific


def is_waiting(page):
    """Whether a version of a page waits for a decision."""
    state = page.current_workflow_state
    return state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS


def why_locked(page, user):
    """Return why a user may not change the texts of a page now, "" where nothing speaks against it."""
    if is_waiting(page):
        return _("This translation waits for a decision. Withdraw it first if you want to change it.")
    lock = page.get_lock()
    return _("This page is locked.") if lock and lock.for_user(user) else ""


def sources_of(translation):
    """Return the source of a translation, and those of what goes live with it."""
    return [translation.source, *(companion.source for companion in companions.companions_of(translation))]


def missing_segments(translation):
    """Return the texts that have no valid translation yet, in the order of the page, then of what goes with it."""
    sources = sources_of(translation)
    segments = StringSegment.objects.filter(source__in=sources).annotate_translation(translation.target_locale)
    missing = list(segments.filter(translation=None).select_related("string", "context").order_by("order"))
    places = [source.pk for source in sources]
    return sorted(missing, key=lambda segment: places.index(segment.source_id))


def submit(translation, user):
    """Make a version of the translated page from its texts and hand it to its section's workflow.

    What nobody moderates is published at once. Returns the page.

    Raises:
        PermissionDenied: the user may not change this page.
        SubmissionRefused: a text is missing or not valid, or the page is locked or waits already; says which.
    """
    try:
        with transaction.atomic():
            return _submit(translation, user)
    except ValidationError as error:
        raise SubmissionRefused(mark_errors(getattr(error, "translation", translation), error)) from error


def _submit(translation, user):
    source_page = translation.source.get_source_instance()
    lock_source(source_page)
    translation.source.refresh_from_db()
    page = target_of(translation)
    if page is None or not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    check(translation, page, user)
    version = build(translation)
    check_texts(version, companions.places_of(translation.source))
    if not version.live:
        version.save()  # its slug is taken from now on
    revision = version.save_revision(user=user, log_action=True)
    submission = Submission.objects.create(revision=revision, seen=last_change(source_page.pk))
    submission.companions.set(companions.submit(translation, user))
    TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)
    start_review(version, revision, user)
    return version


def check(translation, page, user):
    if reason := why_locked(page, user):
        raise SubmissionRefused(reason)
    if count := len(missing_segments(translation)):
        raise SubmissionRefused(
            ngettext("%(number)s text is not translated yet.", "%(number)s texts are not translated yet.", count)
            % {"number": count}
        )
    if count := unconfirmed(translation).count():
        raise SubmissionRefused(
            ngettext(
                "%(number)s draft by a machine is not confirmed yet.",
                "%(number)s drafts by a machine are not confirmed yet.",
                count,
            )
            % {"number": count}
        )
    if lacking := companions.without_translation(translation):
        names = ", ".join(str(instance) for instance in lacking)
        raise SubmissionRefused(_("Not translated yet: %(names)s.") % {"names": names})


def build(translation):
    """Return the translated page as it would be published now, unsaved."""
    try:
        version = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    except ObjectDoesNotExist as error:
        raise SubmissionRefused(_("A picture, document or page that was chosen for this language is gone.")) from error
    if needs_slug(version):
        version.slug = slug_from_title(version)
    return version


def start_review(page, revision, user):
    state = page.current_workflow_state
    workflow = page.get_workflow()
    if state is not None:
        state.resume(user)  # it was sent back and keeps its place in the queue
    elif workflow is not None:
        workflow.start(page, user)
    else:
        revision.publish(user=user, skip_permission_checks=True)


def mark_errors(translation, error):
    """Put what is wrong with a version to the texts it comes from; return it as one sentence."""
    sentences = []
    for name, errors in getattr(error, "error_dict", {}).items():
        of_place = {"context__object_id": translation.source.object_id, "context__path": name}
        texts = StringTranslation.objects.filter(locale=translation.target_locale, **of_place)
        current = StringSegment.objects.filter(source=translation.source, context__path=name).values("string")
        for stored in [
            *texts.filter(translation_of__in=current),
            *SegmentOverride.objects.filter(locale=translation.target_locale, **of_place),
        ]:
            stored.set_field_error(errors)
        sentences += [message for each in errors for message in each.messages]
    return " ".join(sentences or error.messages)
