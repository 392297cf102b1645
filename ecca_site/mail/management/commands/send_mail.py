from datetime import timedelta

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from ecca_site.mail.digest import send_digests
from ecca_site.mail.models import Mail
from ecca_site.mail.tasks import deliver

KEPT = timedelta(days=90)


class Command(BaseCommand):
    help = (
        "Send what is due and no worker took: run it every few minutes, and once a day with "
        "--digests."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--digests", action="store_true", help="write the mails of the day, and forget old ones"
        )

    def handle(self, *, digests: bool, **options: object) -> None:
        if digests:
            send_digests()
            Mail.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
        for pk in list(Mail.objects.due().values_list("pk", flat=True)):
            deliver.func(pk)
