from django.core.management.base import BaseCommand

from conferences.registration.erasure import erase_what_is_due


class Command(BaseCommand):
    help = (
        "Erase the personal data of conferences that ended some months ago, "
        "as their pages say. Run it every day."
    )

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{erase_what_is_due()} people erased.")
