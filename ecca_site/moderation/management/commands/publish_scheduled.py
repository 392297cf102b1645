from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as BaseCommand
from wagtail.models import Page, Revision

from ecca_site.moderation.ledger.rules import Rule, under
from ecca_site.moderation.scheduled import hold_back, publish_due


class Command(BaseCommand):
    """Publish what is due; what is no more what was approved waits again."""

    def handle(self, *args: object, **options: object) -> None:
        with under(Rule.SCHEDULE):
            if not options["dryrun"]:
                self.publish_what_is_due()
            super().handle(*args, **options)

    @staticmethod
    def publish_what_is_due() -> None:
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
        for revision in due.order_by("approved_go_live_at"):
            if isinstance(revision.content_object, Page) and hold_back(revision):
                continue
            publish_due(revision)
