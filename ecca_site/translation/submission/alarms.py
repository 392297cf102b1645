"""The alarms of everything that goes live with a translation, and what they mean for handing it in.

What is refused stands in the way. What is asked is asked once: whoever hands a text in has mended
it, has said why it is right, or has seen the question.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import ngettext
from wagtail.models import TaskState

from ecca_site.intake.decisions import TooLate
from ecca_site.moderation.models import ReviewRefused
from ecca_site.moderation.reviewed import Reviewed

from ..localize.alarms import Asked, AskedText, asked_texts
from ..localize.records import Translation
from . import companions


class AlarmsRefused(ReviewRefused):
    """Texts that nobody can hand in as they are."""

    def __init__(self, texts: list[AskedText]) -> None:
        self.texts = texts
        message = ngettext(
            "%(number)s text cannot be submitted as it is. The reason stands beside it.",
            "%(number)s texts cannot be submitted as they are. The reasons stand beside them.",
            len(texts),
        )
        super().__init__(message % {"number": len(texts)})

    def mark(self) -> None:
        """Keep the reasons with the texts, beside which the editor shows them."""
        for each in self.texts:
            reasons = " ".join(asked.alarm.message for asked in each.refused)
            each.text.set_field_error([ValidationError(reasons)])


def all_asked(translation: Translation) -> list[AskedText]:
    """Return the texts with alarms of a translation, and of what goes live with it."""
    found = asked_texts(translation)
    for companion in companions.companions_of(translation):
        found += asked_texts(companion)
    return found


def check_alarms(translation: Translation) -> None:
    """Hold the texts of a translation against the checks that refuse.

    Raises:
        AlarmsRefused: some cannot be handed in.
    """
    refused = [each for each in all_asked(translation) if each.refused]
    if refused:
        raise AlarmsRefused(refused)


def unseen(texts: list[AskedText]) -> list[Asked]:
    """Return the questions that nobody has answered, nor seen when a text was handed in."""
    found: list[Asked] = []
    for each in texts:
        found += [asked for asked in each.open if asked.answer is None]
    return found


def name_of(asked: list[Asked]) -> str:
    """Return what tells some questions from others: other texts, or changed ones."""
    keys = "\n".join(each.key for each in asked)
    return hashlib.sha256(keys.encode()).hexdigest()[:32]


def asked_by(translation: Translation, key: str, reason: str) -> Asked:
    """Return the alarm with a key.

    Raises:
        TooLate: there is none any more, with a reason.
    """
    for each in all_asked(translation):
        for asked in each.asked:
            if asked.key == key:
                return asked
    raise TooLate(reason)


def review_panel(request: HttpRequest, state: TaskState, page: Reviewed) -> str:
    """Show to reviewers what is still asked of the texts, and what was dismissed and why."""
    if not hasattr(state.revision, "submission"):
        return ""
    # The texts are locked while their version waits, so that they are those of the version.
    translation = _translation_of(page)
    texts = all_asked(translation) if translation is not None else []
    if not texts:
        return ""
    context = {"texts": texts, "translation": translation}
    return render_to_string("translation/alarms_review.html", context, request=request)


def _translation_of(page: Reviewed) -> Translation | None:
    translations = Translation.objects.select_related("source__locale", "target_locale")
    return translations.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
