from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as BaseCommand
from wagtail.models import Page, Revision

from ecca_site.moderation.ledger.rules import Rule, under
from ecca_site.moderation.scheduled import clock, hold_back, publish_due, take_offline


class Command(BaseCommand):
    """Take offline what is over and publish what is due.

    What is no more what was approved waits again.
    """

    def handle(self, *args: object, **options: object) -> None:
        with under(Rule.SCHEDULE):
            if not options["dryrun"]:
                self.take_offline_what_is_over()
                self.publish_what_is_due()
            super().handle(*args, **options)
        if not options["dryrun"]:
            clock.send(sender=Page)

    @staticmethod
    def take_offline_what_is_over() -> None:
        over = Page.objects.filter(live=True, expire_at__lt=timezone.now())
        for page in over.order_by("expire_at", "pk"):
            take_offline(page)

    @staticmethod
    def publish_what_is_due() -> None:
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
        for revision in due.order_by("approved_go_live_at"):
            if isinstance(revision.content_object, Page) and hold_back(revision):
                continue
            publish_due(revision)
