from django.core.management.base import BaseCommand

from partners.applications.erasure import erase_what_is_due


class Command(BaseCommand):
    help = (
        "Erase the personal data of applications that came to nothing some months ago. Run it "
        "every day."
    )

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{erase_what_is_due()} applications and invitations erased.")
