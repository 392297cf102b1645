from django.core.management.base import BaseCommand, CommandError

from ecca_site.moderation.ledger.verify import problems
from ecca_site.moderation.models.ledger import LedgerLink


class Command(BaseCommand):
    help = "Check the publication ledger: its chain, and that it tells of everything that is live."

    def handle(self, **options: object) -> None:
        found = list(problems())
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"The publication ledger is not right: {len(found)} problems.")
        self.stdout.write(f"{LedgerLink.objects.count()} rows, each as it was written.")
