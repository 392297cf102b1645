"""Pages from files: one TOML file a page, named by the slugs that lead to it.

``home/content`` holds the client's own text, with which a real site starts (``manage.py
load_texts``). The demo adds pages, pictures and documents of its own.
"""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Model
from wagtail.blocks import StreamValue
from wagtail.models import Page

from conferences.models import Speaker
from ecca_site.i18n.originals import source_locale

from .models import HomePage

CONTENT = Path(__file__).parent / "content"
PAGE_LINK = re.compile(r'<a href="page:([^"]+)">')
# Fields whose value in a file names a page, and those that name a picture.
PAGE_FIELDS = {"join_page", "related_partner", "related_conference", "host"}
STREAMS = {"body", "report", "programme", "tracks", "rooms", "documents"}
MOMENTS = {"start_at", "end_at", "call_deadline_at"}
IMAGE_FIELDS = {"lead_image", "hero_image", "logo"}
# What a file calls otherwise than the page does: the name of a home page's field is its table's.
NAMES = {"disclaimer_is_sample": "is_disclaimer_sample"}
MENU = ["about", "partners", "news", "conferences", "join", "contact", "privacy", "accessibility"]

File = dict[str, Any]


class NotThere(Exception):
    """A file names a page, a picture or a document that this site does not have."""


