from django.core.management.base import BaseCommand

from ecca_site.core.published import record_all
from ecca_site.uploads.published import follow_all


class Command(BaseCommand):
    help = (
        "Make the public mirror of the files anew, from what is live: each night, and once before "
        "the proxy serves it. No upload is changed or deleted by it."
    )

    def handle(self, **options: object) -> None:
        record_all()
        kept, taken = follow_all()
        self.stdout.write(f"{kept} addresses are public, {taken} were taken out.")
