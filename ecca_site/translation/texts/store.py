"""What wagtail-localize holds of a translation: read at once, and written text by text."""

from wagtail_localize.models import StringSegment, StringTranslation


def segments_of(translation):
    """Return the segments of a translation by place and text, in the order of the page."""
    segments = StringSegment.objects.filter(source=translation.source_id).select_related("string", "context")
    found = {}
    for segment in segments.order_by("order", "pk"):
        found.setdefault(key_of(segment.context.path, segment.string.data), segment)
    return found


def texts_of(translation):
    """Return what is translated, by the ids of string and context."""
    texts = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    return {(text.translation_of_id, text.context_id): text for text in texts}


def key_of(path, text):
    """Return what tells a text of a page from all others, however a program folds its lines."""
    return path, " ".join(text.split())


def save_text(translation, segment, data, user):
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
