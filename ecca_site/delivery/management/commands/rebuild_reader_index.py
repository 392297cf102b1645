from django.core.management.base import BaseCommand, CommandError, CommandParser

from ecca_site.delivery.reader_index import all_keys, differences, in_steps, rebuild


class Command(BaseCommand):
    help = "Make the index of what readers of each language are shown anew, from the pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether it is right")

    def handle(self, *, check: bool, **options: object) -> None:
        if not check:
            rebuild()
            return
        wrong = 0
        for keys in in_steps(all_keys()):
            for difference in differences(keys):
                wrong += len(difference.rows) + len(difference.gone)
        if wrong:
            raise CommandError(f"{wrong} rows are not as the pages say.")
        self.stdout.write("The index is as the pages say.")
