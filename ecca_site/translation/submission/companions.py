"""Companions: things that a page shows and that are no pages, such as speakers.

A new language translates them with the page: their texts stand in the page's list of work, are
submitted with it, and go live when it is approved. Once live they change by reviews of their own
(see ``snippets``). What is not live in the source is translated when it is.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from wagtail.models import DraftStateMixin, Page, Revision

from ecca_site.moderation.sealing.things import Thing, digest_of
from ecca_site.users.models import User

from ..localize.records import (
    RelatedObjectSegment,
    StringSegment,
    TranslatableObject,
    Translation,
    TranslationSource,
)
from ..models import Submission
from .validation import check_texts


class CompanionInvalid(ValidationError):
    """A text of a companion that does not fit, with the translation that it is of."""

    def __init__(self, translation: Translation, error: ValidationError) -> None:
        super().__init__(error)
        self.translation = translation


def related(translation: Translation) -> list[TranslatableObject]:
    """Return the things besides pages that the source of a translation shows, each once."""
    pages = ContentType.objects.get_for_model(Page)
    segments = RelatedObjectSegment.objects.filter(source=translation.source)
    segments = segments.exclude(object__content_type=pages).select_related("object")
    by_id = {segment.object_id: segment.object for segment in segments}
    return list(by_id.values())


def ensure(translation: Translation, user: User | None = None) -> None:
    """Make drafts of what a translated page will show and its language lacks."""
    ensure_of(translation, related(translation), user)


def ensure_of(
    translation: Translation, things: Iterable[TranslatableObject], user: User | None = None
) -> None:
    """Make drafts of these things, which a translated page will show."""
    locale = translation.target_locale
    for shown in things:
        instance = shown.get_instance_or_none(translation.source.locale)
        if not isinstance(instance, DraftStateMixin) or not instance.live:
            continue
        if shown.has_translation(locale):
            continue
        source, _created = TranslationSource.get_or_create_from_instance(instance)
        Translation.objects.update_or_create(
            source=source, target_locale=locale, defaults={"enabled": True}
        )
        source.create_or_update_translation(locale, user, publish=False, fallback=True)


def companions_of(translation: Translation) -> list[Translation]:
    """Return the translations that go live with this one: of what it shows that is not live."""
    keys = [shown.pk for shown in related(translation)]
    found = Translation.objects.filter(
        source__object__in=keys, target_locale=translation.target_locale, enabled=True
    )
    found = found.select_related("source", "target_locale")
    return [companion for companion in found if not is_live(companion)]


def is_live(translation: Translation) -> bool:
    """Return whether a translated thing is live, as one that is gone or has no drafts is."""
    instance = translation.source.object.get_instance_or_none(translation.target_locale)
    return instance is None or getattr(instance, "live", True)


def without_translation(translation: Translation) -> list[Model]:
    """Return the things that a translated page would show and its language does not have."""
    lacking = []
    for shown in related(translation):
        if not shown.has_translation(translation.target_locale):
            instance = shown.get_instance_or_none(translation.source.locale)
            if instance is not None and getattr(instance, "live", True):
                lacking.append(instance)
    return lacking


def submit(translation: Translation, user: User) -> list[Revision]:
    """Make versions of the companions from their texts, and return them.

    Raises:
        CompanionInvalid: a text does not fit.
    """
    revisions = []
    for companion in companions_of(translation):
        version = companion.source.get_ephemeral_translated_instance(
            companion.target_locale, fallback=True
        )
        try:
            check_texts(version, places_of(companion.source))
            version.full_clean()
        except ValidationError as error:
            raise CompanionInvalid(companion, error) from error
        version.save()  # a draft: the reviewer's preview shows it
        revisions.append(version.save_revision(user=user))
    return revisions


def sealed(revision: Revision) -> list[Thing]:
    """Return the versions that go live with a translated page as things that it shows."""
    submitted = Submission.objects.filter(revision=revision).values("companions")
    things = []
    for version in Revision.objects.filter(pk__in=submitted):
        kind = version.content_type.model_class()._meta.label_lower
        key = f"{version.object_id}, draft"
        things.append(Thing(kind, key, digest_of(version.content), version.object_str))
    return things


def places_of(source: TranslationSource) -> set[str]:
    """Return the content paths of the texts of a source."""
    return set(StringSegment.objects.filter(source=source).values_list("context__path", flat=True))


def publish(submission: Submission) -> None:
    """Publish the companions that were submitted with a page that went live."""
    for revision in submission.companions.all():
        if not revision.as_object().live:
            revision.publish(skip_permission_checks=True)
