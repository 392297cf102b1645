"""Signals of publishing, which make pages fresh for visitors."""

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import DraftStateMixin, Page, ReferenceIndex, get_page_models
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from ecca_site.uploads.models import CustomDocument, CustomImage

from . import reader_index, rendering, versions


def languages_showing(instance: Model) -> set[str]:
    """Return the codes of the languages whose visitors see a change of a page or snippet.

    A page is seen in all that have a home page: they show it, and in which languages it is,
    wherever they have no translation of it. Anything else is seen in those that have it or link it.
    """
    if isinstance(instance, Page):
        homes = Page.objects.live().filter(depth=2)
        codes = set(homes.values_list("locale__language_code", flat=True))
        return codes | {instance.locale.language_code}
    model = type(instance)
    own: set[str] = set()
    if hasattr(instance, "translation_key"):
        same = model._base_manager.filter(translation_key=instance.translation_key)
        own.update(same.values_list("locale__language_code", flat=True))
    else:
        same = model._base_manager.filter(pk=instance.pk)
    links = ReferenceIndex.get_references_to_in_bulk(same)
    linking = links.filter(base_content_type=ReferenceIndex._get_base_content_type(Page))
    keys = [int(key) for key in linking.values_list("object_id", flat=True)]
    pages = Page.objects.filter(pk__in=keys)
    return own | set(pages.values_list("locale__language_code", flat=True))


def bump_languages(instance: Model, **kwargs: object) -> None:
    versions.bump(languages_showing(instance))


def render_again(instance: Page, **kwargs: object) -> None:
    rendering.after_publication(instance)


def bump_saved(instance: Model, raw: bool = False, **kwargs: object) -> None:
    if not raw:
        bump_languages(instance)


def bump_deleted(**kwargs: object) -> None:
    versions.bump()


def snippet_models() -> list[type[Model]]:
    """Return the models of what goes live and is no page, such as speakers."""
    models = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [model for model in models if not issubclass(model, Page)]


def connect() -> None:
    for model in get_page_models():
        post_save.connect(reader_index.refresh_saved, sender=model)
        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(bump_languages, sender=model)
        for signal in (page_published, page_unpublished):
            signal.connect(render_again, sender=model)
        post_delete.connect(bump_deleted, sender=model)
    # The row of the page itself, which is the last to go.
    post_delete.connect(reader_index.refresh_deleted, sender=Page)
    for model in snippet_models():
        for signal in (published, unpublished):
            signal.connect(bump_languages, sender=model)
        post_delete.connect(bump_deleted, sender=model)
    for model in (CustomImage, CustomDocument):
        post_save.connect(bump_saved, sender=model)
        post_delete.connect(bump_deleted, sender=model)
