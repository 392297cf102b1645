from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from wagtail.log_actions import log

from ecca_site.users.models import User
from ecca_site.users.second_factor.signals import reset


class Command(BaseCommand):
    help = (
        "Take away the second factor of somebody who has lost it, such as the last administrator. "
        "Their sessions end, they are told by mail, and the log of the CMS keeps it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the name that the person signs in with")

    def handle(self, *args: object, username: str, **options: object) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is nobody with the user name “{username}”.")
        if not reset(user):
            raise CommandError(f"{username} has no second factor.")
        log(user, "users.second_factor_reset", data={"by": "command"})
        self.stdout.write(f"The second factor of {username} is gone; their sessions have ended.")
