"""Where a text of wagtail-localize's store goes: the field or the block that its path leads to."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import features
from wagtail_localize.models import TranslationSource
from wagtail_localize.strings import INLINE_TAGS


def target_of(context):
    """Return the model field or block of a ``TranslationContext``, None where its type no longer has it."""
    if context is None:
        return None
    if not hasattr(context, "_target"):
        context._target = _target_of(context)
    return context._target


def _target_of(context):
    types = TranslationSource.objects.filter(object_id=context.object_id).values_list(
        "specific_content_type", flat=True
    )
    return next((target_in(ContentType.objects.get_for_id(pk).model_class(), context) for pk in types[:1]), None)


def target_in(model, context):
    """Do the same where the model is known, and remember it on the context."""
    try:
        context._target = _field(model, context.field_path.split("."))
    except (FieldDoesNotExist, KeyError, AttributeError, ValueError):
        context._target = None
    return context._target


def _field(model, names):
    name, *rest = names
    field = model._meta.get_field(name)
    if isinstance(field, StreamField):
        return _block(field.stream_block, rest)
    if field.one_to_many:
        return _field(field.related_model, rest)
    return field


def _block(block, names):
    for name in names:
        block = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks[name]
    return block


def is_rich(target):
    return isinstance(target, (RichTextField, blocks.RichTextBlock))


def is_multiline(target):
    return isinstance(target, (models.TextField, blocks.TextBlock)) and not is_rich(target)


def inline_tags(target):
    """Return the inline tags that the features of a rich text allow: bold gives b and strong."""
    names = get_rich_text_editor_widget(target.editor, features=target.features).features
    rules = [features.get_converter_rule("contentstate", name) or {} for name in names]
    selectors = [selector for rule in rules for selector in rule.get("from_database_format", {})]
    return {selector.partition("[")[0] for selector in selectors}.intersection(INLINE_TAGS)


def label_of(target):
    """Return what editors call the field or block, "" where there is none."""
    return capfirst(str(getattr(target, "verbose_name", "") or getattr(target, "label", "") or ""))
