"""What follows from publishing and uploading: fresh pages for visitors, renditions before anyone asks for them."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from . import versions
from .images import CustomImage
from .tasks import make_renditions


def languages_of(page):
    return list(page.get_translations(inclusive=True).values_list("locale__language_code", flat=True))


def bump_languages(instance, **kwargs):
    """The page's own language shows it in lists and menus, the others in their language switchers."""
    codes = languages_of(instance)
    transaction.on_commit(lambda: versions.bump(codes))


def bump_deleted(instance, **kwargs):
    if isinstance(instance, Page):
        transaction.on_commit(versions.bump)


def enqueue_renditions(instance, created, raw=False, **kwargs):
    if not raw:
        transaction.on_commit(lambda: make_renditions.enqueue(instance.pk))
        transaction.on_commit(versions.bump)


def connect():
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(bump_languages)
    post_delete.connect(bump_deleted)
    post_save.connect(enqueue_renditions, sender=CustomImage)
