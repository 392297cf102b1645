from django.db import transaction
from django.dispatch import Signal

# Sent with ``page`` and ``revision`` before a version goes live or is given a date for it, by whatever way, in the same
# transaction. What a receiver writes into the revision is published.
before_publication = Signal()


class AnnouncedPublication:
    """A page that says when it is about to be published."""

    @transaction.atomic
    def publish(self, revision, *args, **kwargs):
        before_publication.send(sender=type(self), page=self, revision=revision)
        return super().publish(revision, *args, **kwargs)


def lock_children(parent):
    """Let nobody else add a child to ``parent``, or rename one, until the transaction ends."""
    model = type(parent)._meta.get_field("path").model  # the row of Page, whatever page it is
    list(model.objects.select_for_update().filter(pk=parent.pk).order_by().values_list("pk"))
    parent.refresh_from_db(fields=["numchild"])
