import json

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from conferences.registration import erasure as conferences
from partners.applications import erasure as partners

ROOMS = {"partners": partners, "conferences": conferences}


class Command(BaseCommand):
    help = "Export or erase what is kept of one mail address without an account, on its owner's request."

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["export", "erase"])
        parser.add_argument("address")

    def handle(self, *, action, address, **options):
        if action == "export":
            found = {name: room.export(address) for name, room in ROOMS.items()}
            self.stdout.write(json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"{sum(room.erase_address(address) for room in ROOMS.values())} records erased.")
