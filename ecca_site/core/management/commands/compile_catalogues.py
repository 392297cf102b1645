from django.core.management.base import BaseCommand

from ecca_site.core.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compile the interface texts; needs no gettext."

    def handle(self, **options):
        compile_catalogues()
