from collections.abc import Collection

from django.db import transaction
from django.dispatch import Signal
from wagtail.models import Page, Revision

# Sent with ``instance`` and ``revision`` before a version goes live or is given a date for it, in
# whatever way, in the same transaction. What a receiver writes into the revision is published.
before_publication = Signal()


class AnnouncedPublication:
    """A page or snippet that says when it is about to be published."""

    @transaction.atomic(savepoint=False)
    def publish(self, revision: Revision, *args: object, **kwargs: object) -> None:
        before_publication.send(sender=type(self), instance=self, revision=revision)
        super().publish(revision, *args, **kwargs)


class OwnExpiry:
    """A page that goes offline on a day of its own in each language.

    Nobody has chosen the day of the original for its translation, whose editor does not show it.
    """

    def copy_for_translation(
        self, *args: object, exclude_fields: Collection[str] | None = None, **kwargs: object
    ) -> Page:
        excluded = [*(exclude_fields or ()), "expire_at"]
        return super().copy_for_translation(*args, exclude_fields=excluded, **kwargs)


def lock_children(parent: Page) -> None:
    """Let nobody else add a child to ``parent``, or rename one, until the transaction ends."""
    # The row of Page is locked, whatever page it is.
    model = type(parent)._meta.get_field("path").model
    list(model.objects.select_for_update().filter(pk=parent.pk).order_by().values_list("pk"))
    parent.refresh_from_db(fields=["numchild"])
