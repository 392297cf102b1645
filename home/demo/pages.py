"""Turn the TOML files of the demo into English pages."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from django.apps import apps
from django.core.files import File
from wagtail.models import Locale

from conferences.models import Speaker
from ecca_site.core.models import CustomDocument, CustomImage
from home.models import HomePage

FOLDER = Path(__file__).parent
PAGE_LINK = re.compile(r'<a href="page:([^"]+)">')
# Fields whose value in a file names a page, and those that name a picture.
PAGE_FIELDS = {"join_page", "related_partner", "related_conference", "host"}
STREAMS = {"body", "report", "programme", "tracks", "rooms", "documents"}
MOMENTS = {"start_at", "end_at", "call_deadline_at"}
IMAGE_FIELDS = {"lead_image", "hero_image", "logo"}


class DemoPages:
    def __init__(self):
        self.files = {
            path.stem: tomllib.loads(path.read_text(), parse_float=Decimal)
            for path in (FOLDER / "content").glob("*.toml")
        }
        self.speaker_rows = self.files.pop("speakers")["speakers"]
        self.pages, self.images, self.documents, self.speakers = {}, {}, {}, {}

    def load(self):
        """Make everything; returns the English pages by name, parents first."""
        self.load_files()
        self.load_speakers()
        self.make_tree()
        for name, page in self.pages.items():
            self.fill(page, self.files[name])
            page.save_revision().publish()
        return self.pages

    def load_files(self):
        for model, folder, made in (
            (CustomImage, "images", self.images),
            (CustomDocument, "documents", self.documents),
        ):
            for path in sorted((FOLDER / folder).iterdir()):
                if path.suffix == ".md":
                    continue
                with path.open("rb") as content:
                    title = path.stem.replace("-", " ").capitalize()
                    size = path.stat().st_size
                    made[path.stem] = model.objects.create(
                        title=title, file=File(content, name=path.name), file_size=size
                    )

    def load_speakers(self):
        locale = Locale.get_default()
        for row in self.speaker_rows:
            speaker = Speaker.objects.create(locale=locale, **{k: v for k, v in row.items() if k != "key"})
            speaker.save_revision().publish()
            self.speakers[row["key"]] = speaker

    def make_tree(self):
        """Make each page as an empty draft first, so that texts may link to any other page."""
        home = HomePage.objects.get(locale=Locale.get_default())
        self.pages["home"] = home
        for name in sorted(self.files, key=lambda name: (name.count("."), self.menu_order(name))):
            if name == "home":
                continue
            parent, _dot, slug = name.rpartition(".")
            data = self.files[name]
            page = apps.get_model(data["type"])(title=data["title"], slug=slug, live=False, locale=home.locale)
            self.set_plain_fields(page, data)
            self.pages[name] = self.pages[parent or "home"].add_child(instance=page)

    @staticmethod
    def menu_order(name):
        order = ["about", "partners", "news", "conferences", "join", "contact", "privacy", "accessibility"]
        return order.index(name) if name in order else len(order)

    def set_plain_fields(self, page, data):
        skipped = {"type"} | STREAMS | PAGE_FIELDS | IMAGE_FIELDS
        for name, value in data.items():
            if name in skipped:
                continue
            if name in MOMENTS:
                value = value.replace(tzinfo=ZoneInfo(data["timezone"]))
            elif name == "disclaimer_is_sample":
                name = "is_disclaimer_sample"
            if isinstance(value, str):
                value = self.with_links(value)
            page._meta.get_field(name)  # a misspelt field is an error, not an attribute
            setattr(page, name, value)

    def fill(self, page, data):
        self.set_plain_fields(page, data)
        for name in PAGE_FIELDS & data.keys():
            setattr(page, name, self.pages[data[name]])
        for name in IMAGE_FIELDS & data.keys():
            setattr(page, name, self.images[data[name]])
        for name in {"body", "report"} & data.keys():
            rows = [self.block(row["type"], row["value"]) for row in data[name]]
            setattr(page, name, self.stream(page, name, rows))
        for name, kind in {"tracks": "track", "rooms": "room"}.items():
            if name in data:
                rows = [{"type": kind, "value": row} for row in data[name]]
                setattr(page, name, self.stream(page, name, rows))
        if "programme" in data:
            page.programme = self.stream(page, "programme", [self.day(day) for day in data["programme"]])
        if "documents" in data:
            page.documents = self.stream(
                page, "documents", [{"type": "document", "value": self.document(row)} for row in data["documents"]]
            )

    @staticmethod
    def stream(page, name, rows):
        block = page._meta.get_field(name).stream_block
        value = block.to_python(rows)
        # Reading every block gives the items of lists their identifiers; wagtail-localize passes over lists without.
        list(value)
        return block.to_python(block.get_prep_value(value))

    def with_links(self, html):
        return PAGE_LINK.sub(
            lambda match: f'<a linktype="page" id="{self.pages[match[1]].pk if match[1] in self.pages else 0}">', html
        )

    def block(self, kind, value):
        if kind in ("image", "section"):
            value = self.figure(value)
        elif kind == "gallery":
            value = {**value, "images": [self.figure(row) for row in value["images"]]}
        elif kind == "documents":
            value = {**value, "documents": [self.document(row) for row in value["documents"]]}
        elif kind == "video":
            value = {**value, "file": self.documents[value["file"]].pk, "poster": self.images[value["poster"]].pk}
        elif kind == "table":
            value = {
                "caption": value["caption"],
                "cells": {
                    "data": value["rows"],
                    "first_row_is_table_header": True,
                    "first_col_is_header": True,
                    "table_header_choice": "both",
                },
            }
        elif kind == "call_to_action":
            value = {**value, "page": self.pages[value["page"]].pk if "page" in value else None}
        elif kind == "conference":
            value = {**value, "conference": self.pages[value["conference"]].pk}
        elif kind == "accordion":
            value = {**value, "items": [{**row, "text": self.with_links(row["text"])} for row in value["items"]]}
        if isinstance(value, str):
            value = self.with_links(value)
        elif "text" in value:
            value = {**value, "text": self.with_links(value["text"])}
        return {"type": kind, "value": value}

    def figure(self, row):
        image = self.images[row["image"]].pk if row.get("image") else None
        rest = {key: value for key, value in row.items() if key not in ("image", "alt_text")}
        return {**rest, "image": {"image": image, "alt_text": row.get("alt_text", ""), "decorative": False}}

    def document(self, row):
        return {"title": row["title"], "document": self.documents[row["document"]].pk}

    def day(self, day):
        sessions = [
            {**session, "speakers": [self.speakers[key].pk for key in session.get("speakers", [])]}
            for session in day["sessions"]
        ]
        return {"type": "day", "value": {**day, "date": str(day["date"]), "sessions": sessions}}
