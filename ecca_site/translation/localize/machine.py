"""Machine translation, which is off unless the settings name a service.

Its texts are drafts until a person confirms them. The services are wagtail-localize's classes;
``ecca_site.settings.machine_translation`` reads the environment.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import requests
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from ecca_site.users.models import User

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE
MANUAL = StringTranslation.TRANSLATION_TYPE_MANUAL
BATCH = 50  # texts in one request

# Services write Serbian in Cyrillic, this site in Latin letters: Vuk's alphabet, and Gaj's.
CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
LATIN = "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split()
SMALL_LETTERS = dict(zip(CYRILLIC, LATIN, strict=True))
CAPITALS = {letter.upper(): latin.capitalize() for letter, latin in SMALL_LETTERS.items()}
TO_LATIN = str.maketrans(SMALL_LETTERS | CAPITALS)


class ServiceFailed(Exception):
    """The service did not answer, or not with translations."""


@dataclass(frozen=True)
class Suggested:
    """The numbers of a service's texts that were saved as drafts, and that could not be."""

    saved: int
    refused: int  # texts whose markup the service has spoilt


def translator_for(translation: Translation) -> BaseMachineTranslator | None:
    """Return the service that the settings name, None where it does not know the language."""
    translator = get_machine_translator()
    if translator is None:
        return None
    source_locale = translation.source.locale
    if not translator.can_translate(source_locale, translation.target_locale):
        return None
    return translator


def unconfirmed(translation: Translation) -> QuerySet[StringTranslation]:
    """Return the machine's texts that the page has now and nobody has confirmed.

    A translation that has any cannot be submitted.
    """
    used = StringSegment.objects.filter(
        source=translation.source_id, string=OuterRef("translation_of"), context=OuterRef("context")
    )
    return StringTranslation.objects.filter(
        Exists(used),
        locale=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        translation_type=MACHINE,
    )


def untranslated(translation: Translation) -> QuerySet[StringSegment]:
    """Return the segments without a translation, in the order of the page."""
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=translation.target_locale_id,
    )
    segments = StringSegment.objects.filter(~Exists(done), source=translation.source_id)
    return segments.select_related("string", "context").order_by("order", "pk")


def suggest(
    translation: Translation,
    translator: BaseMachineTranslator,
    user: User,
    segments: Iterable[StringSegment],
) -> Suggested:
    """Ask the service for these texts and keep its answers as drafts.

    A text that a person wrote meanwhile stays. Not to be called inside a transaction: the service
    may take seconds, and SQLite has one writer.

    Raises:
        ServiceFailed: nothing was saved.
    """
    segments = list(segments)
    strings = list(dict.fromkeys(StringValue(segment.string.data) for segment in segments))
    answers: dict[str, str] = {}
    for start in range(0, len(strings), BATCH):
        answers |= _ask(translator, translation, strings[start : start + BATCH])
    saved = 0
    refused = 0
    with transaction.atomic():
        for segment in segments:
            if _has_text(translation, segment):
                continue
            try:
                _keep(translation, translator, user, segment, answers[segment.string.data])
            except ValidationError:
                refused += 1
            else:
                saved += 1
    return Suggested(saved, refused)


def _ask(
    translator: BaseMachineTranslator, translation: Translation, strings: list[StringValue]
) -> dict[str, str]:
    """Return the texts of the service by those it was asked for, Serbian in Latin letters."""
    try:
        answers = translator.translate(
            translation.source.locale, translation.target_locale, strings
        )
        texts = {string.data: answer.data for string, answer in answers.items()}
    except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ServiceFailed from error
    if not all(isinstance(text, str) for text in texts.values()):
        raise ServiceFailed
    if translation.target_locale.language_code.endswith("-latn"):
        return {string: text.translate(TO_LATIN) for string, text in texts.items()}
    return texts


def _has_text(translation: Translation, segment: StringSegment) -> bool:
    texts = StringTranslation.objects.filter(
        translation_of=segment.string, context=segment.context, locale=translation.target_locale
    )
    return texts.exists()


def _keep(
    translation: Translation,
    translator: BaseMachineTranslator,
    user: User,
    segment: StringSegment,
    answer: str,
) -> None:
    """Save a draft.

    Raises:
        ValidationError: the service has spoilt the markup of the text.
    """
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data=answer,
        translation_type=MACHINE,
        tool_name=translator.display_name,
        last_translated_by=user,
    )


def confirm(translation: Translation, user: User, pks: Iterable[int]) -> int:
    """Take these of the machine's texts as the user's own; return how many were waiting."""
    waiting = unconfirmed(translation).filter(pk__in=pks)
    texts = list(waiting.select_related("translation_of", "context"))
    for text in texts:
        text.translation_type = MANUAL
        text.last_translated_by = user
        text.tool_name = ""
        text.save()
    return len(texts)
