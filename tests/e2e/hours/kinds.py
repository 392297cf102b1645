"""Which kind of screen an address is: one of each is enough."""

import sqlite3
from contextlib import closing
from pathlib import Path

from .walk import view_of

# What is no screen: a picture, a file, an answer for a script, or what leaves the CMS.
NO_SCREENS = (
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtail_bulk_action",
    "_results",
    "wagtaildocs_serve",
)


def of_public(path: str, language: str) -> str:
    """Return the kind of a page of the site in a language.

    Each page near the top, one of each list further down.
    """
    path = path.partition("?")[0]
    if not path.startswith(f"/{language}/"):
        return ""
    view = view_of(path)
    if not view.startswith("wagtail_serve"):
        return f"{view} {language}" if view else ""
    parts = path.strip("/").split("/")
    if len(parts) > 2:
        parts[-1] = "*"
    return "/".join(parts)


class Kinds:
    """Tells kinds of screens of the CMS apart, with the types and languages of the pages of a
    database.
    """

    def __init__(self, database: Path):
        with closing(sqlite3.connect(database)) as connection:
            rows = connection.execute(
                "SELECT page.id, type.model, locale.language_code FROM wagtailcore_page page"
                " JOIN django_content_type type ON type.id = page.content_type_id"
                " JOIN wagtailcore_locale locale ON locale.id = page.locale_id"
            )
            self.pages = {str(number): (model, code == "en") for number, model, code in rows}

    def of(self, path: str) -> str:
        """Return the kind of a screen, or nothing for what is no screen of the CMS."""
        if not path.startswith("/cms/"):
            return ""
        view = view_of(path)
        if not view or any(part in view for part in NO_SCREENS):
            return ""
        if "/pages/" in path:
            number = next((part for part in path.split("/") if part.isdecimal()), "")
            model, is_original = self.pages.get(number, ("", True))
            return f"{view} {model}{'' if is_original else ' translation'}".strip()
        return view
