from django.core.management.base import BaseCommand
from django.db import transaction

from home.page_files import CONTENT, PageFiles


class Command(BaseCommand):
    help = (
        "Make the alliance's own pages as drafts, to be completed and submitted for review. "
        "Pages that are there stay as they are."
    )

    @transaction.atomic
    def handle(self, **options: object) -> None:
        texts = PageFiles(CONTENT)
        made = texts.make_tree()
        for name in made:
            texts.fill(texts.pages[name], texts.files[name])
            texts.pages[name].save_revision()
            self.stdout.write(f"  {texts.pages[name].title}")
        self.stdout.write(f"{len(made)} drafts made.")
