from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update

from ecca_site.access.site_setup import setup_site
from ecca_site.demo.accounts import ACCOUNTS, PASSWORD, make_accounts
from ecca_site.demo.pages import DemoPages
from ecca_site.demo.pictures import RenditionsMeanwhile
from ecca_site.demo.translations import COMPLETE, HOME_ONLY, sources_of, translate, write_catalogues
from ecca_site.demo.waiting import (
    change_a_source,
    leave_a_copy_behind,
    leave_a_draft_behind,
    submit_changes,
)
from ecca_site.i18n.languages import native_name
from home.models import HomePage


@contextmanager
def indexed_once() -> Iterator[None]:
    """Index in the end what can be searched for and what refers to what.

    Each page is saved six times meanwhile.
    """
    models = get_indexed_models()
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)


class Command(BaseCommand):
    help = (
        "Fill an empty site with the demo: ECCA's content in its languages, and one account for "
        "each role."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--write-catalogues",
            action="store_true",
            help="only bring demo/translations up to date with the demo's texts, and keep nothing",
        )

    def handle(self, *, write_catalogues: bool, **options: object) -> None:
        if not settings.IS_DEMO:
            raise CommandError("The demo is only for a demo: these settings are not one.")
        if HomePage.objects.filter(live=True).exists():
            raise CommandError("This site has content already. Start from an empty database.")
        with transaction.atomic():
            with indexed_once():
                self.seed(only_catalogues=write_catalogues)
            if write_catalogues:
                transaction.set_rollback(True)

    def seed(self, *, only_catalogues: bool) -> None:
        setup_site()
        self.stdout.write("  English pages …")
        demo = DemoPages()
        pages = demo.load()
        sources = sources_of([*demo.speakers.values(), *pages.values()])
        home_source = sources[len(demo.speakers)]
        if only_catalogues:
            write_catalogues(sources, home_source)
            return
        renditions = RenditionsMeanwhile(demo.images.values())
        for language_code in COMPLETE:
            self.stdout.write(f"  {native_name(language_code)} …")
            translate(sources, language_code)
        self.stdout.write(f"  {', '.join(map(native_name, HOME_ONLY))} …")
        for language_code in HOME_ONLY:
            translate([home_source], language_code)
        setup_site()
        make_accounts()
        submit_changes(pages)
        change_a_source(pages)
        leave_a_draft_behind(pages)
        leave_a_copy_behind(pages)
        self.stdout.write("  Pictures in every size …")
        renditions.save()
        self.stdout.write(f"  {len(ACCOUNTS)} accounts, each with the password {PASSWORD}")
