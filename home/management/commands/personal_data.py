import json

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from conferences.registration import erasure as conferences
from ecca_site.moderation.ledger import people as ledger
from partners.applications import erasure as partners

ROOMS = {"partners": partners, "conferences": conferences, "ledger": ledger}


class Command(BaseCommand):
    help = (
        "Export or erase what is kept of one mail address without an account, on its owner's "
        "request."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["export", "erase"])
        parser.add_argument("address")

    def handle(self, *, action: str, address: str, **options: object) -> None:
        if action == "export":
            found = {name: room.export(address) for name, room in ROOMS.items()}
            text = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            self.stdout.write(text)
        else:
            number = sum(room.erase_address(address) for room in ROOMS.values())
            self.stdout.write(f"{number} records erased.")
