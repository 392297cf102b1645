"""wagtail-localize 1.14.5 asks the database six times for each paragraph of a page that is published or asked for.

Here the same rows are kept by a number of queries that does not grow with the page. Delete this when
``TranslationSource.refresh_segments`` does so, which a test in ``tests/translation/test_segment_rows.py`` says.
"""

import json
import uuid

from django.core.serializers.json import DjangoJSONEncoder
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
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

refresh_one_by_one = TranslationSource.refresh_segments


def refresh_segments(source):
    """Bring the segments of a ``TranslationSource`` up to date with its content."""
    instance = source.as_instance()
    values = {kind: [] for kind in (StringSegmentValue, TemplateSegmentValue, RelatedObjectSegmentValue)}
    values[OverridableSegmentValue] = []
    paths = {}
    for value in extract_segments(instance):
        values[type(value)].append(value)
        paths[TranslationContext._get_path_id(value.path)] = value.path
    contexts = contexts_of(source, instance, paths)
    for model, kind, of_kind in (
        (StringSegment, StringSegmentValue, strings_of(source)),
        (TemplateSegment, TemplateSegmentValue, templates),
        (RelatedObjectSegment, RelatedObjectSegmentValue, objects),
        (OverridableSegment, OverridableSegmentValue, overridables),
    ):
        rows = [
            model(source=source, context_id=contexts[value.path], order=value.order, **fields)
            for value, fields in zip(values[kind], of_kind(values[kind]), strict=True)
        ]
        keep_alone(model, source, rows)


def contexts_of(source, instance, paths):
    """Return the ids of the contexts of a source by their paths."""
    wanted = {key: TranslationContext(object_id=source.object_id, path_id=key, path=paths[key]) for key in paths}
    there = TranslationContext.objects.filter(object_id=source.object_id)
    known = set(there.values_list("path_id", flat=True))
    for key, context in wanted.items():
        if key not in known:
            context.save = lambda **kwargs: None  # localize finds the path of the field and saves each on its own
            context.get_field_path(instance)
    return {context.path: context.pk for context in get_or_create_all(there, "path_id", wanted).values()}


def strings_of(source):
    def fields(values):
        hashes = [String._get_data_hash(value.string.data) for value in values]
        wanted = {
            key: String(locale_id=source.locale_id, data_hash=key, data=value.string.data)
            for key, value in zip(hashes, values, strict=True)
        }
        strings = get_or_create_all(String.objects.filter(locale=source.locale_id), "data_hash", wanted)
        return [
            {"string": strings[key], "attrs": json.dumps(value.attrs, cls=DjangoJSONEncoder)}
            for key, value in zip(hashes, values, strict=True)
        ]

    return fields


def templates(values):
    keys = [uuid.uuid5(uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template) for value in values]
    wanted = {
        key: Template(uuid=key, template=value.template, template_format=value.format, string_count=value.string_count)
        for key, value in zip(keys, values, strict=True)
    }
    found = get_or_create_all(Template.objects.all(), "uuid", wanted)
    return [{"template": found[key]} for key in keys]


def objects(values):
    wanted = {
        value.translation_key: TranslatableObject(
            translation_key=value.translation_key, content_type=value.content_type
        )
        for value in values
    }
    found = get_or_create_all(TranslatableObject.objects.all(), "translation_key", wanted)
    return [{"object": found[value.translation_key]} for value in values]


def overridables(values):
    return [{"data_json": json.dumps(value.data, cls=DjangoJSONEncoder)} for value in values]


def get_or_create_all(queryset, key, wanted):
    """Return the rows of these keys, made where there are none: ``wanted`` has what to save for each key."""
    if not wanted:
        return {}
    rows = queryset.filter(**{f"{key}__in": wanted})
    found = {getattr(row, key): row for row in rows}
    missing = [row for value, row in wanted.items() if value not in found]
    if missing:
        # Another page may bring the same text at the same moment; whichever row came first counts.
        queryset.model.objects.bulk_create(missing, ignore_conflicts=True)
        found = {getattr(row, key): row for row in rows.all()}
    return found


def keep_alone(model, source, rows):
    """Let a source have these segments and no others; those that it has already stay as they are."""
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    wanted = {tuple(getattr(row, name) for name in names): row for row in rows}
    there = {}
    for row in model.objects.filter(source=source).order_by("pk"):
        there.setdefault(tuple(getattr(row, name) for name in names), row.pk)
    kept = [pk for key, pk in there.items() if key in wanted]
    model.objects.filter(source=source).exclude(pk__in=kept).delete()
    model.objects.bulk_create([row for key, row in wanted.items() if key not in there])


def connect():
    TranslationSource.refresh_segments = refresh_segments
