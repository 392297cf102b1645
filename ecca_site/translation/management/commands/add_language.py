from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ecca_site.translation import languages
from ecca_site.translation.models import LanguageSetup


class Command(BaseCommand):
    help = (
        "Set a language of the settings up: its groups and workflows, and a draft of every page for its translators. "
        "Nothing of it is public. May be stopped and run again: it goes on where it was."
    )

    def add_arguments(self, parser):
        parser.add_argument("language", nargs="*", help="its code; none for all that were begun and are not finished")
        parser.add_argument("--queue", action="store_true", help="leave the work to db_worker")

    def handle(self, *, language, queue, **options):
        unfinished = LanguageSetup.objects.filter(finished_at=None).values_list("locale__language_code", flat=True)
        for code in language or list(unfinished):
            try:
                setup = languages.begin(code)
            except languages.UnknownLanguage:
                known = ", ".join(known for known, _name in settings.LANGUAGES if known != settings.LANGUAGE_CODE)
                raise CommandError(f"{code!r} is none of the languages in the settings (LANGUAGES): {known}.") from None
            if queue:
                languages.go_on.enqueue(setup.pk)
                self.stdout.write(f"{code}: left to db_worker.")
            else:
                self.work(setup, code)

    def work(self, setup, code):
        for number, page in enumerate(languages.prepare(setup)):
            if number % 10 == 0:
                done, total = languages.progress(setup)
                self.stdout.write(f"{code}: {done} of {total} pages, now “{page.title}”")
        done, total = languages.progress(setup)
        self.stdout.write(f"{code}: {done} of {total} pages have a draft.")
        for page_id, reason in setup.failures.items():
            self.stderr.write(f"{code}: page {page_id} has none: {reason}")
