"""The frame of every page of a language: menu, footer and EU funding texts.

It is read once per published version.
"""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page

from ecca_site.core.frame import NOTHING, Frame
from ecca_site.delivery.addresses import page_links
from ecca_site.delivery.routing import home_path
from ecca_site.delivery.versions import language_stamp
from ecca_site.i18n.languages import html_lang, source_language

FRAME_SECONDS = 3600
FOOTER_FIELDS = (
    "title",
    "long_title",
    "footer_text",
    "funding_statement",
    "funding_disclaimer",
    "is_disclaimer_sample",
    "linkedin_label",
    "linkedin_url",
    "join_label",
    "share_enabled",
)


def site_frame(language_code: str | None = None) -> Frame:
    """Return the frame of a language, by default the active one, as plain data.

    One query, or none while nothing was published since.
    """
    language_code = language_code or get_language()
    key = f"frame:{language_stamp(language_code)}:{language_code}"
    frame: Frame | None = cache.get(key)
    if frame is None:
        frame = _read_frame(language_code)
        cache.set(key, frame, FRAME_SECONDS)
    return frame


def _read_frame(language_code: str) -> Frame:
    path = home_path(language_code)
    if path is None:
        return NOTHING
    source_path = home_path(source_language())
    pages = list(
        Page.objects.filter(Q(url_path__startswith=path) | Q(url_path__startswith=source_path))
        .filter(locale__language_code__in=(language_code, source_language()), depth__in=(2, 3))
        .filter(live=True, alias_of=None)
        .select_related("locale", "homepage", "homepage__join_page")
        .order_by("path")
    )
    home = next((page for page in pages if page.url_path == path), None)
    if home is None:
        return NOTHING
    shared = SimpleNamespace()
    home_url = home.get_url_parts(shared)[2]
    sections = [page for page in pages if page.depth == 3]
    entries = _entries(sections, language_code, home_url, shared)
    details = {name: getattr(home.homepage, name) for name in FOOTER_FIELDS}
    details["url"] = home_url
    details["join_url"] = _join_url(home.homepage.join_page, entries)
    return {
        "home": details,
        "menu": [entry for entry in entries if entry["in_menu"]],
        "footer_links": [entry for entry in entries if not entry["in_menu"]],
    }


def _entries(
    sections: Sequence[Page], language_code: str, home_url: str, shared: SimpleNamespace
) -> list[dict[str, Any]]:
    """Return entries for the pages right below the home page.

    The language's own pages come first, then those that it has no translation of.
    """
    own = [page for page in sections if page.locale.language_code == language_code]
    entries = [_entry(page, page.get_url_parts(shared)[2], "") for page in own]
    translated = {page.translation_key for page in own}
    for page in sections:
        if page.translation_key not in translated:
            address = f"{home_url}{quote(page.slug)}/"
            entries.append(_entry(page, address, html_lang(page.locale.language_code)))
    return entries


def _entry(page: Page, address: str, tag: str) -> dict[str, Any]:
    """Return an entry; its tag names another language than that of the frame."""
    return {
        "title": page.title,
        "url": address,
        "lang": tag,
        "in_menu": page.show_in_menus,
        "key": page.translation_key,
    }


def _join_url(join_page: Page | None, entries: Iterable[dict[str, Any]]) -> str:
    """Return where the reader finds the page to join, "" where there is none."""
    if join_page is None:
        return ""
    for entry in entries:
        if entry["key"] == join_page.translation_key:
            return entry["url"]
    link = page_links([join_page.pk]).get(join_page.pk)
    return link.url if link else ""
