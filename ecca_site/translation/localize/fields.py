"""Fields that wagtail-localize takes over or translates, as declared (``core.facts``)."""

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

from ecca_site.core.facts import Fate, fates_of, models_in_languages, names_in


def localize_fields(model: type[models.Model]) -> list[BaseTranslatableField]:
    """Return the fields that wagtail-localize takes over or translates, in the model's order.

    Those that each language keeps for itself are not among them.
    """
    fates = fates_of(model)
    fields = []
    for name in names_in(model):
        fate = fates.get(name, Fate.OWN)  # a check says what is not declared
        if fate is not Fate.OWN:
            fields.append(localize_field(model, name, fate))
    return fields


def localize_field(model: type[models.Model], name: str, fate: Fate) -> BaseTranslatableField:
    """Return what wagtail-localize is to do with a field of this fate."""
    if fate is Fate.SHARED:
        return SynchronizedField(name, overridable=False)
    if has_texts(model._meta.get_field(name)):
        return TranslatableField(name)
    return SynchronizedField(name)


def has_texts(field: models.Field) -> bool:
    """Return whether a field is text, or leads to something that is translated by itself."""
    if isinstance(field, (models.URLField, models.EmailField)) or getattr(field, "choices", None):
        return False
    if field.is_relation:
        model = field.related_model
        return issubclass(model, TranslatableMixin) and not issubclass(model, Page)
    is_text = isinstance(field, (models.CharField, models.TextField, StreamField))
    return is_text or hasattr(field, "get_translatable_segments")


def connect() -> None:
    for model in models_in_languages():
        model.translatable_fields = localize_fields(model)
