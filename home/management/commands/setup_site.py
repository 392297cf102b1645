from django.core.management.base import BaseCommand

from home.site_setup import setup_site


class Command(BaseCommand):
    help = "Make languages, roles and workflows as home/roles.py says. May be run again at any time."

    def add_arguments(self, parser):
        parser.add_argument("--hostname", default="localhost")
        parser.add_argument("--port", type=int, default=80)

    def handle(self, *, hostname, port, **options):
        setup_site(hostname, port)
