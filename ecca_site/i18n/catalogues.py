"""Compile the interface texts with Babel, so that a machine without gettext can run the site."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def compile_catalogues() -> dict[str, int]:
    """Write the .mo file of every .po file that is newer than it.

    Return the numbers of texts that are not translated, by the names of the catalogues that were
    compiled and lack any.
    """
    lacking = {}
    for source in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        name = source.parts[-3]
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=name)
        with target.open("wb") as out:
            write_mo(out, catalogue)
        number = len(list(untranslated(catalogue)))
        if number:
            lacking[name] = number
    return lacking


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """Yield the texts of a catalogue that readers of its language get in English."""
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(forms):
            yield message


def warning_of(lacking: dict[str, int]) -> str:
    """Return what to tell whoever develops of texts that are not translated, "" where all are."""
    return "".join(f"{name}: {number} texts not translated\n" for name, number in lacking.items())
