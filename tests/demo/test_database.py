"""The packed database of the demo, brought up to date, is what all migrations make."""

import gzip
import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings

from ecca_site.demo.database import PACKED
from ecca_site.demo.management.commands.dump_empty_database import migrated_database

TIMES = {
    "applied",
    "latest_revision_created_at",
    "first_published_at",
    "last_published_at",
    "created_at",
}


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


@pytest.mark.whole  # all migrations run, twice
@pytest.mark.only_on("sqlite")
def test_the_packed_database_is_what_migrations_make(tmp_path):
    fresh, unpacked = tmp_path / "fresh", tmp_path / "unpacked"
    fresh.mkdir()
    unpacked.mkdir()
    (unpacked / "ecca.sqlite3").write_bytes(gzip.decompress(PACKED.read_bytes()))
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "ECCA_VAR_DIR": str(unpacked),
        "DJANGO_SETTINGS_MODULE": "ecca_site.settings.dev",
    }
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
    )
    assert contents(unpacked / "ecca.sqlite3") == contents(migrated_database(str(fresh)))
