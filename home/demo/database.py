"""The demo's database as the migrations leave it. Running them all takes ten seconds, unpacking this one a tenth.

``migrate`` runs all the same and adds what is newer, so an old file costs time and nothing else; it is made anew by
``manage.py dump_empty_database``.
"""

import gzip
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connection

PACKED = Path(__file__).parent / "empty.sqlite3.gz"


def unpack():
    """Put the file where there is no database yet; other databases than SQLite are left to the migrations."""
    path = Path(settings.DATABASES["default"]["NAME"])
    if connection.vendor == "sqlite" and not path.exists():
        path.write_bytes(gzip.decompress(PACKED.read_bytes()))


def pack(database):
    """Pack a SQLite file, without what it has lost and reserved."""
    compact = Path(f"{database}.compact")
    with sqlite3.connect(database) as source:
        source.execute("VACUUM INTO ?", [str(compact)])
    source.close()
    PACKED.write_bytes(gzip.compress(compact.read_bytes(), mtime=0))
    compact.unlink()
