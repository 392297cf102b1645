"""The files that something live uses, kept with each row that goes live, changes or goes offline.

The row of what is live is what visitors see, however it was written: by a publication, by the facts
of its original, as an alias. Of what is not live the row may be a draft, and publishes nothing.
"""

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Field, Model, QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, get_page_models
from wagtail.signals import page_published, page_unpublished, unpublished
from wagtail.signals import published as object_published

from ecca_site.delivery.signals import snippet_models
from ecca_site.uploads.models import PublishedUse
from ecca_site.uploads.published import FILES
from ecca_site.uploads.tasks import announce

from .references import references_of

Key = tuple[int, int]  # the content type and primary key of a file


# --- What a row uses -----------------------------------------------------------------------------
def files_of(instance: Model) -> set[Key]:
    references = references_of(instance)
    found: set[Key] = set()
    for model in FILES:
        content_type_id = ContentType.objects.get_for_model(model).pk
        found |= {(content_type_id, int(key)) for key in references.get(model, ())}
    return found


def uses_by(instance: Model) -> QuerySet[PublishedUse]:
    return PublishedUse.objects.filter(
        place_type=ContentType.objects.get_for_model(kind_of(instance)), place_id=instance.pk
    )


def kind_of(instance: Model) -> type[Model]:
    """Return the model that something counts as; all pages are of one kind."""
    return Page if isinstance(instance, Page) else type(instance)


def holding_files(model: type[Model]) -> frozenset[str]:
    """Return the names of the fields that decide which files a row publishes."""
    return frozenset(field.name for field in model._meta.fields if _holds_files(field)) | {"live"}


def _holds_files(field: Field) -> bool:
    return field.related_model in FILES or hasattr(field, "extract_references")


# --- Keeping it ----------------------------------------------------------------------------------
def record(instance: Model) -> None:
    """Keep which files something uses if it is live, and none if it is not.

    It is one query, and where nothing changed no more than that.
    """
    wanted = files_of(instance) if instance.live else set()
    kept = {(use.content_type_id, use.object_id): use.pk for use in uses_by(instance)}
    gone = kept.keys() - wanted
    new = wanted - kept.keys()
    if gone or new:
        write(instance, [kept[key] for key in gone], new)
        announce_keys(gone | new)


@transaction.atomic
def write(instance: Model, gone: Collection[int], new: Collection[Key]) -> None:
    """Delete some rows of what something uses, by their keys, and add others."""
    if gone:
        PublishedUse.objects.filter(pk__in=gone).delete()
    place_type = ContentType.objects.get_for_model(kind_of(instance))
    rows = [
        PublishedUse(
            place_type=place_type, place_id=instance.pk, content_type_id=type_id, object_id=key
        )
        for type_id, key in sorted(new)
    ]
    if rows:
        PublishedUse.objects.bulk_create(rows, ignore_conflicts=True)


def announce_keys(changed: Collection[Key]) -> None:
    for model in FILES:
        content_type_id = ContentType.objects.get_for_model(model).pk
        keys = [key for type_id, key in changed if type_id == content_type_id]
        if keys:
            announce(model, keys)


def forget(instance: Model) -> None:
    """Forget the uses of something that is gone."""
    uses = uses_by(instance)
    changed = set(uses.values_list("content_type_id", "object_id"))
    if changed:
        uses.delete()
        announce_keys(changed)


# --- When ----------------------------------------------------------------------------------------
def saved(
    instance: Model,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: object,
) -> None:
    """Follow the row of what is live, whoever saved it."""
    if raw or not instance.live:
        return
    if update_fields is None or holding_files(type(instance)).intersection(update_fields):
        record(instance)


def went_offline(instance: Model, **kwargs: object) -> None:
    if not instance.live:
        forget(instance)


def deleted(instance: Model, **kwargs: object) -> None:
    forget(instance)


def live_models() -> list[type[Model]]:
    """Return the models of all that goes live; of a page, what it is in full."""
    return [*(model for model in get_page_models() if model is not Page), *snippet_models()]


def connect() -> None:
    for model in live_models():
        post_save.connect(saved, sender=model, dispatch_uid=f"published_{model._meta.label}")
        post_delete.connect(deleted, sender=model, dispatch_uid=f"published_{model._meta.label}")
    for model in get_page_models():
        # What was given a date for the first time is not live yet.
        page_published.connect(went_offline, sender=model)
        page_unpublished.connect(went_offline, sender=model)
    for model in snippet_models():
        object_published.connect(went_offline, sender=model)
        unpublished.connect(went_offline, sender=model)


# --- Anew ----------------------------------------------------------------------------------------
def record_all() -> None:
    """Keep anew what everything live uses, and nothing of what is not live any more.

    Each row is read and kept in a transaction of its own, so that nobody waits for long.
    """
    for model in live_models():
        live = model._base_manager.filter(live=True).order_by("pk")
        for key in live.values_list("pk", flat=True):
            with transaction.atomic():
                rows = model._base_manager.select_for_update(of=("self",))
                instance = rows.filter(pk=key).first()
                if instance is not None:
                    record(instance)
    for model in (Page, *snippet_models()):
        place_type = ContentType.objects.get_for_model(model)
        uses = PublishedUse.objects.filter(place_type=place_type)
        stray = uses.exclude(place_id__in=model._base_manager.filter(live=True).values("pk"))
        changed = set(stray.values_list("content_type_id", "object_id"))
        stray.delete()
        announce_keys(changed)
