"""JSON-LD for search engines, escaped as Django's ``json_script`` escapes."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import mark_safe

from .images import FALLBACK

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def without_gaps(data):
    return {
        key: without_gaps(value) if isinstance(value, dict) else value
        for key, value in data.items()
        if value not in (None, "", [], {})
    }


def as_script(data):
    """Return ``data`` as a schema.org script element; keys without a value are left out."""
    data = {"@context": "https://schema.org", **without_gaps(data)}
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  escaped above


def image_urls(request, image):
    return [request.build_absolute_uri(image.sizes()[FALLBACK].url)] if image else []


ORGANIZATION = {"@type": "Organization", "name": "European Circular Construction Alliance", "alternateName": "ECCA"}
