from collections.abc import Collection
from functools import partial

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django_tasks import task

from ecca_site.workers.queue import hand_over

from . import published
from .images import CustomImage


@task()
def make_renditions(image_id: int) -> None:
    """Make all renditions of a picture; a picture deleted meanwhile needs none."""
    image = CustomImage.objects.filter(pk=image_id).first()
    if image is not None:
        image.make_or_fail()


@task()
def follow(label: str, keys: list[int]) -> None:
    """Bring the public mirror to where some files are, should their own request have failed to."""
    published.follow(apps.get_model(label), keys)


def announce(model: type[Model], keys: Collection[int]) -> None:
    """Let the mirror follow what changed for some files, as soon as the transaction ends.

    A worker looks at it once more: whoever published may have died at that moment.
    """
    hand_over(follow, model._meta.label, sorted(keys))
    transaction.on_commit(partial(published.follow, model, set(keys)), robust=True)
