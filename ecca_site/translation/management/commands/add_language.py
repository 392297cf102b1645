from django.core.management.base import BaseCommand, CommandError, CommandParser

from ecca_site.i18n.languages import other_languages
from ecca_site.translation.languages.setup import (
    UnknownLanguage,
    begin,
    go_on,
    prepare,
    progress,
)
from ecca_site.translation.models import LanguageSetup


class Command(BaseCommand):
    help = (
        "Set a language of the settings up: its groups and workflows, and a "
        "draft of every page for its translators. "
        "Nothing of it is public. May be stopped and run again: it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "language",
            nargs="*",
            help="its code; none for all that were begun and are not finished",
        )
        parser.add_argument("--queue", action="store_true", help="leave the work to db_worker")

    def handle(self, *, language: list[str], queue: bool, **options: object) -> None:
        for code in language or self.unfinished_codes():
            setup = self.begin(code)
            if queue:
                go_on.enqueue(setup.pk)
                self.stdout.write(f"{code}: left to db_worker.")
            else:
                self.work(setup, code)

    def unfinished_codes(self) -> list[str]:
        unfinished = LanguageSetup.objects.filter(finished_at=None)
        return list(unfinished.values_list("locale__language_code", flat=True))

    def begin(self, code: str) -> LanguageSetup:
        try:
            return begin(code)
        except UnknownLanguage:
            raise CommandError(
                f"{code!r} is none of the languages in the settings (LANGUAGES): "
                f"{', '.join(other_languages())}."
            ) from None

    def work(self, setup: LanguageSetup, code: str) -> None:
        for number, page in enumerate(prepare(setup)):
            if number % 10 == 0:
                done, total = progress(setup)
                self.stdout.write(f"{code}: {done} of {total} pages, now “{page.title}”")
        done, total = progress(setup)
        self.stdout.write(f"{code}: {done} of {total} pages have a draft.")
        for page_id, reason in setup.failures.items():
            self.stderr.write(f"{code}: page {page_id} has none: {reason}")
