"""The rows of segments, kept by a number of queries that does not grow with the page.

wagtail-localize 1.14.5 asks the database six times for each paragraph of a page that is published
or asked for. Delete this when ``TranslationSource.refresh_segments`` does not, which a test in
``tests/translation/test_segment_rows.py`` says.
"""

import json
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import BaseValue

Fields = dict[str, Any]  # of a row, besides those that all segments have

refresh_one_by_one = TranslationSource.refresh_segments


def take_over(source: TranslationSource, instance: Model) -> None:
    """Let a source, which is locked, hold the content of its page as that is in hand.

    ``TranslationSource.update_or_create_from_instance`` looks for what is known here, and reads the
    page once more to take it apart.
    """
    source.content_json = instance.to_json()
    source.schema_version = schema_version(instance._meta.app_label)
    source.object_repr = str(instance)[:200]
    source.last_updated_at = timezone.now()
    source.save(update_fields=["content_json", "schema_version", "object_repr", "last_updated_at"])
    refresh_segments(source, instance)


@cache
def schema_version(app_label: str) -> str:
    """Return the last migration of an app: another one is there when the site starts again."""
    return get_schema_version(app_label)


def refresh_segments(source: TranslationSource, instance: Model | None = None) -> None:
    """Bring the segments of a source up to date with its content, which ``instance`` has."""
    instance = instance or source.as_instance()
    values: dict[type[BaseValue], list[Any]] = {
        StringSegmentValue: [],
        TemplateSegmentValue: [],
        RelatedObjectSegmentValue: [],
        OverridableSegmentValue: [],
    }
    paths = {}
    for value in extract_segments(instance):
        values[type(value)].append(value)
        paths[TranslationContext._get_path_id(value.path)] = value.path
    contexts = contexts_of(source, instance, paths)

    def keep(model: type[Model], kind: type[BaseValue], fields_of_values: list[Fields]) -> None:
        rows = []
        for value, fields in zip(values[kind], fields_of_values, strict=True):
            context_id = contexts[value.path]
            rows.append(model(source=source, context_id=context_id, order=value.order, **fields))
        keep_alone(model, source, rows)

    keep(StringSegment, StringSegmentValue, strings(source, values[StringSegmentValue]))
    keep(TemplateSegment, TemplateSegmentValue, templates(values[TemplateSegmentValue]))
    keep(
        RelatedObjectSegment,
        RelatedObjectSegmentValue,
        objects(values[RelatedObjectSegmentValue]),
    )
    keep(OverridableSegment, OverridableSegmentValue, overridables(values[OverridableSegmentValue]))


def contexts_of(
    source: TranslationSource, instance: Model, paths: dict[uuid.UUID, str]
) -> dict[str, int]:
    """Return the ids of the contexts of a source by their paths."""
    wanted = {}
    for key, path in paths.items():
        wanted[key] = TranslationContext(object_id=source.object_id, path_id=key, path=path)

    def find_field(context: TranslationContext) -> None:
        # wagtail-localize finds the path of the field and saves each context on its own.
        context.save = _save_nothing
        context.get_field_path(instance)

    there = TranslationContext.objects.filter(object_id=source.object_id)
    contexts = get_or_create_all(there, "path_id", wanted, prepare=find_field)
    return {context.path: context.pk for context in contexts.values()}


def _save_nothing(**kwargs: object) -> None:
    pass


def strings(source: TranslationSource, values: list[StringSegmentValue]) -> list[Fields]:
    keys = [String._get_data_hash(value.string.data) for value in values]
    wanted = {}
    for key, value in zip(keys, values, strict=True):
        wanted[key] = String(locale_id=source.locale_id, data_hash=key, data=value.string.data)
    there = String.objects.filter(locale=source.locale_id)
    found = get_or_create_all(there, "data_hash", wanted)
    fields = []
    for key, value in zip(keys, values, strict=True):
        attrs = json.dumps(value.attrs, cls=DjangoJSONEncoder)
        fields.append({"string": found[key], "attrs": attrs})
    return fields


def templates(values: list[TemplateSegmentValue]) -> list[Fields]:
    keys = []
    wanted = {}
    for value in values:
        namespace = uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format)
        key = uuid.uuid5(namespace, value.template)
        keys.append(key)
        wanted[key] = Template(
            uuid=key,
            template=value.template,
            template_format=value.format,
            string_count=value.string_count,
        )
    found = get_or_create_all(Template.objects.all(), "uuid", wanted)
    return [{"template": found[key]} for key in keys]


def objects(values: list[RelatedObjectSegmentValue]) -> list[Fields]:
    wanted = {}
    for value in values:
        wanted[value.translation_key] = TranslatableObject(
            translation_key=value.translation_key, content_type=value.content_type
        )
    found = get_or_create_all(TranslatableObject.objects.all(), "translation_key", wanted)
    return [{"object": found[value.translation_key]} for value in values]


def overridables(values: list[OverridableSegmentValue]) -> list[Fields]:
    return [{"data_json": json.dumps(value.data, cls=DjangoJSONEncoder)} for value in values]


def get_or_create_all(
    queryset: QuerySet[Model],
    key: str,
    wanted: dict[Any, Model],
    prepare: Callable[[Any], None] | None = None,
) -> dict[Any, Model]:
    """Return the rows of these keys, made where there are none.

    Args:
        queryset: the rows that may be there already.
        key: the name of the field that holds the key.
        wanted: by key, the row to save where there is none.
        prepare: is called with each row before it is saved.
    """
    if not wanted:
        return {}
    rows = queryset.filter(**{f"{key}__in": wanted})
    found = {getattr(row, key): row for row in rows}
    missing = [row for value, row in wanted.items() if value not in found]
    if not missing:
        return found
    if prepare is not None:
        for row in missing:
            prepare(row)
    # Another page may bring the same text at the same moment; whichever row came first counts.
    queryset.model.objects.bulk_create(missing, ignore_conflicts=True)
    return {getattr(row, key): row for row in rows.all()}


def keep_alone(model: type[Model], source: TranslationSource, rows: list[Model]) -> None:
    """Let a source have these segments and no others.

    Those that it has already stay as they are.
    """
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    wanted = {_values_of(row, names): row for row in rows}
    there: dict[tuple[object, ...], int] = {}
    gone = []
    for row in model.objects.filter(source=source).order_by("pk"):
        values = _values_of(row, names)
        if values in there or values not in wanted:
            gone.append(row.pk)
        else:
            there[values] = row.pk
    if gone:
        model.objects.filter(pk__in=gone).delete()
    new = [row for values, row in wanted.items() if values not in there]
    model.objects.bulk_create(new)


def _values_of(row: Model, names: list[str]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)


def connect() -> None:
    TranslationSource.refresh_segments = refresh_segments
