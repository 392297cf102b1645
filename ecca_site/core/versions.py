"""A stamp per language that changes whenever something of that language is published: an exact, cheap invalidation."""

from uuid import uuid4

from django.conf import settings
from django.core.cache import cache


def language_stamp(language_code):
    key = f"stamp:{language_code}"
    stamp = cache.get(key)
    if stamp is None:
        stamp = uuid4().hex
        # Whoever comes first decides, so that two workers never hold different stamps.
        stamp = cache.get_or_set(key, stamp, None) or stamp
    return stamp


def bump(language_codes=None):
    """Make everything cached for these languages (by default all) unreachable."""
    for code in [code for code, _name in settings.LANGUAGES] if language_codes is None else language_codes:
        cache.set(f"stamp:{code}", uuid4().hex, None)
