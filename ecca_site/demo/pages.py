"""The English pages of the demo: the client's own, and the sample pages beside them."""

import tomllib
from decimal import Decimal
from pathlib import Path

from django.core.files import File
from django.db.models import Model
from wagtail.models import Page

from conferences.models import Speaker
from ecca_site.i18n.originals import source_locale
from ecca_site.uploads.models import CustomDocument, CustomImage
from home.page_files import CONTENT, PageFiles

FOLDER = Path(__file__).parent


class DemoPages(PageFiles):
    def __init__(self) -> None:
        super().__init__(CONTENT, FOLDER / "content")

    def load(self) -> dict[str, Page]:
        """Make everything; return the English pages by name, parents first."""
        self.images = files_of(FOLDER / "images", CustomImage)
        self.documents = files_of(FOLDER / "documents", CustomDocument)
        self.load_speakers()
        self.make_tree()
        for name, page in self.pages.items():
            self.fill(page, self.files[name])
            page.save_revision().publish()
        return self.pages

    def find(self) -> dict[str, Page]:
        """Return the same where the pages are in the database already; bring the files to them."""
        self.make_tree()
        self.images = bring_files(FOLDER / "images", CustomImage)
        self.documents = bring_files(FOLDER / "documents", CustomDocument)
        return self.pages

    def load_speakers(self) -> None:
        rows = tomllib.loads((FOLDER / "speakers.toml").read_text(), parse_float=Decimal)
        for row in rows["speakers"]:
            key = row.pop("key")
            speaker = Speaker.objects.create(locale=source_locale(), **row)
            speaker.save_revision().publish()
            self.speakers[key] = speaker


def bring_files(folder: Path, model: type[Model]) -> dict[str, Model]:
    """Store the files of a folder for the rows that have their names; return these by names."""
    found = {}
    for row in model.objects.all():
        path = folder / Path(row.file.name).name
        storage = row.file.storage
        storage.delete(row.file.name)  # of an earlier demo
        with path.open("rb") as content:
            storage.save(row.file.name, File(content))
        found[path.stem] = row
    return found


def files_of(folder: Path, model: type[Model]) -> dict[str, Model]:
    """Keep the files of a folder as pictures or documents; return them by their names."""
    made = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".md":
            continue
        with path.open("rb") as content:
            made[path.stem] = model.objects.create(
                title=path.stem.replace("-", " ").capitalize(),
                file=File(content, name=path.name),
                file_size=path.stat().st_size,
            )
    return made
