"""Facts that a page or snippet shares with its translations: the fields declared ``shared``.

Such a fact (see ``core.facts``) holds in every language from the moment the original is published:
a conference that is cancelled is nowhere confirmed, and an organisation that moved to Austria is
found there by everybody. No text goes live by this.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TranslatableMixin, get_page_models
from wagtail.signals import page_published
from wagtail.signals import published as object_published

from ecca_site.core.facts import shared_fields, stored_values
from ecca_site.delivery.signals import snippet_models
from ecca_site.i18n.originals import is_original, original_of
from ecca_site.moderation.frozen import as_stored
from ecca_site.moderation.ledger.record import follows
from ecca_site.moderation.sealing.seals import take_facts
from ecca_site.moderation.sealing.uses import keep_uses


def share(original: Model, translations: Iterable[Model]) -> None:
    """Give translations the shared facts of their original as that is live."""
    facts = stored_values(original, shared_fields(type(original)))
    instances = list(translations)
    write_into_versions(instances, as_stored(facts))
    for instance in instances:
        _take_over(original, instance, facts)


def _take_over(original: Model, instance: Model, names: Iterable[str]) -> None:
    """Write the facts of these names into the row of a translation, where they are different."""
    model = type(original)
    changed = []
    for name in names:
        attname = model._meta.get_field(name).attname
        value = getattr(original, attname)
        if getattr(instance, attname) != value:
            setattr(instance, attname, value)
            changed.append(name)
    if not changed:
        return
    if isinstance(instance, Page):
        instance.save(update_fields=changed, clean=False)  # a draft may lack much
    else:
        instance.save(update_fields=changed)
    log(instance=instance, action="translation.share", data={"fields": changed})
    follows(instance, original)


def write_into_versions(instances: Collection[Model], facts: dict[str, Any]) -> None:
    """Let the live version of each of these and all later ones hold these facts.

    Later are a version that waits for its review, one that has a date, and a draft: approving one
    of them takes nothing back. Versions before the live one stay as they were.
    """
    if not instances:
        return
    later = Q()
    for instance in instances:
        later |= Q(object_id=str(instance.pk), pk__gte=instance.live_revision_id or 0)
    kind = next(iter(instances)).get_base_content_type()  # that of all: they say the same
    versions = Revision.objects.filter(later, base_content_type=kind).order_by("pk")
    for pk, content in versions.values_list("pk", "content"):
        if content | facts != content:
            Revision.objects.filter(pk=pk).update(content=content | facts)
            version = Revision.objects.get(pk=pk)
            keep_uses(version)
            take_facts(version)


@transaction.atomic(savepoint=False)
def published(instance: Model, **kwargs: object) -> None:
    """Give the facts of a published original to its translations; a published one takes them."""
    model = type(instance)
    # A version that has a date is published on that date, not before.
    if not instance.live or getattr(instance, "alias_of_id", None) or not shared_fields(model):
        return
    rows = model._default_manager
    if is_original(instance):
        translations = rows.filter(translation_key=instance.translation_key).exclude(pk=instance.pk)
        if isinstance(instance, Page):
            translations = translations.filter(alias_of=None)
        share(instance, translations.select_for_update(of=("self",)).order_by("pk"))
        return
    original = original_of(instance)
    if original is not None and original.live:
        share(rows.get(pk=original.pk), [rows.get(pk=instance.pk)])


def translated_snippets() -> list[type[Model]]:
    """Return the models of what goes live by itself, is translated and is no page."""
    return [model for model in snippet_models() if issubclass(model, TranslatableMixin)]


def connect() -> None:
    for model in get_page_models():
        page_published.connect(published, sender=model)
    for model in translated_snippets():
        object_published.connect(published, sender=model)
