"""Translate the demo through wagtail-localize, so that its editor shows every text with its translation."""

from pathlib import Path

import polib
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from ecca_site.core.languages import babel_locale
from ecca_site.translation.slugs import slug_from_title

FOLDER = Path(__file__).parent / "translations"
# Complete languages first; of the others only the home page is translated.
COMPLETE = ("sl", "pl", "es")
HOME_ONLY = ("pt", "hu", "sr-latn")


class MissingTranslations(Exception):
    """The catalogue of a language lacks texts of the demo."""


def catalogue_path(language_code):
    return FOLDER / f"{babel_locale(language_code)}.po"


def read_catalogue(language_code):
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalogue_path(language_code))) if entry.msgstr}


def sources_of(objects):
    return [TranslationSource.update_or_create_from_instance(instance)[0] for instance in objects]


def translate(sources, language_code):
    """Make the translations of these sources live in a language.

    Raises:
        MissingTranslations: a text is not in the language's catalogue.
    """
    locale = Locale.objects.get(language_code=language_code)
    catalogue = read_catalogue(language_code)
    segments = list(StringSegment.objects.filter(source__in=sources).select_related("string", "context").order_by("pk"))
    missing = {segment.string.data for segment in segments} - catalogue.keys()
    if missing:
        raise MissingTranslations(f"{language_code}: {len(missing)} missing, the first: {sorted(missing)[0]!r}")
    Translation.objects.bulk_create(Translation(source=source, target_locale=locale) for source in sources)
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


def write_catalogues(sources, home_source):
    """Bring the catalogues up to date with the texts of the demo; what is translated stays."""
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
