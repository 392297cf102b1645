"""The consequences of publishing a conference: its former date, calendars, free places."""

from wagtail.models import Revision
from wagtail.signals import published as object_published

from ecca_site.core.publication import before_publication
from ecca_site.i18n.originals import original_of

from .calendar.entries import update_entries
from .models import ConferencePage
from .registration.flow import fill_free_places


def published(instance: ConferencePage, **kwargs: object) -> None:
    """Bring calendars and places up to date by the original, or by a page without a live one."""
    original = original_of(instance)
    if original is None or not original.live:
        update_entries(instance)
        fill_free_places(instance)


def keep_former_start(instance: ConferencePage, revision: Revision, **kwargs: object) -> None:
    """Let a version with another date say which one was public before.

    Nobody has to remember to type it.
    """
    rows = ConferencePage.objects.filter(pk=instance.pk, first_published_at__isnull=False)
    public = rows.only("start_at", "previous_start_at").first()
    if public is None:
        return
    is_moved = revision.as_object().start_at != public.start_at
    former = public.start_at if is_moved else public.previous_start_at
    revision.content["previous_start_at"] = former


def connect() -> None:
    before_publication.connect(
        keep_former_start, sender=ConferencePage, dispatch_uid="conferences_former_start"
    )
    # After ``page_published``, by which its facts reach the other languages: letters tell of them.
    object_published.connect(published, sender=ConferencePage, dispatch_uid="conferences_published")
