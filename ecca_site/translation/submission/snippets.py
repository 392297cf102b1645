"""The translation of a snippet, such as a speaker, handed to its reviewers by itself.

The first one goes live with a page that shows it (see ``companions``); a later one, or one of what
no page that is translated shows any more, by a review of its own.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ecca_site.i18n.originals import original_of
from ecca_site.moderation.reviewed import Reviewed, lock
from ecca_site.users.models import User

from ..localize.records import Translation, TranslationLog
from ..models import Submission
from .alarms import AlarmsRefused
from .companions import places_of
from .submit import (
    SubmissionRefused,
    build,
    check,
    mark_errors,
    start_review,
    translated_by,
)
from .validation import check_texts


def submit_snippet(translation: Translation, user: User) -> Reviewed:
    """Make a version of a translated snippet from its texts and hand it to its workflow.

    Returns the snippet. Whether the user may do it is asked before.

    Raises:
        SubmissionRefused: a text is missing or not valid, the snippet is locked or waits already,
        or visitors do not see its original.
    """
    try:
        with transaction.atomic():
            return _submit(translation, user)
    except AlarmsRefused as refusal:
        refusal.mark()
        raise SubmissionRefused(str(refusal)) from refusal
    except ValidationError as error:
        raise SubmissionRefused(mark_errors(translation, error)) from error


def _submit(translation: Translation, user: User) -> Reviewed:
    instance = translated_by(translation)
    lock(instance)
    original = original_of(instance)
    if original is None or not original.live:
        raise SubmissionRefused(_("Its original is not live: that is approved first."))
    check(translation, instance, user)
    version = build(translation)
    check_texts(version, places_of(translation.source))
    version.full_clean()
    revision = version.save_revision(user=user, log_action=True)
    Submission.objects.create(revision=revision)
    TranslationLog.objects.create(
        source=translation.source, locale=translation.target_locale, revision=revision
    )
    start_review(version, revision, user)
    return version
