"""The pictures of the guide, as ``make guide`` has made them, and its record of each."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise

# For each picture its size, the address, answer and title of its screen, and a sum of each file
# that it shows.
MANIFEST = Path(__file__).with_name("pictures.json")
RECORDS: dict[str, dict[str, Any]] = json.loads(MANIFEST.read_text())


@dataclass(frozen=True)
class Picture:
    """A picture of the CMS; its size keeps the text from jumping while it loads."""

    name: str
    alt: str | Promise

    @property
    def path(self) -> str:
        return f"img/guide/{self.name}.webp"

    @property
    def width(self) -> int:
        return RECORDS[self.name]["width"]

    @property
    def height(self) -> int:
        return RECORDS[self.name]["height"]
