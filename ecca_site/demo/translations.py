"""Translate the demo through wagtail-localize, whose editor shows every text beside its source."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polib
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Locale

from ecca_site.i18n.languages import babel_locale
from ecca_site.translation.localize.records import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from ecca_site.translation.submission.slugs import slug_from_title

FOLDER = Path(__file__).parent / "translations"
# Complete languages first; of the others only the home page is translated.
COMPLETE = ("sl", "pl", "es")
HOME_ONLY = ("pt", "hu", "sr-latn")


class MissingTranslations(Exception):
    """The catalogue of a language lacks texts of the demo."""


def catalogue_path(language_code: str) -> Path:
    return FOLDER / f"{babel_locale(language_code)}.po"


def read_catalogue(language_code: str) -> dict[str, str]:
    """Return the texts that a language's catalogue has a translation of."""
    catalogue = polib.pofile(str(catalogue_path(language_code)))
    return {entry.msgid: entry.msgstr for entry in catalogue if entry.msgstr}


def sources_of(instances: Iterable[Model]) -> list[TranslationSource]:
    """Take the texts of pages and snippets into wagtail-localize's store."""
    sources = []
    for instance in instances:
        source, _created = TranslationSource.update_or_create_from_instance(instance)
        sources.append(source)
    return sources


def translate(sources: Sequence[TranslationSource], language_code: str) -> None:
    """Make the translations of these sources live in a language.

    Raises:
        MissingTranslations: a text is not in the language's catalogue.
    """
    locale = Locale.objects.get(language_code=language_code)
    catalogue = read_catalogue(language_code)
    segments = list(
        StringSegment.objects.filter(source__in=sources)
        .select_related("string", "context")
        .order_by("pk")
    )
    missing = {segment.string.data for segment in segments} - catalogue.keys()
    if missing:
        raise MissingTranslations(
            f"{language_code}: {len(missing)} missing, the first: {sorted(missing)[0]!r}"
        )
    Translation.objects.bulk_create(
        Translation(source=source, target_locale=locale) for source in sources
    )
    now = timezone.now()
    StringTranslation.objects.bulk_create(
        (
            StringTranslation(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                data=catalogue[segment.string.data],
                created_at=now,
                updated_at=now,
            )
            for segment in segments
        ),
        ignore_conflicts=True,
    )
    for source in sources:
        target, _created = source.create_or_update_translation(locale, publish=False)
        if hasattr(target, "depth") and target.depth > 2:
            target.slug = slug_from_title(target)
        target.save_revision().publish()


def write_catalogues(sources: Sequence[TranslationSource], home_source: TranslationSource) -> None:
    """Bring the catalogues up to date with the texts of the demo; translations stay."""
    for language_code in (*COMPLETE, *HOME_ONLY):
        wanted = sources if language_code in COMPLETE else [home_source]
        texts = StringSegment.objects.filter(source__in=wanted).order_by("source_id", "order")
        path = catalogue_path(language_code)
        present = read_catalogue(language_code) if path.exists() else {}
        catalogue = polib.POFile(wrapwidth=110)
        catalogue.metadata = {
            "Language": babel_locale(language_code),
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
        }
        for text in dict.fromkeys(texts.values_list("string__data", flat=True)):
            catalogue.append(polib.POEntry(msgid=text, msgstr=present.get(text, "")))
        catalogue.save(str(path))
