"""The targets of wagtail-localize's texts: fields or blocks that their paths lead to."""

from typing import TypeAlias
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import features
from wagtail_localize.models import TranslationContext, TranslationSource
from wagtail_localize.strings import INLINE_TAGS

from ecca_site.core.streams import block_at
from ecca_site.delivery.memory import asked_once

Target: TypeAlias = models.Field | blocks.Block


def target_of(context: TranslationContext | None) -> Target | None:
    """Return the model field or block of a context, None where its type no longer has it."""
    if context is None:
        return None
    model = _model_of_object(context.object_id)
    if model is None:
        return None
    return target_in(model, context)


@asked_once
def _model_of_object(object_id: UUID) -> type[models.Model] | None:
    """Return the model of what is translated, None where it is not any more."""
    sources = TranslationSource.objects.filter(object_id=object_id)
    type_id = sources.values_list("specific_content_type", flat=True).first()
    if type_id is None:
        return None
    return ContentType.objects.get_for_id(type_id).model_class()


def model_of(source: TranslationSource) -> type[models.Model]:
    """Return the model of what a source holds the texts of."""
    return ContentType.objects.get_for_id(source.specific_content_type_id).model_class()


def target_in(model: type[models.Model], context: TranslationContext) -> Target | None:
    """Do the same where the model is known."""
    try:
        return _field(model, context.field_path.split("."))
    except (FieldDoesNotExist, LookupError, AttributeError, ValueError):
        return None


def _field(model: type[models.Model], names: list[str]) -> Target:
    name, *rest = names
    field = model._meta.get_field(name)
    if isinstance(field, StreamField):
        return block_at(field.stream_block, rest)
    if field.one_to_many:
        return _field(field.related_model, rest)
    return field


def is_rich(target: Target | None) -> bool:
    return isinstance(target, (RichTextField, blocks.RichTextBlock))


def is_multiline(target: Target | None) -> bool:
    return isinstance(target, (models.TextField, blocks.TextBlock)) and not is_rich(target)


def inline_tags(target: Target) -> set[str]:
    """Return the inline tags that the features of a rich text allow: bold gives b and strong."""
    tags = set()
    for name in get_rich_text_editor_widget(target.editor, features=target.features).features:
        rule = features.get_converter_rule("contentstate", name) or {}
        for selector in rule.get("from_database_format", {}):
            tags.add(selector.partition("[")[0])
    return tags.intersection(INLINE_TAGS)


def label_of_target(target: Target | None) -> str:
    """Return the name that editors read above a field or block, "" where there is none."""
    label = getattr(target, "verbose_name", "") or getattr(target, "label", "")
    return capfirst(str(label or ""))


def label_of_path(model: type[models.Model], field_path: str) -> str:
    """Return the editor's name of a field or a part of a stream: "Body: Picture, Caption"."""
    name, *names = field_path.split(".")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    verbose_name = getattr(field, "verbose_name", "") or field.related_model._meta.verbose_name
    label = capfirst(str(verbose_name))
    if not isinstance(field, StreamField):
        return label
    labels = []
    for number, part in enumerate(names, start=1):
        try:
            block = block_at(field.stream_block, names[:number])
        except LookupError:
            break
        if block.label and part != "item":
            labels.append(str(block.label))
    if not labels:
        return label
    return f"{label}: {', '.join(labels)}"


def longest_of(target: Target | None) -> int | None:
    """Return how many letters a field or block takes, None for any number."""
    field = getattr(target, "field", target)
    longest: int | None = getattr(field, "max_length", None)
    return None if is_rich(target) else longest
