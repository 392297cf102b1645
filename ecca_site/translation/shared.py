"""Facts that a page shares with its translations, such as the status and the dates of a conference.

They are the fields that a page type synchronises and no language may override. They hold in every language from the
moment the original is published: a conference that is cancelled is nowhere confirmed. No text goes live by this.
"""

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.signals import page_published
from wagtail_localize.fields import SynchronizedField, get_translatable_fields

from .staleness import is_source_language, source_of


def shared_fields(model):
    """Return the names of the fields whose values every language has from the original."""
    fields = get_translatable_fields(model)
    return [field.field_name for field in fields if isinstance(field, SynchronizedField) and not field.overridable]


@transaction.atomic
def share(source, page):
    """Give a page the shared facts of its source as that is live: what is live of it, and its latest version."""
    model = type(source)
    names = [
        field.name
        for field in (model._meta.get_field(name) for name in shared_fields(model))
        if getattr(page, field.attname) != getattr(source, field.attname)
    ]
    facts = {name: value for name, value in source.serializable_data().items() if name in shared_fields(model)}
    for revision in Revision.objects.filter(pk__in={page.live_revision_id, page.latest_revision_id}):
        # The version under review has them, too: approving it takes nothing back.
        Revision.objects.filter(pk=revision.pk).update(content={**revision.content, **facts})
    if not names:
        return
    for name in names:
        attname = model._meta.get_field(name).attname
        setattr(page, attname, getattr(source, attname))
    page.save(clean=False, update_fields=names)
    log(instance=page, action="translation.share", data={"fields": names})


def published(instance, **kwargs):
    """A published original gives its facts to its translations, a published translation takes them."""
    model = type(instance)
    if instance.alias_of_id or not shared_fields(model):
        return
    if is_source_language(instance):
        pages = model.objects.filter(translation_key=instance.translation_key, alias_of=None).exclude(pk=instance.pk)
        for page in pages.select_for_update(of=("self",)).order_by("pk"):
            share(instance, page)
    elif (source := source_of(instance)) and source.live:
        share(model.objects.get(pk=source.pk), model.objects.get(pk=instance.pk))


def connect():
    page_published.connect(published, dispatch_uid="translation_shared")