class PageFiles:
    """The pages of some folders of files; a later folder adds to what an earlier one says."""

    def __init__(self, *folders: Path) -> None:
        self.files: dict[str, File] = {}
        for folder in folders:
            for path in folder.glob("*.toml"):
                data = tomllib.loads(path.read_text(), parse_float=Decimal)
                self.files.setdefault(path.stem, {}).update(data)
        self.pages: dict[str, Page] = {}
        self.images: dict[str, Model] = {}
        self.documents: dict[str, Model] = {}
        self.speakers: dict[str, Speaker] = {}

    def make_tree(self) -> list[str]:
        """Make each page that is not there as an empty draft, so that texts may link to any other.

        Return the names of those that were made, parents first. A home page that nobody has
        written on counts as made.
        """
        home = HomePage.objects.get(locale=source_locale())
        self.pages["home"] = home
        made = ["home"] if home.latest_revision_id is None else []
        for name in sorted(self.files.keys() - {"home"}, key=self.place):
            parent_name, _dot, slug = name.rpartition(".")
            parent = self.pages[parent_name or "home"]
            page = parent.get_children().filter(slug=slug).first()
            if page is None:
                page = self.add(parent, slug, self.files[name])
                made.append(name)
            self.pages[name] = page.specific
        return made

    def add(self, parent: Page, slug: str, data: File) -> Page:
        model = apps.get_model(data["type"])
        page = model(title=data["title"], slug=slug, live=False, locale=parent.locale)
        self.set_plain_fields(page, data)
        return parent.add_child(instance=page)

    @staticmethod
    def place(name: str) -> tuple[int, int, str]:
        """Return by what files are sorted: parents first, then as the menu is, then by name."""
        in_menu = MENU.index(name) if name in MENU else len(MENU)
        return name.count("."), in_menu, name

    def fill(self, page: Page, data: File) -> None:
        """Give a page all that its file says; what names something that is not there is left."""
        self.set_plain_fields(page, data)
        for name in PAGE_FIELDS & data.keys():
            setattr(page, name, self.pages.get(data[name]))
        for name in IMAGE_FIELDS & data.keys():
            setattr(page, name, self.images.get(data[name]))
        for name in {"body", "report"} & data.keys():
            setattr(page, name, stream(page, name, self.blocks(data[name])))
        for name, kind in {"tracks": "track", "rooms": "room"}.items():
            if name in data:
                rows = [{"type": kind, "value": row} for row in data[name]]
                setattr(page, name, stream(page, name, rows))
        if "programme" in data:
            days = [self.day(day) for day in data["programme"]]
            page.programme = stream(page, "programme", days)
        if "documents" in data:
            documents = [self.document(row) for row in data["documents"]]
            rows = [{"type": "document", "value": document} for document in documents]
            page.documents = stream(page, "documents", rows)

    def set_plain_fields(self, page: Page, data: File) -> None:
        for file_name in data.keys() - {"type"} - STREAMS - PAGE_FIELDS - IMAGE_FIELDS:
            value = data[file_name]
            name = NAMES.get(file_name, file_name)
            if name in MOMENTS:
                value = value.replace(tzinfo=ZoneInfo(data["timezone"]))
            if isinstance(value, str):
                value = self.with_links(value)
            page._meta.get_field(name)  # a misspelt field is an error, not an attribute
            setattr(page, name, value)

    def with_links(self, html: str) -> str:
        return PAGE_LINK.sub(self.link, html)

    def link(self, match: re.Match[str]) -> str:
        page = self.pages.get(match[1])
        return f'<a linktype="page" id="{page.pk if page else 0}">'

    # --- Blocks ----------------------------------------------------------------------------------
    def blocks(self, rows: list[File]) -> list[File]:
        """Return the rows of a stream, without those that name what is not there."""
        found = []
        for row in rows:
            try:
                found.append(self.block(row["type"], row["value"]))
            except NotThere:
                continue
        return found

    def block(self, kind: str, value: Any) -> File:
        change = getattr(self, f"{kind}_value", None)
        if change:
            value = change(value)
        if isinstance(value, str):
            value = self.with_links(value)
        elif "text" in value:
            value = {**value, "text": self.with_links(value["text"])}
        return {"type": kind, "value": value}

    def section_value(self, value: File) -> File:
        """Return a section, whose picture may be missing, as that of a figure may not."""
        image = self.images.get(value.get("image", ""))
        return with_picture(value, image.pk if image else None)

    def image_value(self, value: File) -> File:
        return with_picture(value, key_of(self.images, value["image"]))

    def gallery_value(self, value: File) -> File:
        return {**value, "images": [self.image_value(row) for row in value["images"]]}

    def documents_value(self, value: File) -> File:
        return {**value, "documents": [self.document(row) for row in value["documents"]]}

    def video_value(self, value: File) -> File:
        file = key_of(self.documents, value["file"])
        poster = key_of(self.images, value["poster"])
        return {**value, "file": file, "poster": poster}

    def table_value(self, value: File) -> File:
        cells = {
            "data": value["rows"],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
        }
        return {"caption": value["caption"], "cells": cells}

    def call_to_action_value(self, value: File) -> File:
        return {**value, "page": key_of(self.pages, value["page"]) if "page" in value else None}

    def conference_value(self, value: File) -> File:
        return {**value, "conference": key_of(self.pages, value["conference"])}

    def accordion_value(self, value: File) -> File:
        items = [{**row, "text": self.with_links(row["text"])} for row in value["items"]]
        return {**value, "items": items}

    def document(self, row: File) -> File:
        return {"title": row["title"], "document": key_of(self.documents, row["document"])}

    def day(self, day: File) -> File:
        sessions = []
        for session in day["sessions"]:
            known = [key for key in session.get("speakers", []) if key in self.speakers]
            sessions.append({**session, "speakers": [self.speakers[key].pk for key in known]})
        return {"type": "day", "value": {**day, "date": str(day["date"]), "sessions": sessions}}


def key_of(things: dict[str, Any], name: str) -> int:
    """Return the primary key of what a file names.

    Raises:
        NotThere: this site does not have it.
    """
    if name not in things:
        raise NotThere(name)
    return things[name].pk


def with_picture(value: File, key: int | None) -> File:
    rest = {name: part for name, part in value.items() if name != "alt_text"}
    alternative = value.get("alt_text", "")
    return {**rest, "image": {"image": key, "alt_text": alternative, "decorative": False}}


def stream(page: Page, name: str, rows: list[File]) -> StreamValue:
    block = page._meta.get_field(name).stream_block
    value = block.to_python(rows)
    # Reading every block gives the items of lists their identifiers; wagtail-localize passes
    # over lists without.
    list(value)
    return block.to_python(block.get_prep_value(value))
