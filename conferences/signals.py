"""What publishing a conference brings: its former date, calendars, freed places. Facts: ``translation.shared``."""

from django.conf import settings
from wagtail.signals import page_published

from ecca_site.core.publication import before_publication

from .calendar.entries import update_entries
from .models import ConferencePage
from .registration.flow import fill_free_places


def published(instance, **kwargs):
    """The conference is the English page, or the one there is."""
    pages = ConferencePage.objects.filter(translation_key=instance.translation_key, live=True)
    source = pages.filter(locale__language_code=settings.LANGUAGE_CODE).first() or instance
    if source.pk == instance.pk:
        update_entries(source)
        fill_free_places(source)


def keep_former_start(page, revision, **kwargs):
    """Let a version with another date say which one was public before; nobody has to remember to type it."""
    rows = ConferencePage.objects.filter(pk=page.pk, first_published_at__isnull=False)
    public = rows.only("start_at", "previous_start_at").first()
    if public is not None:
        is_moved = revision.as_object().start_at != public.start_at
        revision.content["previous_start_at"] = public.start_at if is_moved else public.previous_start_at


def connect():
    before_publication.connect(keep_former_start, sender=ConferencePage, dispatch_uid="conferences_former_start")
    page_published.connect(published, sender=ConferencePage, dispatch_uid="conferences_published")
