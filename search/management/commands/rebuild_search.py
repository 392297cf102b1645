from django.core.management.base import BaseCommand

from search.indexing import rebuild


class Command(BaseCommand):
    help = "Make the index of the site's own search anew, for example after its rules or a restored backup."

    def handle(self, *args, **options):
        self.stdout.write(f"{rebuild()} pages can be found.")
