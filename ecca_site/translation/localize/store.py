"""The texts that wagtail-localize holds of a translation, read at once, written one by one."""

from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ecca_site.users.models import User

Key = tuple[str, str]  # place and text


def segments_of(translation: Translation) -> dict[Key, StringSegment]:
    """Return the segments of a translation by place and text, in the order of the page."""
    segments = StringSegment.objects.filter(source=translation.source_id)
    found: dict[Key, StringSegment] = {}
    for segment in segments.select_related("string", "context").order_by("order", "pk"):
        found.setdefault(key_of(segment.context.path, segment.string.data), segment)
    return found


def texts_of(translation: Translation) -> dict[tuple[int, int], StringTranslation]:
    """Return the translated texts by the ids of string and context."""
    texts = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    return {(text.translation_of_id, text.context_id): text for text in texts}


def stored_text(translation: Translation, segment: StringSegment) -> str:
    """Return what stands in a place of a translation now, "" where nothing does."""
    texts = StringTranslation.objects.filter(
        translation_of_id=segment.string_id,
        locale_id=translation.target_locale_id,
        context_id=segment.context_id,
    )
    return texts.values_list("data", flat=True).first() or ""


def key_of(path: str, text: str) -> Key:
    """Return the key of a text of a page, the same however a program folds the text's lines."""
    return path, " ".join(text.split())


def save_text(
    translation: Translation, segment: StringSegment, data: str, user: User
) -> tuple[StringTranslation, bool]:
    """Save a text in the name of a user, who vouches for it whoever or whatever wrote it.

    Returns the text, and whether it is new.

    Raises:
        ValidationError: it may not stand there (see ``cleaning``).
    """
    return StringTranslation.objects.update_or_create(
        translation_of_id=segment.string_id,
        locale_id=translation.target_locale_id,
        context_id=segment.context_id,
        defaults={
            "data": data,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
