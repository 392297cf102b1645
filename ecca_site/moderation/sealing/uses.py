"""The uses of pictures and documents, by what is live and by every version that may still go live.

Wagtail's reference index knows rows alone. A draft, a version under review, one with a date and one
that waits for other languages use their files, too: these are kept as rows when a version is saved.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Exists, ExpressionWrapper, Model, OuterRef, Q, QuerySet
from django.db.models.signals import post_save, pre_delete
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.models import (
    Page,
    ReferenceIndex,
    Revision,
    RevisionMixin,
    TaskState,
    TranslatableMixin,
    WorkflowState,
)

from ecca_site.core.permissions import known_pages
from ecca_site.core.references import content_of, references_of
from ecca_site.uploads import files
from ecca_site.uploads.models import CustomDocument, CustomImage

from ..holding import held
from ..models import FileUse, ReviewRefused
from ..reviewed import Place, instances_at

FILES: tuple[type[Model], ...] = (CustomImage, CustomDocument)
UNDECIDED = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


# --- Kept with each version ----------------------------------------------------------------------
def version_saved(
    instance: Revision,
    created: bool,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: object,
) -> None:
    if raw or (update_fields is not None and "content" not in update_fields):
        return
    keep_uses(instance, is_new=created)


def keep_uses(revision: Revision, *, is_new: bool = False) -> None:
    """Keep which files a version uses, as its content says now."""
    references = references_of(content_of(revision))
    wanted = set()
    for model in FILES:
        content_type_id = ContentType.objects.get_for_model(model).pk
        wanted |= {(content_type_id, int(key)) for key in references.get(model, ())}
    kept: set[tuple[int, int]] = set()
    rows = FileUse.objects.filter(revision=revision)
    if not is_new:
        kept.update(rows.values_list("content_type_id", "object_id"))
        if kept - wanted:
            rows.delete()
            kept = set()
    new = [
        FileUse(revision=revision, content_type_id=content_type_id, object_id=key)
        for content_type_id, key in sorted(wanted - kept)
    ]
    if new:
        FileUse.objects.bulk_create(new)


# --- Which versions count ------------------------------------------------------------------------
def uses_by_versions(model: type[Model], keys: Iterable[int]) -> QuerySet[FileUse]:
    """Return the uses of files by versions that are live or may still go live."""
    content_type = ContentType.objects.get_for_model(model)
    uses = FileUse.objects.filter(content_type=content_type, object_id__in=keys)
    annotated = uses.annotate(
        is_live=any_of(of_models("live_revision")),
        is_latest=any_of(of_models("latest_revision")),
        is_under_review=Exists(
            TaskState.objects.filter(
                revision=OuterRef("revision"), workflow_state__status__in=UNDECIDED
            )
        ),
        is_held=Exists(Revision.objects.filter(held(), pk=OuterRef("revision"))),
    )
    return annotated.filter(
        Q(is_live=True)
        | Q(is_latest=True)
        | Q(is_under_review=True)
        | Q(is_held=True)
        | Q(revision__approved_go_live_at__isnull=False)
    )


def any_of(conditions: Iterable[Exists]) -> ExpressionWrapper:
    """Return whether one of several conditions holds, as an annotation."""
    either = Q(pk__in=[])
    for condition in conditions:
        either |= Q(condition)
    return ExpressionWrapper(either, output_field=BooleanField())


def of_models(name: str) -> Iterator[Exists]:
    """Yield for each model with versions whether one of its rows names this version so."""
    for model in models_with_versions():
        if any(known.name == name for known in model._meta.get_fields()):
            yield Exists(model._base_manager.filter(**{name: OuterRef("revision")}))


def models_with_versions() -> list[type[Model]]:
    """Return the models whose rows have versions; all pages are one of them."""
    models = [model for model in apps.get_models() if issubclass(model, RevisionMixin)]
    return [Page, *(model for model in models if not issubclass(model, Page))]


def used_by_versions(model: type[Model], keys: Collection[int]) -> set[int]:
    """Return those of some files that a version uses."""
    return set(uses_by_versions(model, keys).values_list("object_id", flat=True))


# --- Who uses a file -----------------------------------------------------------------------------
class How(Enum):
    LIVE = pgettext_lazy("how a file is used", "live")
    WAITING = pgettext_lazy("how a file is used", "waits for a decision")
    DATED = pgettext_lazy("how a file is used", "goes live on a date")
    HELD = pgettext_lazy("how a file is used", "waits for other languages")
    DRAFT = pgettext_lazy("how a file is used", "a draft")


@dataclass
class Uses:
    """Those that use a file, as far as somebody may know of them, and how many others do."""

    named: list[str] = field(default_factory=list)
    hidden: int = 0

    def __bool__(self) -> bool:
        return bool(self.named or self.hidden)


def uses_of(found: Collection[Model], user: AbstractUser) -> dict[int, Uses]:
    """Return who uses each of some pictures, or of some documents, by a fixed number of queries."""
    places = places_using(found)
    objects = instances_at(itertools.chain.from_iterable(places.values()))
    known = known_to(user, objects)
    result = {}
    for key, using in places.items():
        result[key] = Uses()
        for place in sorted(using):
            if place in known:
                result[key].named.append(in_words(objects[place], using[place]))
            else:
                result[key].hidden += 1
    return result


def places_using(found: Collection[Model]) -> dict[int, dict[Place, set[How]]]:
    """Return for each file, by its key, where it is used and how; of rows it is not known how."""
    model = type(next(iter(found)))
    places: dict[int, dict[Place, set[How]]] = {file.pk: {} for file in found}
    content_type = ContentType.objects.get_for_model(model)
    rows = ReferenceIndex.objects.filter(to_content_type=content_type, to_object_id__in=places)
    for key, type_id, object_id in rows.values_list(
        "to_object_id", "base_content_type", "object_id"
    ):
        places[int(key)].setdefault((type_id, object_id), set())
    for use in uses_by_versions(model, places).select_related("revision"):
        place = (use.revision.base_content_type_id, use.revision.object_id)
        places[use.object_id].setdefault(place, set()).add(how_used(use))
    return places


def how_used(use: FileUse) -> How:
    if use.is_live:
        return How.LIVE
    if use.is_under_review:
        return How.WAITING
    if use.revision.approved_go_live_at:
        return How.DATED
    return How.HELD if use.is_held else How.DRAFT


def known_to(user: AbstractUser, objects: dict[Place, Model]) -> set[Place]:
    """Return where stands what a user may know of: the titles of others' drafts are a secret."""
    if user.is_superuser:
        return set(objects)
    pages = {place: row for place, row in objects.items() if isinstance(row, Page)}
    others = {place: row for place, row in objects.items() if place not in pages}
    keys = [row.pk for row in pages.values()]
    open_pages = set(
        Page.objects.filter(known_pages(user), pk__in=keys).values_list("pk", flat=True)
    )
    known = {place for place, row in pages.items() if row.pk in open_pages}
    return known | {place for place, row in others.items() if getattr(row, "live", True)}


def in_words(row: Model, hows: set[How]) -> str:
    """Return what uses a file and how: "Stone (English): live, waits for a decision"."""
    name = str(row)
    if isinstance(row, Page):
        name = row.get_admin_display_title()
    if isinstance(row, TranslatableMixin):
        name = f"{name} ({row.locale.get_display_name()})"
    if not hows:  # the row alone is known to use it
        hows = {How.LIVE if getattr(row, "live", True) else How.DRAFT}
    return f"{name}: {', '.join(str(how.value) for how in How if how in hows)}"


# --- Nobody takes it away ------------------------------------------------------------------------
def refuse_deletion(instance: Model, **kwargs: object) -> None:
    """Keep a file that is used, by whatever way somebody would delete it.

    Raises:
        ReviewRefused: something that is live, or may still go live, uses it.
    """
    if files.is_in_use(instance):
        text = _("“%(title)s” is in use, so it was not deleted.")
        raise ReviewRefused(text % {"title": instance.title})


def connect() -> None:
    files.also_in_use(used_by_versions)
    post_save.connect(version_saved, sender=Revision, dispatch_uid="moderation_file_uses")
    for model in FILES:
        pre_delete.connect(refuse_deletion, sender=model, dispatch_uid="moderation_file_in_use")
