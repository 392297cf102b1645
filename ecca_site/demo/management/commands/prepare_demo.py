import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ecca_site.access.site_setup import setup_address
from ecca_site.demo.accounts import ACCOUNTS, PASSWORD
from ecca_site.demo.database import unpack
from ecca_site.demo.pictures import finish_meanwhile, unfinished
from ecca_site.i18n.catalogues import compile_catalogues, warning_of
from ecca_site.uploads.published import PUBLISHED


class Command(BaseCommand):
    help = "Bring database, demo content and static files to where the server can start."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="throw the demo away first")
        parser.add_argument(
            "--pictures-later",
            action="store_true",
            help="leave all renditions but the home page's to a process that outlives this one",
        )

    def handle(self, *, port: int, reset: bool, pictures_later: bool, **options: object) -> None:
        if not settings.IS_DEMO:
            raise CommandError("The demo is only for a demo: these settings are not one.")
        if reset:
            self.throw_away()
        with self.static_files():
            self.stderr.write(warning_of(compile_catalogues()), ending="")
            self.stdout.write("Database …")
            unpack()
            self.migrate()
            if not get_user_model().objects.exists():
                self.stdout.write("Demo content …")
                call_command("seed_demo", stdout=self.stdout, pictures_later=pictures_later)
            setup_address()
        if pictures_later and unfinished():
            finish_meanwhile()
        self.tell_accounts(f"http://127.0.0.1:{port}")

    @staticmethod
    def migrate() -> None:
        """Run the migrations that are newer than the database.

        To find that there are none, ``migrate`` builds all models anew, which takes seconds.
        """
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            # Where nothing is unpacked every migration runs, and its name shows that something
            # happens.
            verbosity = 0 if connection.vendor == "sqlite" else 1
            call_command("migrate", verbosity=verbosity, interactive=False)

    def tell_accounts(self, address: str) -> None:
        self.stdout.write(
            f"\n  Site  {address}/\n  CMS   {address}/cms/\n\n  Sign in to the CMS as"
        )
        for username, title, _role, _language in ACCOUNTS:
            self.stdout.write(f"    {username:<12} {PASSWORD:<14} {title}")
        self.stdout.write("")

    def throw_away(self) -> None:
        if connection.vendor == "sqlite":
            connection.close()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{settings.DATABASES['default']['NAME']}{suffix}").unlink(missing_ok=True)
        else:
            self.drop_tables()
        for storage in (default_storage, storages[PUBLISHED]):
            shutil.rmtree(storage.location, ignore_errors=True)

    @staticmethod
    def drop_tables() -> None:
        """Drop every table; emptied tables would lack what migrations put into them."""
        with connection.cursor() as cursor:
            names = connection.introspection.table_names(cursor)
            if names:
                tables = ", ".join(connection.ops.quote_name(name) for name in names)
                cursor.execute(f"DROP TABLE {tables} CASCADE")

    @contextmanager
    def static_files(self) -> Iterator[None]:
        """Collect the static files meanwhile, on the core that the database leaves idle.

        They are collected once for each state of their sources.
        """
        sources = [
            settings.BASE_DIR / "requirements.txt",
            *Path(settings.STATICFILES_DIRS[0]).rglob("*"),
        ]
        state = str(max(path.stat().st_mtime_ns for path in sources))
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        if stamp.exists() and stamp.read_text() == state:
            yield
            return
        self.stdout.write("Static files, meanwhile …")
        command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        with subprocess.Popen(command, cwd=settings.BASE_DIR) as collecting:  # noqa: S603  our own command
            yield
        if collecting.returncode:
            raise CommandError("The static files could not be collected.")
        stamp.write_text(state)
