from django.core.management.base import BaseCommand

from home.site_setup import setup_site


class Command(BaseCommand):
    help = "Make languages, roles and workflows as home/roles.py says. May be run again at any time."

    def handle(self, **options):
        setup_site()
