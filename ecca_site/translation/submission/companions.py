"""Companions: things that a page shows and that are no pages, such as speakers.

A new language translates them with the page: their texts stand in the page's list of work, are
submitted with it, and go live when it is approved. Once live they change by reviews of their own
(see ``snippets``). What is not live in the source is translated when it is. What was written first
in another language than the page that shows it is translated into that of the page, too, by a
review of its own.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from wagtail.models import DraftStateMixin, Locale, Page, ReferenceIndex, Revision

from ecca_site.core.references import references_of
from ecca_site.i18n.originals import are_originals, first_languages, original_of
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
from ..staleness.shared import translated_snippets
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
    for original in originals_of(things):
        _ensure_in(translation.target_locale, original, user)


def ensure_own(page: Page) -> None:
    """Make drafts of what an original shows and what was written first in another language.

    Nobody asks for the page in its own language, so that this is where its readers get them from.
    """
    for model, keys in references_of(page).items():
        if model in translated_snippets():
            for shown in model.objects.filter(pk__in=keys).exclude(locale=page.locale_id):
                _ensure_in(page.locale, original_of(shown) or shown)


def ensure_where_shown(original: Model) -> None:
    """Make drafts of something that goes live in the languages of the originals that show it."""
    same = type(original).objects.filter(translation_key=original.translation_key)
    kind = ContentType.objects.get_for_model(original)
    showing = ReferenceIndex.objects.filter(
        to_content_type=kind,
        to_object_id__in=[str(pk) for pk in same.values_list("pk", flat=True)],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    keys = {int(key) for key in showing.values_list("object_id", flat=True)}
    pages = Page.objects.live().filter(are_originals(), pk__in=keys)
    for locale in Locale.objects.filter(pk__in=pages.values("locale")):
        _ensure_in(locale, original)


def _ensure_in(locale: Locale, original: Model, user: User | None = None) -> None:
    """Make a draft of something live in a language that has nothing of it."""
    if not isinstance(original, DraftStateMixin) or not original.live:
        return
    if original.has_translation(locale):
        return
    source, _created = TranslationSource.get_or_create_from_instance(original)
    Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    source.create_or_update_translation(locale, user, publish=False, fallback=True)


def originals_of(things: Iterable[TranslatableObject]) -> list[Model]:
    """Return the originals of things, in whatever languages they were written; not what is gone."""
    things = list(things)
    first = first_languages([shown.pk for shown in things])
    locales = Locale.objects.filter(language_code__in=first.values())
    by_code = {locale.language_code: locale for locale in locales}
    found = [shown.get_instance_or_none(by_code[first[shown.pk]]) for shown in things]
    return [original for original in found if original is not None]


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
    for original in originals_of(related(translation)):
        is_shown = getattr(original, "live", True)
        if is_shown and not original.has_translation(translation.target_locale):
            lacking.append(original)
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
