"""What visitors read of live pages."""

import datetime

from ecca_site.core.facts import shared_fields
from ecca_site.i18n.originals import is_original
from ecca_site.uploads.models import CustomImage

from .fingerprint import BOOKKEEPING, PAGE_MODELS


def content_of(page):
    """Return what visitors read of a page: its fields, and which files its pictures are.

    What a translation shares with its original is approved there.
    """
    values, facts = {}, set() if is_original(page) else set(shared_fields(type(page)))
    for field in page._meta.concrete_fields:
        if field.name in facts:
            continue
        if field.attname not in BOOKKEEPING:
            value = field.get_prep_value(getattr(page, field.attname))
            values[field.attname] = str(
                value.astimezone(datetime.UTC) if hasattr(value, "astimezone") else value
            )
        if field.related_model is CustomImage:
            image = getattr(page, field.name)
            values[field.name] = image.file.name if image else None
    return values


def live_pages():
    return {
        page.pk: page
        for model in PAGE_MODELS.values()
        for page in model.objects.filter(live=True).select_related("locale", *pictures_of(model))
    }


def pictures_of(model):
    return [
        field.name for field in model._meta.concrete_fields if field.related_model is CustomImage
    ]
