import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from ecca_site.demo.database import empty_database, pack_content, pack_empty

DATABASE = "ecca.sqlite3"


def migrated_database(folder: str) -> Path:
    """Make a new SQLite database by running every migration in another process; return its path."""
    return _database_after(folder, ["migrate", "--verbosity=0"])


def content_database(folder: str) -> Path:
    """Make a SQLite database with the demo's pages, from the packed empty one; return its path."""
    (Path(folder) / DATABASE).write_bytes(empty_database())
    _database_after(folder, ["migrate", "--verbosity=0"])
    return _database_after(folder, ["seed_demo", "--only-content"])


def _database_after(folder: str, command: list[str]) -> Path:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "ECCA_VAR_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "ecca_site.settings.dev",
        "PYTHONHASHSEED": "0",  # what is written in the order of a set has the same numbers
    }
    subprocess.run(  # noqa: S603  our own command
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return Path(folder) / DATABASE


class Command(BaseCommand):
    help = "Make the packed databases of the demo anew, after new migrations or texts."

    def handle(self, **options: object) -> None:
        with tempfile.TemporaryDirectory() as folder:
            pack_empty(migrated_database(folder))
        with tempfile.TemporaryDirectory() as folder:
            pack_content(content_database(folder))
