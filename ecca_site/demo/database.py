"""The demo's database as the migrations leave it.

Running all migrations takes ten seconds, unpacking this file a tenth of one. ``migrate`` runs all
the same and adds what is newer, so an old file costs time and nothing else; it is made anew by
``manage.py dump_empty_database``.
"""

import gzip
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connection

PACKED = Path(__file__).parent / "empty.sqlite3.gz"


def unpack() -> None:
    """Put the file where there is no database yet.

    Other databases than SQLite are left to the migrations.
    """
    path = Path(settings.DATABASES["default"]["NAME"])
    if connection.vendor == "sqlite" and not path.exists():
        path.write_bytes(gzip.decompress(PACKED.read_bytes()))


def pack(database: Path) -> None:
    """Pack a SQLite file, without the space of deleted rows."""
    compact = Path(f"{database}.compact")
    with sqlite3.connect(database) as source:
        source.execute("VACUUM INTO ?", [str(compact)])
    source.close()
    PACKED.write_bytes(gzip.compress(compact.read_bytes(), mtime=0))
    compact.unlink()
