import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ecca_site.core.catalogues import compile_catalogues
from home.demo.accounts import ACCOUNTS, PASSWORD
from home.demo.database import unpack
from home.models import HomePage
from home.site_setup import setup_address


class Command(BaseCommand):
    help = "Bring database, demo content and static files to where the server can start."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="throw the demo away first")

    def handle(self, *, port, reset, **options):
        if not settings.IS_DEMO:
            raise CommandError("The demo is only for a demo: these settings are not one.")
        if reset:
            self.throw_away()
        with self.static_files():
            compile_catalogues()
            self.stdout.write("Database …")
            unpack()
            # Where nothing is unpacked, every migration runs, and its name shows that something happens.
            call_command("migrate", verbosity=int(connection.vendor != "sqlite"), interactive=False)
            if not HomePage.objects.filter(live=True).exists():
                self.stdout.write("Demo content …")
                call_command("seed_demo", stdout=self.stdout)
            setup_address()
        address = f"http://127.0.0.1:{port}"
        self.stdout.write(f"\n  Site  {address}/\n  CMS   {address}/cms/\n\n  Sign in to the CMS as")
        for username, title, _group, _language in ACCOUNTS:
            self.stdout.write(f"    {username:<12} {PASSWORD:<14} {title}")
        self.stdout.write("")

    def throw_away(self):
        if connection.vendor == "sqlite":
            connection.close()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{settings.DATABASES['default']['NAME']}{suffix}").unlink(missing_ok=True)
        else:
            # Not "flush": what migrations put into the tables would be lost for good.
            with connection.cursor() as cursor:
                tables = ", ".join(map(connection.ops.quote_name, connection.introspection.table_names(cursor)))
                if tables:
                    cursor.execute(f"DROP TABLE {tables} CASCADE")
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)

    @contextmanager
    def static_files(self):
        """Collect them once for each state of their sources, on the core that the database leaves idle."""
        sources = [settings.BASE_DIR / "requirements.txt", *Path(settings.STATICFILES_DIRS[0]).rglob("*")]
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
