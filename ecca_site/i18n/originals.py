"""Originals: the pages and snippets that all others are translations of.

They are in the site's own language, unless ``FirstLanguage`` says that something was written in
another one first.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q
from wagtail.models import Locale, Page

from .languages import is_source, source_language
from .models import FirstLanguage

Translatable = TypeVar("Translatable", bound=Model)


def source_locale() -> Locale:
    """Return the site's own language as Wagtail's row."""
    return Locale.get_default()


def are_originals() -> Q:
    """Return a condition for the originals among pages or snippets."""
    known = FirstLanguage.objects.filter(translation_key=OuterRef("translation_key"))
    here = known.filter(locale=OuterRef("locale"))
    return Q(Exists(here)) | Q(~Exists(known), locale__language_code=source_language())


def is_original(instance: Model) -> bool:
    return instance.locale.language_code == first_language(instance.translation_key)


@lru_cache(maxsize=10_000)
def first_language(translation_key: UUID) -> str:
    """Return the code of the language in which something was written first.

    It is asked many times for each publication, and is remembered: it never changes.
    """
    known = FirstLanguage.objects.filter(translation_key=translation_key)
    code: str | None = known.values_list("locale__language_code", flat=True).first()
    return code or source_language()


def first_languages(translation_keys: Collection[UUID]) -> dict[UUID, str]:
    """Return the same of many things, by one query."""
    codes = dict.fromkeys(translation_keys, source_language())
    known = FirstLanguage.objects.filter(translation_key__in=codes)
    codes.update(known.values_list("translation_key", "locale__language_code"))
    return codes


def originals_among(instances: Iterable[Translatable]) -> list[Translatable]:
    """Return the originals among pages or snippets, in their order, by one query."""
    instances = list(instances)
    first = first_languages([instance.translation_key for instance in instances])
    return [each for each in instances if each.locale.language_code == first[each.translation_key]]


def original_of(instance: Model) -> Model | None:
    """Return what a page or snippet is a translation of, None where it is none.

    Of a page it is the ``Page``, whatever type it has.
    """
    first = first_language(instance.translation_key)
    if instance.locale.language_code == first:
        return None
    model = type(instance)
    if isinstance(instance, Page):
        if instance.alias_of_id or instance.depth < 2:
            return None
        model = Page
    same = model._base_manager.filter(translation_key=instance.translation_key)
    return same.filter(locale__language_code=first).first()


def remember_first_language(instance: Model) -> None:
    """Remember the language of a new page or snippet of which no other language has anything.

    A home page is none: the languages of the site are those of one home page.
    """
    if is_source(instance.locale.language_code):
        return
    model = type(instance)
    if isinstance(instance, Page):
        if instance.depth < 3 or instance.alias_of_id:
            return
        model = Page
    same = model._base_manager.filter(translation_key=instance.translation_key)
    if not same.exclude(pk=instance.pk).exists():
        FirstLanguage.objects.get_or_create(
            translation_key=instance.translation_key, defaults={"locale": instance.locale}
        )
        first_language.cache_clear()  # it may have been asked before this was saved


def remember_lost_original(instance: Model) -> None:
    """Remember the language of an original that is deleted while translations of it are left.

    Nothing else tells them from what was written in their language first.
    """
    if not is_original(instance):
        return
    same = type(instance)._base_manager.filter(translation_key=instance.translation_key)
    if same.exclude(pk=instance.pk).exists():
        FirstLanguage.objects.get_or_create(
            translation_key=instance.translation_key, defaults={"locale": instance.locale}
        )
