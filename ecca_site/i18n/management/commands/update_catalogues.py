from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from ecca_site.i18n.languages import PLURALS, babel_locale, other_languages


class Command(BaseCommand):
    help = (
        "Bring the catalogues of interface texts up to date with the code. "
        "Needs gettext; what is translated stays."
    )

    def handle(self, **options: object) -> None:
        locales = [babel_locale(code) for code in other_languages()]
        folder = Path(settings.LOCALE_PATHS[0])
        for locale in locales:
            (folder / locale / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        ignored = [".venv", "tests", "var", "docs", "deploy"]
        call_command(
            "makemessages",
            locale=locales,
            add_location="file",
            no_wrap=True,
            ignore_patterns=ignored,
            verbosity=0,
        )
        for locale in locales:
            path = folder / locale / "LC_MESSAGES" / "django.po"
            catalogue = polib.pofile(str(path), wrapwidth=0)
            tidy(catalogue, locale)
            catalogue.save(str(path))


def tidy(catalogue: polib.POFile, locale: str) -> None:
    """Give a catalogue the project's header, and take out of it whatever nobody has translated."""
    catalogue.header = ""
    catalogue.metadata_is_fuzzy = False
    catalogue.metadata = {
        "Project-Id-Version": "ecca-site",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[locale],
    }
    for entry in list(catalogue.obsolete_entries()):
        catalogue.remove(entry)
    number_of_forms = int(PLURALS[locale].removeprefix("nplurals=").partition(";")[0])
    for entry in catalogue:
        if entry.fuzzy:
            forget_guess(entry)
        if entry.msgid_plural:
            forms = entry.msgstr_plural
            entry.msgstr_plural = {
                number: forms.get(number, "") for number in range(number_of_forms)
            }


def forget_guess(entry: polib.POEntry) -> None:
    """Empty an entry that gettext guessed from a similar text: that is not a translation."""
    entry.flags.remove("fuzzy")
    entry.msgstr = ""
    entry.msgstr_plural = {}
    entry.previous_msgctxt = None
    entry.previous_msgid = None
    entry.previous_msgid_plural = None
