from django.core.management.base import BaseCommand

from ecca_site.delivery.versions import forget_old_changes
from ecca_site.intake.once import forget_old_forms


class Command(BaseCommand):
    help = "Forget what nothing asks for any more: once a day."

    def handle(self, **options: object) -> None:
        forget_old_changes()
        forget_old_forms()
