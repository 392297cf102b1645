"""The packed databases of the demo are what the migrations and the texts make today."""

import lzma
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings

from ecca_site.demo.database import CONTENT, empty_database
from ecca_site.demo.management.commands.pack_demo import content_database, migrated_database
from tests.seeded import environment_of

pytestmark = [
    pytest.mark.whole,  # all migrations run, and the demo is written
    pytest.mark.only_on("sqlite"),
]
TIMES = {
    "applied",
    "latest_revision_created_at",
    "first_published_at",
    "last_published_at",
    "created_at",
}
MEBIBYTE = 1024 * 1024


def contents(path):
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    schema = sorted(row[0] or "" for row in database.execute("SELECT sql FROM sqlite_master"))
    rows = {}
    for (table,) in database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    ).fetchall():
        if table.startswith("search_") or table in ("django_migrations", "sqlite_sequence"):
            continue
        names = [row["name"] for row in database.execute(f'PRAGMA table_info("{table}")')]
        # Times and translation keys differ from one run to the next.
        stable = ", ".join(f'"{name}"' for name in names if name not in TIMES and "key" not in name)
        rows[table] = sorted(
            map(repr, map(tuple, database.execute(f'SELECT {stable} FROM "{table}"')))
        )
    migrations = {tuple(row) for row in database.execute("SELECT app, name FROM django_migrations")}
    database.close()
    return schema, rows, migrations


def test_the_empty_one_is_what_migrations_make(tmp_path):
    fresh, unpacked = tmp_path / "fresh", tmp_path / "unpacked"
    fresh.mkdir()
    unpacked.mkdir()
    (unpacked / "ecca.sqlite3").write_bytes(empty_database())
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env=environment_of(unpacked),
        check=True,
    )
    assert contents(unpacked / "ecca.sqlite3") == contents(migrated_database(str(fresh)))


def test_the_one_with_the_pages_is_row_by_row_what_the_texts_make(tmp_path):
    """Else ``manage.py pack_demo`` has to be run."""
    packed = CONTENT.read_bytes()
    assert len(packed) < MEBIBYTE
    with closing(sqlite3.connect(":memory:")) as kept:
        kept.deserialize(lzma.decompress(packed))
        with closing(sqlite3.connect(content_database(str(tmp_path)))) as made:
            assert rows_of(kept) == rows_of(made)


def rows_of(database):
    """Return all rows but those in which SQLite keeps its full-text index as it likes."""
    return [line for line in database.iterdump() if "_fts_" not in line.partition(" VALUES")[0]]
