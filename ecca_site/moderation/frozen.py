"""The guard of submitted versions: neither an autosave nor anything else writes over one."""

import json
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState


def refuse_overwriting(
    instance: Revision,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: object,
) -> None:
    """Refuse a changed content of a version that any review is or was about.

    Wagtail's autosave overwrites the last version of the same person. One that was under way while
    the page was submitted would change what is reviewed, and later ones what the log says was
    approved.

    Raises:
        PermissionDenied: Wagtail's editor and its autosave say so and keep what was typed.
    """
    if raw or not instance.pk:
        return
    if update_fields is not None and "content" not in update_fields:
        return
    with transaction.atomic():
        # Under its lock: whoever submits it at this moment comes before or after.
        versions = Revision.objects.select_for_update().filter(pk=instance.pk)
        stored = versions.values_list("content", flat=True).first()
        if stored is None or stored == as_stored(instance.content):
            return
        if TaskState.objects.filter(revision=instance.pk).exists():
            raise PermissionDenied(
                _("A version that was submitted is not changed any more. Save a new one.")
            )


def as_stored(content: dict[str, object]) -> dict[str, object]:
    """Return a content as it comes back from the database."""
    return json.loads(json.dumps(content, cls=Revision._meta.get_field("content").encoder))


def connect() -> None:
    pre_save.connect(refuse_overwriting, sender=Revision, dispatch_uid="moderation_frozen")
