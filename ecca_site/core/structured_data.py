"""JSON-LD for search engines, escaped as Django's ``json_script`` escapes."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from ecca_site.uploads.images import CustomImage
from ecca_site.uploads.pictures import picture_url

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def without_gaps(data: dict[str, Any]) -> dict[str, Any]:
    """Return the same data without keys that have no value, at whatever depth."""
    kept = {}
    for key, value in data.items():
        if value in (None, "", [], {}):
            continue
        kept[key] = without_gaps(value) if isinstance(value, dict) else value
    return kept


def as_script(data: dict[str, Any]) -> SafeString:
    """Return data as a schema.org script element; keys without a value are left out."""
    data = {"@context": "https://schema.org", **without_gaps(data)}
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  escaped above


def image_urls(request: HttpRequest, image: CustomImage | None) -> list[str]:
    """Return the absolute address of a picture, in a list that is empty where there is none."""
    url = picture_url(image)
    return [request.build_absolute_uri(url)] if url else []


ORGANIZATION = {
    "@type": "Organization",
    "name": "European Circular Construction Alliance",
    "alternateName": "ECCA",
}
