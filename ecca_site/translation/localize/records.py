"""The records of wagtail-localize that this site works with; other rooms import them here.

A ``TranslationSource`` is the version of a page that is translated, a ``Translation`` its way into
one language; a ``StringSegment`` says where a text stands, a ``StringTranslation`` what it is in
one language.
"""

from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.strings import StringValue

__all__ = [
    "OverridableSegment",
    "RelatedObjectSegment",
    "SegmentOverride",
    "String",
    "StringSegment",
    "StringTranslation",
    "StringValue",
    "TranslatableObject",
    "Translation",
    "TranslationContext",
    "TranslationLog",
    "TranslationSource",
]
