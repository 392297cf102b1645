"""The demo's database, packed: as the migrations leave it, and with the demo's pages in it.

Running all migrations takes ten seconds and writing the pages half a minute; unpacking takes a
tenth of one. ``migrate`` runs all the same and adds what is newer. Both files are made anew by
``manage.py pack_demo``; ``tests/demo/test_database.py`` finds them equal to what is made.
"""

import gzip
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connection

try:
    import lzma
except ImportError:  # a Python that was built without it writes the pages
    lzma = None  # type: ignore[assignment]

EMPTY = Path(__file__).parent / "empty.sqlite3.gz"
CONTENT = Path(__file__).parent / "content.sqlite3.xz"


def unpack() -> None:
    """Put the demo's pages where there is no database yet.

    Other databases than SQLite are left to the migrations and to ``seed_demo``.
    """
    path = Path(settings.DATABASES["default"]["NAME"])
    if connection.vendor != "sqlite" or path.exists():
        return
    path.write_bytes(lzma.decompress(CONTENT.read_bytes()) if lzma else empty_database())


def empty_database() -> bytes:
    """Return the database as the migrations leave it."""
    return gzip.decompress(EMPTY.read_bytes())


def pack_empty(database: Path) -> None:
    EMPTY.write_bytes(gzip.compress(compact(database), mtime=0))


def pack_content(database: Path) -> None:
    CONTENT.write_bytes(lzma.compress(compact(database), preset=9 | lzma.PRESET_EXTREME))


def compact(database: Path) -> bytes:
    """Return a SQLite file without the space of deleted rows."""
    path = Path(f"{database}.compact")
    with sqlite3.connect(database) as source:
        source.execute("VACUUM INTO ?", [str(path)])
    source.close()
    return path.read_bytes()
