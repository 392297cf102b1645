"""What stands on every page of a language: menu, footer and EU funding, read once per published version."""

from types import SimpleNamespace
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page

from ecca_site.core.addresses import page_links
from ecca_site.core.languages import html_lang
from ecca_site.core.routing import home_path
from ecca_site.core.versions import language_stamp

FOOTER_FIELDS = (
    "title", "long_title", "footer_text", "funding_statement", "funding_disclaimer", "is_disclaimer_sample",
    "linkedin_label", "linkedin_url", "join_label", "share_enabled",
)  # fmt: skip
NOTHING = {"home": None, "menu": [], "footer_links": []}


def site_frame(language_code=None):
    """Return the frame of a language as plain data: one query, or none while nothing was published since."""
    language_code = language_code or get_language()
    key = f"frame:{language_stamp(language_code)}:{language_code}"
    frame = cache.get(key)
    if frame is None:
        frame = _read_frame(language_code)
        cache.set(key, frame, 3600)
    return frame


def _read_frame(language_code):
    path, source_path = home_path(language_code), home_path(settings.LANGUAGE_CODE)
    if path is None:
        return NOTHING
    pages = list(
        Page.objects.filter(Q(url_path__startswith=path) | Q(url_path__startswith=source_path))
        .filter(locale__language_code__in=(language_code, settings.LANGUAGE_CODE), depth__in=(2, 3))
        .filter(live=True, alias_of=None)
        .select_related("locale", "homepage", "homepage__join_page")
        .order_by("path")
    )
    home = next((page for page in pages if page.url_path == path), None)
    if home is None:
        return NOTHING
    shared = SimpleNamespace()
    details = {name: getattr(home.homepage, name) for name in FOOTER_FIELDS} | {"url": home.get_url_parts(shared)[2]}
    entries = _entries([page for page in pages if page.depth == 3], language_code, details["url"], shared)
    details["join_url"] = _join_url(home.homepage.join_page, entries)
    return {
        "home": details,
        "menu": [entry for entry in entries if entry["in_menu"]],
        "footer_links": [entry for entry in entries if not entry["in_menu"]],
    }


def _entries(sections, language_code, home_url, shared):
    """Return what stands right below the home page: the language's own pages, then what it has no translation of."""
    own = [page for page in sections if page.locale.language_code == language_code]
    translated = {page.translation_key for page in own}
    others = [
        page
        for page in sections
        if page.locale.language_code != language_code and page.translation_key not in translated
    ]
    return [
        {
            "title": page.title,
            "url": page.get_url_parts(shared)[2] if page in own else f"{home_url}{quote(page.slug)}/",
            "lang": "" if page in own else html_lang(page.locale.language_code),
            "in_menu": page.show_in_menus,
            "key": page.translation_key,
        }
        for page in (*own, *others)
    ]


def _join_url(join_page, entries):
    """Return where the reader finds the page to join, "" where there is none."""
    if join_page is None:
        return ""
    for entry in entries:
        if entry["key"] == join_page.translation_key:
            return entry["url"]
    link = page_links([join_page.pk]).get(join_page.pk)
    return link.url if link else ""
