"""Clean texts and overrides before they are saved, whichever way they came."""

from django.db.models.signals import post_delete, pre_save
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation

from ecca_site.core.models import CustomDocument, CustomImage

from .cleaning import chosen_model, clean_override_json, clean_text
from .targets import target_of


def clean_string(instance, raw=False, update_fields=None, **kwargs):
    """Clean a text, or refuse it with a ``ValidationError``. What writes in bulk sends no signal and cleans itself."""
    if not raw and (update_fields is None or "data" in update_fields):
        instance.data = clean_text(
            instance.data, source=instance.translation_of.data, target=target_of(instance.context)
        )


def clean_segment_override(instance, raw=False, update_fields=None, **kwargs):
    if not raw and (update_fields is None or "data_json" in update_fields):
        context = instance.context
        instance.data_json = clean_override_json(
            instance.data_json,
            path=context.path if context else "",
            target=target_of(context),
            user=instance.last_translated_by,
        )


def forget_overrides(sender, instance, **kwargs):
    """Drop the overrides that chose what is deleted, or stood in for it: wagtail-localize looks up both."""
    values = [f"{instance.pk}", f'"{instance.pk}"']
    overrides = SegmentOverride.objects.filter(data_json__in=values)
    replaced = OverridableSegment.objects.filter(data_json__in=values).values("context")
    for override in (overrides | SegmentOverride.objects.filter(context__in=replaced)).select_related("context"):
        model = chosen_model(target_of(override.context))
        if model and issubclass(model, sender):
            override.delete()


def connect():
    pre_save.connect(clean_string, sender=StringTranslation)
    pre_save.connect(clean_segment_override, sender=SegmentOverride)
    for model in (Page, CustomImage, CustomDocument):
        post_delete.connect(forget_overrides, sender=model)
