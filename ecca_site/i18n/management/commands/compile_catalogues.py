from django.core.management.base import BaseCommand

from ecca_site.i18n.catalogues import compile_catalogues, warning_of


class Command(BaseCommand):
    help = "Compile the interface texts, and say how many are not translated; needs no gettext."

    def handle(self, **options: object) -> None:
        self.stderr.write(warning_of(compile_catalogues()), ending="")
