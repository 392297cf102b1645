"""Numbers of the whole site, which are counted again only where something has changed since."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from wagtail.models import ModelLogEntry, PageLogEntry

Number = TypeVar("Number")

# Seconds; what is written without an entry in the log is counted after that long.
SECONDS = 60


def counted(name: str, count: Callable[[], Number]) -> Number:
    """Return what ``count`` counts, from the cache while the log of the CMS has nothing new."""
    latest = [
        model.objects.order_by("-pk").values_list("pk", flat=True).first()
        for model in (PageLogEntry, ModelLogEntry)
    ]
    key = f"counted:{name}:{latest[0]}:{latest[1]}"
    found: Number = cache.get_or_set(key, count, SECONDS)
    return found
