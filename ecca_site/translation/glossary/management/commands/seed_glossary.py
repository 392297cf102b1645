from django.core.management.base import BaseCommand

from ecca_site.translation.glossary.seeding import seed_glossary


class Command(BaseCommand):
    help = (
        "Add the terms of the trade that the glossary lacks; what people "
        "have changed stays. May be run again."
    )

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{seed_glossary()} new terms")
