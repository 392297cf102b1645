from django.core.management.base import BaseCommand

from partners.freshness.rounds import ask_for_confirmations


class Command(BaseCommand):
    help = (
        "Ask organisations whether their profiles are still correct; say who is silent. Run it "
        "every day."
    )

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{ask_for_confirmations()} organisations asked or reported.")
