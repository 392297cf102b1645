from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from ecca_site.core.languages import PLURALS, babel_locale


class Command(BaseCommand):
    help = "Bring the catalogues of interface texts up to date with the code. Needs gettext; what is translated stays."

    def handle(self, **options):
        locales = [babel_locale(code) for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        folder = Path(settings.LOCALE_PATHS[0])
        for locale in locales:
            (folder / locale / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        ignored = [".venv", "tests", "var", "docs", "deploy"]
        call_command(
            "makemessages", locale=locales, no_location=True, no_wrap=True, ignore_patterns=ignored, verbosity=0
        )
        for locale in locales:
            path = folder / locale / "LC_MESSAGES" / "django.po"
            catalogue = polib.pofile(str(path), wrapwidth=0)
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
            for entry in [*catalogue.obsolete_entries()]:
                catalogue.remove(entry)
            for entry in catalogue:
                if entry.fuzzy:  # gettext's guess from a similar text is no translation
                    entry.flags.remove("fuzzy")
                    entry.msgstr, entry.msgstr_plural = "", {}
                    entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None
                if entry.msgid_plural:
                    count = int(PLURALS[locale][9])
                    entry.msgstr_plural = {number: entry.msgstr_plural.get(number, "") for number in range(count)}
            catalogue.save(str(path))
