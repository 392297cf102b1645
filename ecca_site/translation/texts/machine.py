"""Machine translation: off unless the settings name a service. What it writes is a draft until a person confirms it.

The services are wagtail-localize's classes; ``ecca_site.settings.machine_translation`` reads the environment.
"""

from dataclasses import dataclass

import requests
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringSegment, StringTranslation
from wagtail_localize.strings import StringValue

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE
MANUAL = StringTranslation.TRANSLATION_TYPE_MANUAL
BATCH = 50  # texts in one request

# Services write Serbian in Cyrillic, this site in Latin letters: Vuk's alphabet, and Gaj's.
CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
LATIN = "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split()
TO_LATIN = str.maketrans(
    dict(zip(CYRILLIC, LATIN, strict=True)) | dict(zip(CYRILLIC.upper(), map(str.capitalize, LATIN), strict=True))
)


class ServiceFailed(Exception):
    """The service did not answer, or not with translations."""


@dataclass(frozen=True)
class Suggested:
    saved: int
    refused: int  # texts whose markup the service has spoilt


def translator_for(translation):
    """Return wagtail-localize's translator where the settings name one and it knows the language, else None."""
    translator = get_machine_translator()
    known = translator and translator.can_translate(translation.source.locale, translation.target_locale)
    return translator if known else None


def unconfirmed(translation):
    """Return the machine's texts that nobody has confirmed, of those the page has now: with any, none submits it."""
    used = StringSegment.objects.filter(
        source=translation.source_id, string=OuterRef("translation_of"), context=OuterRef("context")
    )
    return StringTranslation.objects.filter(
        Exists(used),
        locale=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        translation_type=MACHINE,
    )


def untranslated(translation):
    """Return the segments without a translation, in the order of the page."""
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=translation.target_locale_id
    )
    segments = StringSegment.objects.filter(~Exists(done), source=translation.source_id)
    return segments.select_related("string", "context").order_by("order", "pk")


def suggest(translation, translator, user, segments):
    """Ask the service for these texts and keep its answers as drafts; what a person wrote meanwhile stays.

    Not to be called inside a transaction: the service may take seconds, and SQLite has one writer.

    Raises:
        ServiceFailed: nothing was saved.
    """
    segments = list(segments)
    strings = list(dict.fromkeys(StringValue(segment.string.data) for segment in segments))
    answers = {}
    for start in range(0, len(strings), BATCH):
        answers |= _ask(translator, translation, strings[start : start + BATCH])
    with transaction.atomic():
        outcomes = [_keep(translation, translator, user, segment, answers) for segment in segments]
    return Suggested(saved=outcomes.count(True), refused=outcomes.count(False))


def _ask(translator, translation, strings):
    try:
        answers = translator.translate(translation.source.locale, translation.target_locale, strings)
        texts = {string.data: answer.data for string, answer in answers.items()}
    except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ServiceFailed from error
    if not all(isinstance(text, str) for text in texts.values()):
        raise ServiceFailed
    if translation.target_locale.language_code.endswith("-latn"):
        return {string: text.translate(TO_LATIN) for string, text in texts.items()}
    return texts


def _keep(translation, translator, user, segment, answers):
    """Save a draft; return None where there is a text already, and False where the answer may not be saved."""
    where = {
        "translation_of": segment.string,
        "context": segment.context,
        "locale": translation.target_locale,
    }
    if StringTranslation.objects.filter(**where).exists():
        return None
    try:
        StringTranslation.objects.create(
            **where,
            data=answers[segment.string.data],
            translation_type=MACHINE,
            tool_name=translator.display_name,
            last_translated_by=user,
        )
    except ValidationError:
        return False
    return True


def confirm(translation, user, pks):
    """Take these of the machine's texts as the user's own; return how many were waiting for it."""
    texts = list(unconfirmed(translation).filter(pk__in=pks).select_related("translation_of", "context"))
    for text in texts:
        text.translation_type, text.last_translated_by, text.tool_name = MANUAL, user, ""
        text.save()
    return len(texts)
