import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ecca_site.core.catalogues import compile_catalogues
from home.demo.accounts import ACCOUNTS, PASSWORD
from home.models import HomePage


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
        compile_catalogues()
        self.stdout.write("Database …")
        call_command("migrate", verbosity=0, interactive=False)
        if not HomePage.objects.filter(live=True).exists():
            self.stdout.write("Demo content …")
            call_command("seed_demo", stdout=self.stdout)
        self.collect_static()
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
            call_command("flush", interactive=False, verbosity=0)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)

    def collect_static(self):
        """Collect once for each state of the sources."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        state = str(max(path.stat().st_mtime_ns for path in Path(settings.STATICFILES_DIRS[0]).rglob("*")))
        if stamp.exists() and stamp.read_text() == state:
            return
        self.stdout.write("Static files …")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(state)
