import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from ecca_site.demo.database import pack


def migrated_database(folder: str) -> Path:
    """Make a new SQLite database by running every migration in another process; return its path."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"ECCA_VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "ecca_site.settings.dev"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)  # noqa: S603  our own command
    return Path(folder) / "ecca.sqlite3"


class Command(BaseCommand):
    help = "Make demo/empty.sqlite3.gz anew, after new migrations."

    def handle(self, **options: object) -> None:
        with tempfile.TemporaryDirectory() as folder:
            pack(migrated_database(folder))
