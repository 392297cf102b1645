from django.core.management.base import BaseCommand, CommandParser

from ecca_site.access.site_setup import setup_site


class Command(BaseCommand):
    help = (
        "Make languages, roles and workflows as access/roles.py says, and say what was changed. "
        "May be run again at any time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be changed")

    def handle(self, *, dry_run: bool, **options: object) -> None:
        changes = setup_site(is_dry_run=dry_run)
        for change in changes:
            self.stdout.write(change)
        if not changes:
            self.stdout.write("Nothing to change.")
