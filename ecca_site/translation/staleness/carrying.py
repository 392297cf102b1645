"""Carrying translations over to the texts that replace those they were made from."""

from collections.abc import Collection

from django.core.exceptions import ValidationError

from ..localize.cleaning import clean_text
from ..localize.records import String, StringTranslation, TranslationContext, TranslationSource
from ..localize.segments import Difference
from ..localize.targets import model_of, target_in


def carry_over(
    frozen: TranslationSource, changed: Difference, locale_ids: Collection[int] | None = None
) -> None:
    """Take the translations of the old texts for those of the new ones, in the same places.

    ``locale_ids`` are the languages to do it in, None for all.
    """
    contexts = _contexts_of_replaced(frozen, changed)
    strings = _strings_of(frozen, changed)
    model = model_of(frozen)
    made = []
    for place, before, after in changed.texts:
        old = strings.get(before)
        new = strings.get(after)
        context = contexts.get(place)
        if old is None or new is None or context is None:
            continue
        target = target_in(model, context)
        translations = StringTranslation.objects.filter(translation_of=old, context=context)
        if locale_ids is not None:
            translations = translations.filter(locale__in=locale_ids)
        for translation in translations:
            translation.pk = None
            translation.translation_of = new
            try:
                translation.data = clean_text(translation.data, source=new.data, target=target)
            except ValidationError:
                # Such as one with a link that the new text has no more: it is translated anew.
                continue
            made.append(translation)
    # Without signals: no text of a page changes by this, and texts translated since stay.
    StringTranslation.objects.bulk_create(made, ignore_conflicts=True)


def _contexts_of_replaced(
    frozen: TranslationSource, changed: Difference
) -> dict[str, TranslationContext]:
    """Return the contexts of texts that replace others, by their places."""
    places = {place for place, before, after in changed.texts if before and after}
    contexts = TranslationContext.objects.filter(object=frozen.object_id, path__in=places)
    return {context.path: context for context in contexts}


def _strings_of(frozen: TranslationSource, changed: Difference) -> dict[str | None, String]:
    """Return the stored strings of old and new texts, by the texts."""
    hashes = set()
    for _place, before, after in changed.texts:
        for text in (before, after):
            if text:
                hashes.add(String._get_data_hash(text))
    strings = String.objects.filter(locale=frozen.locale_id, data_hash__in=hashes)
    return {string.data: string for string in strings}
