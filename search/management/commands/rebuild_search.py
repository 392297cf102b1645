from django.core.management.base import BaseCommand

from search.indexing import rebuild


class Command(BaseCommand):
    help = (
        "Make the index of the site's own search anew, for example after a change of its rules or "
        "a restored backup."
    )

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{rebuild()} pages can be found.")
