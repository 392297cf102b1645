"""Signals that make the renditions of a picture before anyone asks for them, and that let the
public mirror know of files that come and go.
"""

from functools import partial

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from ecca_site.workers.queue import hand_over

from . import published
from .images import renditions_made
from .models import CustomDocument, CustomImage, Rendition
from .tasks import announce, make_renditions


def forget_rendition(instance: Rendition, **kwargs: object) -> None:
    """Empty what a picture remembers of its renditions: with a new file it loses them."""
    CustomImage.objects.filter(pk=instance.image_id).update(made={})


def store_or_enqueue_renditions(
    instance: CustomImage, raw: bool = False, created: bool = False, **kwargs: object
) -> None:
    """Store the renditions that were made during an upload, or let a worker make them.

    A form that exchanges a picture's file deletes the old renditions after this, and stores the new
    ones then.
    """
    if created and instance.encoded:
        instance.store_encoded()
    elif not raw and not instance.encoded:
        hand_over(make_renditions, instance.pk)


def publish_renditions(image: CustomImage, **kwargs: object) -> None:
    """Publish the new renditions of a picture that something live shows already."""
    if published.is_published(image):
        announce(CustomImage, [image.pk])


def withdraw_file(instance: Model, **kwargs: object) -> None:
    """Take a file that is deleted out of the public mirror."""
    addresses = [published.address_of(instance)]
    if isinstance(instance, CustomDocument):
        addresses = list(published.addresses_of(instance))
    for address in addresses:
        transaction.on_commit(partial(published.take, address), robust=True)


def connect() -> None:
    post_delete.connect(forget_rendition, sender=Rendition)
    post_save.connect(store_or_enqueue_renditions, sender=CustomImage)
    renditions_made.connect(publish_renditions, sender=CustomImage)
    for model in (CustomImage, CustomDocument, Rendition):
        post_delete.connect(withdraw_file, sender=model)
