"""The addresses of a page's real translations, and the page that a link to a page leads to."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page

from ecca_site.i18n.languages import html_lang

from .memory import asked_once
from .outline import is_real, languages_with_a_home, outline, path_in
from .versions import language_stamp

LINK_SECONDS = 3600


@dataclass(frozen=True)
class PageLanguage:
    """One entry of the language switcher; without an address no real translation is live."""

    code: str
    name: str
    url: str | None
    is_current: bool

    @property
    def path(self) -> str | None:
        """The address without scheme and host: whoever came by another host stays there."""
        if self.url is None:
            return None
        return urlsplit(self.url)._replace(scheme="", netloc="").geturl()

    @property
    def html_lang(self) -> str:
        return html_lang(self.code)


def translations_of(page: Page) -> list[Page]:
    """Return the translations of a page in all languages, itself and drafts included.

    Routing knows them already; they are looked up once.
    """
    known = getattr(page, "route_translations", None)
    return _read_translations(page) if known is None else known


@asked_once
def _read_translations(page: Page) -> list[Page]:
    same = Page.objects.filter(translation_key=page.translation_key).select_related("locale")
    return list(
        same.only(
            "path",
            "depth",
            "url_path",
            "locale__language_code",
            "title",
            "slug",
            "live",
            "alias_of",
            "numchild",
        )
    )


def live_translations(page: Page) -> list[Page]:
    """Return the translations of a page that visitors find, itself included; an alias is none."""
    return [other for other in translations_of(page) if is_real(other)]


@dataclass(frozen=True)
class PageLink:
    """The page that a link leads to: its live translation for the reader, else the page itself.

    That one is shown at an address of the reader's language (see ``outline``) where this has a home
    page.
    """

    title: str
    url: str
    language_code: str

    @property
    def html_lang(self) -> str:
        return html_lang(self.language_code)

    @property
    def is_in_other_language(self) -> bool:
        return self.language_code != get_language()


def links_to(pages: Iterable[Page]) -> list[PageLink]:
    """Return the ``PageLink`` of each of these pages, at its own address."""
    shared = SimpleNamespace()
    return [
        PageLink(page.title, page.get_url_parts(shared)[2], page.locale.language_code)
        for page in pages
    ]


def page_links(page_ids: Iterable[int]) -> dict[int, PageLink]:
    """Return the ``PageLink`` of each of these pages that is live.

    One query, or none where all of them are known already.
    """
    page_ids = list(page_ids)
    if not page_ids:
        return {}
    active = get_language()
    keys = {f"link:{language_stamp(active)}:{page_id}": page_id for page_id in page_ids}
    known = cache.get_many(keys)
    links = {keys[key]: PageLink(*row) for key, row in known.items() if row}
    missing = {page_id: key for key, page_id in keys.items() if key not in known}
    if missing:
        found = _read_links(missing, active)
        cache.set_many({key: found.get(page_id) for page_id, key in missing.items()}, LINK_SECONDS)
        links |= {page_id: PageLink(*row) for page_id, row in found.items()}
    return links


def _read_links(page_ids: Iterable[int], language_code: str) -> dict[int, tuple[str, str, str]]:
    """Return what makes the ``PageLink`` of each of these pages that is live in a language."""
    chosen = Page.objects.filter(pk__in=page_ids)
    is_translation = Q(
        translation_key__in=chosen.values("translation_key"),
        locale__language_code=language_code,
        live=True,
        alias_of=None,
    )
    rows = (
        Page.objects.filter(Q(pk__in=page_ids) | is_translation)
        .select_related("locale")
        .only(
            "title", "path", "slug", "url_path", "live", "translation_key", "locale__language_code"
        )
    )
    pages = {page.pk: page for page in rows}
    translated = {
        page.translation_key: page for page in rows if page.locale.language_code == language_code
    }
    shared = SimpleNamespace()
    found = {}
    for page_id in page_ids:
        if page_id not in pages:
            continue
        page = pages[page_id]
        target = translated.get(page.translation_key, page)
        if not target.live:
            continue
        path = path_here(target, shared, language_code)
        if path:
            found[page_id] = (target.title, path, target.locale.language_code)
    return found


def path_here(page: Page, request: object, language_code: str | None = None) -> str:
    """Return the path at which readers of a language find a page, "" where they do not.

    The language is the active one by default. ``request`` may be any object: it keeps what was
    looked up, so that a list asks once.
    """
    language_code = language_code or get_language()
    if page.locale.language_code != language_code:
        path = path_in(outline(language_code), page)
        if path:
            return path
    parts = page.get_url_parts(request)
    return parts[2] if parts else ""


def page_languages(page: Page | None = None) -> list[PageLanguage]:
    """Return a ``PageLanguage`` for every language; without a page there are no addresses."""
    urls: dict[str, str] = {}
    if page is not None and page.pk:
        urls = language_urls(page)
    active = get_language()
    return [
        PageLanguage(code, name, urls.get(code), code == active)
        for code, name in settings.LANGUAGES
    ]


@asked_once
def language_urls(page: Page) -> dict[str, str]:
    """Return the absolute addresses of a page's live translations by language code.

    What stands below a home page that is offline has none.
    """
    shared = SimpleNamespace()
    online = languages_with_a_home()
    urls = {}
    for other in live_translations(page):
        code = other.locale.language_code
        if code in online:
            urls[code] = other.get_full_url(shared)
    return urls
