"""What a page shows of things that are no pages, such as speakers: a new language translates them with the page.

They have no workflow of their own. Their texts stand in the page's list of work, are submitted with it, and go live
when it is approved. Once live, whoever may publish them changes them.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from wagtail.models import DraftStateMixin, Page
from wagtail_localize.models import RelatedObjectSegment, StringSegment, Translation, TranslationSource

from .validation import check_texts


def related(translation):
    """Return what the source of a translation shows of things that are no pages, each once."""
    segments = RelatedObjectSegment.objects.filter(source=translation.source).select_related("object")
    pages = ContentType.objects.get_for_model(Page)
    return list(
        {segment.object_id: segment.object for segment in segments.exclude(object__content_type=pages)}.values()
    )


def ensure(translation, user=None):
    """Make drafts of what a translated page will show and its language lacks."""
    for shown in related(translation):
        instance = shown.get_instance_or_none(translation.source.locale)
        if not isinstance(instance, DraftStateMixin) or shown.has_translation(translation.target_locale):
            continue
        source, _created = TranslationSource.get_or_create_from_instance(instance)
        Translation.objects.update_or_create(
            source=source, target_locale=translation.target_locale, defaults={"enabled": True}
        )
        source.create_or_update_translation(translation.target_locale, user, publish=False, fallback=True)


def companions_of(translation):
    """Return the translations that go live with this one: of what it shows and what is not live yet."""
    keys = [shown.pk for shown in related(translation)]
    found = Translation.objects.filter(
        source__object__in=keys, target_locale=translation.target_locale, enabled=True
    ).select_related("source", "target_locale")
    return [companion for companion in found if not is_live(companion)]


def is_live(translation):
    instance = translation.source.object.get_instance_or_none(translation.target_locale)
    return instance is None or getattr(instance, "live", True)


def without_translation(translation):
    """Return what a translated page would show and its language does not have at all."""
    lacking = [shown for shown in related(translation) if not shown.has_translation(translation.target_locale)]
    instances = [shown.get_instance_or_none(translation.source.locale) for shown in lacking]
    return [instance for instance in instances if instance is not None]


def submit(translation, user):
    """Make versions of the companions from their texts; return them as revisions.

    Raises:
        ValidationError: a text does not fit; ``translation`` is the one that it belongs to.
    """
    revisions = []
    for companion in companions_of(translation):
        version = companion.source.get_ephemeral_translated_instance(companion.target_locale, fallback=True)
        try:
            check_texts(version, places_of(companion.source))
            version.full_clean()
        except ValidationError as error:
            error.translation = companion
            raise
        version.save()  # a draft: the reviewer's preview shows it
        revisions.append(version.save_revision(user=user))
    return revisions


def places_of(source):
    """Return the content paths of the texts of a source."""
    return set(StringSegment.objects.filter(source=source).values_list("context__path", flat=True))


def publish(submission):
    """Publish what was submitted with a page that went live."""
    for revision in submission.companions.all():
        if not revision.as_object().live:
            revision.publish(skip_permission_checks=True)
