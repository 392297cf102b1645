"""What follows from publishing and uploading: fresh pages for visitors, renditions before anyone asks for them."""

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import DraftStateMixin, Page, ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published, unpublished

from . import versions
from .images import CustomImage, Rendition
from .models import CustomDocument
from .tasks import make_renditions


def languages_showing(instance):
    """Return the codes of the languages whose visitors see a change of a page or snippet.

    Every language that has it shows it in lists, menus and language switchers, and every language that links it. The
    default language's page is seen in all others, too: they show it, and in which languages it is, wherever they have
    no translation of it.
    """
    is_page, is_translatable = isinstance(instance, Page), hasattr(instance, "translation_key")
    model = Page if is_page else type(instance)
    same = {"translation_key": instance.translation_key} if is_translatable else {"pk": instance.pk}
    translations = model._base_manager.filter(**same)
    links = ReferenceIndex.get_references_to_in_bulk(translations)
    linking = links.filter(base_content_type=ReferenceIndex._get_base_content_type(Page))
    pages = Page.objects.filter(pk__in=[int(key) for key in linking.values_list("object_id", flat=True)])
    own = set(translations.values_list("locale__language_code", flat=True)) if is_translatable else set()
    codes = own | set(pages.values_list("locale__language_code", flat=True))
    if is_page and settings.LANGUAGE_CODE in own:
        codes.update(Page.objects.live().filter(depth=2).values_list("locale__language_code", flat=True))
    return codes


def bump_languages(instance, **kwargs):
    codes = languages_showing(instance)
    transaction.on_commit(lambda: versions.bump(codes))


def bump_saved(instance, raw=False, **kwargs):
    if not raw:
        bump_languages(instance)


def bump_deleted(instance, **kwargs):
    if isinstance(instance, (Page, DraftStateMixin, CustomImage, CustomDocument)):
        transaction.on_commit(versions.bump)


def forget_rendition(instance, **kwargs):
    """A picture with a new file loses its renditions; what it remembers of them must go, too."""
    CustomImage.objects.filter(pk=instance.image_id).update(made={})


def enqueue_renditions(instance, raw=False, **kwargs):
    if not raw:
        transaction.on_commit(lambda: make_renditions.enqueue(instance.pk))


def connect():
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move, published, unpublished):
        signal.connect(bump_languages)
    post_delete.connect(bump_deleted)
    post_delete.connect(forget_rendition, sender=Rendition)
    post_save.connect(enqueue_renditions, sender=CustomImage)
    post_save.connect(bump_saved, sender=CustomImage)
    post_save.connect(bump_saved, sender=CustomDocument)
