from django.core.management.base import BaseCommand

from ecca_site.moderation.reminders import remind


class Command(BaseCommand):
    help = (
        "Remind reviewers of what is overdue, then administrators; "
        "each of them once. Run it every day."
    )

    def handle(self, **options: object) -> None:
        remind()
