"""Signals that make the renditions of a picture before anyone asks for them."""

from django.db.models.signals import post_delete, post_save

from ecca_site.workers.queue import hand_over

from .models import CustomImage, Rendition
from .tasks import make_renditions


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


def connect() -> None:
    post_delete.connect(forget_rendition, sender=Rendition)
    post_save.connect(store_or_enqueue_renditions, sender=CustomImage)
