from django.core.management.base import BaseCommand

from ecca_site.translation.staleness.publications import rebuild


class Command(BaseCommand):
    help = "Count anew how far each translation is behind its source. May be run at any time."

    def handle(self, **options: object) -> None:
        changed = rebuild()
        self.stdout.write(f"{changed} states were wrong or missing.")
