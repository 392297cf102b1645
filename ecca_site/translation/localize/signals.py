"""Clean texts and overrides before they are saved, whichever way they came."""

from collections.abc import Collection

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation

from ecca_site.uploads.models import CustomDocument, CustomImage

from ..models import TextAuthor
from .cleaning import chosen_model, clean_override_json, clean_text
from .targets import target_of


def clean_string(
    instance: StringTranslation,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: object,
) -> None:
    """Clean a text before it is saved.

    Whoever writes in bulk sends no signal and calls ``clean_text``.

    Raises:
        ValidationError: the text may not stand there.
    """
    if raw or not _is_saved("data", update_fields):
        return
    instance.data = clean_text(
        instance.data, source=instance.translation_of.data, target=target_of(instance.context)
    )


def clean_segment_override(
    instance: SegmentOverride,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: object,
) -> None:
    """Clean a value that stands in a translation instead of the source's before it is saved.

    Raises:
        ValidationError: the value may not stand there.
    """
    if raw or not _is_saved("data_json", update_fields):
        return
    context = instance.context
    instance.data_json = clean_override_json(
        instance.data_json,
        path=context.path if context else "",
        target=target_of(context),
        user=instance.last_translated_by,
    )


def remember_author(
    instance: StringTranslation | SegmentOverride, raw: bool = False, **kwargs: object
) -> None:
    """Remember whoever wrote a text or chose a value, also after others have touched it.

    Whoever confirms a machine's draft or imports a file has written what is in it.
    """
    if raw or instance.last_translated_by_id is None or instance.context is None:
        return
    TextAuthor.objects.update_or_create(
        thing_id=instance.context.object_id,
        locale_id=instance.locale_id,
        user_id=instance.last_translated_by_id,
        defaults={"written_at": timezone.now()},
    )


def _is_saved(name: str, update_fields: Collection[str] | None) -> bool:
    return update_fields is None or name in update_fields


def forget_overrides(sender: type[Model], instance: Model, **kwargs: object) -> None:
    """Drop the overrides that chose a deleted object, or stood in for it.

    wagtail-localize looks up both.
    """
    values = [f"{instance.pk}", f'"{instance.pk}"']
    choosing = SegmentOverride.objects.filter(data_json__in=values)
    contexts = OverridableSegment.objects.filter(data_json__in=values).values("context")
    standing_in = SegmentOverride.objects.filter(context__in=contexts)
    for override in (choosing | standing_in).select_related("context"):
        model = chosen_model(target_of(override.context))
        if model is not None and issubclass(model, sender):
            override.delete()


def connect() -> None:
    pre_save.connect(clean_string, sender=StringTranslation)
    pre_save.connect(clean_segment_override, sender=SegmentOverride)
    for written in (StringTranslation, SegmentOverride):
        post_save.connect(
            remember_author, sender=written, dispatch_uid=f"text_author_{written.__name__}"
        )
    for model in (Page, CustomImage, CustomDocument):
        post_delete.connect(forget_overrides, sender=model)
