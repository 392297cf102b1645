from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from ecca_site.access.site_setup import setup_site
from ecca_site.demo.accounts import ACCOUNTS, PASSWORD, make_accounts
from ecca_site.demo.pages import DemoPages
from ecca_site.demo.pictures import ON_THE_HOME_PAGE, RenditionsMeanwhile
from ecca_site.demo.repeatable import repeatable
from ecca_site.demo.translations import COMPLETE, HOME_ONLY, sources_of, translate, write_catalogues
from ecca_site.demo.waiting import (
    change_a_source,
    leave_a_copy_behind,
    leave_a_draft_behind,
    submit_changes,
)
from ecca_site.i18n.languages import native_name
from ecca_site.translation.localize.records import TranslationSource
from ecca_site.uploads.published import follow_all
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
        only = parser.add_mutually_exclusive_group()
        only.add_argument(
            "--write-catalogues",
            action="store_true",
            help="only bring demo/translations up to date with the demo's texts, and keep nothing",
        )
        only.add_argument(
            "--only-content",
            action="store_true",
            help="only the pages, the same whenever they are made: what pack_demo packs",
        )
        parser.add_argument(
            "--pictures-later",
            action="store_true",
            help="make no renditions but those of the home page: finish_pictures makes the others",
        )

    def handle(
        self,
        *,
        write_catalogues: bool,
        only_content: bool,
        pictures_later: bool,
        **options: object,
    ) -> None:
        if not settings.IS_DEMO:
            raise CommandError("The demo is only for a demo: these settings are not one.")
        is_begun = HomePage.objects.filter(live=True).exists()
        if is_begun and get_user_model().objects.exists():
            raise CommandError("This site has content already. Start from an empty database.")
        demo = DemoPages()
        if write_catalogues:
            self.write_catalogues(demo)
        elif only_content:
            # What follows upon the end of the transaction is repeatable, too.
            with repeatable(), transaction.atomic():
                self.make_pages(demo)
        else:
            self.make_all(demo, has_pages=is_begun, pictures_later=pictures_later)
            follow_all()

    @transaction.atomic
    def write_catalogues(self, demo: DemoPages) -> None:
        setup_site()
        write_catalogues(*self.sources(demo, demo.load()))
        transaction.set_rollback(True)

    @transaction.atomic
    def make_all(self, demo: DemoPages, *, has_pages: bool, pictures_later: bool) -> None:
        pages = demo.find() if has_pages else self.make_pages(demo)
        names = ON_THE_HOME_PAGE if pictures_later else demo.images.keys()
        renditions = RenditionsMeanwhile([demo.images[name] for name in names])
        make_accounts()
        submit_changes(pages)
        change_a_source(pages)
        leave_a_draft_behind(pages)
        leave_a_copy_behind(pages)
        what = "Pictures of the home page" if pictures_later else "Pictures"
        self.stdout.write(f"  {what} in every size …")
        renditions.save()
        self.stdout.write(f"  {len(ACCOUNTS)} accounts, each with the password {PASSWORD}")

    def make_pages(self, demo: DemoPages) -> dict[str, Page]:
        with indexed_once():
            setup_site()
            self.stdout.write("  English pages …")
            pages = demo.load()
            self.translate(*self.sources(demo, pages))
            setup_site()
        return pages

    @staticmethod
    def sources(
        demo: DemoPages, pages: dict[str, Page]
    ) -> tuple[list[TranslationSource], TranslationSource]:
        """Return the sources of all texts, and that of the home page alone."""
        sources = sources_of([*demo.speakers.values(), *pages.values()])
        return sources, sources[len(demo.speakers)]

    def translate(self, sources: list[TranslationSource], home: TranslationSource) -> None:
        for language_code in COMPLETE:
            self.stdout.write(f"  {native_name(language_code)} …")
            translate(sources, language_code)
        self.stdout.write(f"  {', '.join(map(native_name, HOME_ONLY))} …")
        for language_code in HOME_ONLY:
            translate([home], language_code)
