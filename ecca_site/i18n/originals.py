"""Originals: the pages and snippets that all others are translations of."""

from django.db.models import Model, Q
from wagtail.models import Locale, Page

from .languages import is_source, source_language


def source_locale() -> Locale:
    """Return the language of the originals as Wagtail's row."""
    return Locale.get_default()


def in_source_language() -> Q:
    """Return a condition for the originals among pages or snippets."""
    return Q(locale__language_code=source_language())


def is_original(instance: Model) -> bool:
    return is_source(instance.locale.language_code)


def original_of(instance: Model) -> Model | None:
    """Return what a page or snippet is a translation of, None where it is none.

    Of a page it is the ``Page``, whatever type it has.
    """
    if is_original(instance):
        return None
    model = type(instance)
    if isinstance(instance, Page):
        if instance.alias_of_id or instance.depth < 2:
            return None
        model = Page
    same = model._base_manager.filter(translation_key=instance.translation_key)
    return same.filter(in_source_language()).first()
