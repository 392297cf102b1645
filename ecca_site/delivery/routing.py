"""Find the page of an address by two queries, however deep it is.

Wagtail would ask twice for every level. Where a language has no live translation of a page, the
page itself is shown at an address of that language, as a fallback that says so
(``delivery.fallback``): below the parent's translation and under its own slug.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.db.models import Q
from django.db.models.functions import Length, Substr
from django.utils.translation import get_language
from wagtail.models import Page, PageQuerySet, Site
from wagtail.url_routing import RouteResult

from ecca_site.i18n.languages import by_preference, url_prefix
from ecca_site.uploads.images import CustomImage

from .addresses import PageLink, links_to
from .fallback import is_withdrawn
from .outline import STEP, by_language, children_at, is_real, outline, path_in, trail

DEEPEST = 60  # levels; nothing can lie deeper
# Relations that are read together with every page that is shown; apps add theirs in ``ready``.
joined = ["locale"]


def home_path(language_code: str) -> str | None:
    """Return the ``url_path`` of a language's home page, None where it has none.

    Wagtail keeps these in the cache.
    """
    for root in Site.get_site_root_paths():
        if root.language_code == language_code:
            return root.root_path
    return None


def find_route(path: str) -> RouteResult | str | None:
    """Return Wagtail's route to the page that visitors see at a path of the active language.

    It leads to the live page, or to the live page of another language that is shown in its place.
    For a path that a page has in another language it is, as text, the path where the page is in
    this one. It is None for no page at all, and for a language without a live home page: English
    under another language's address is never shown as if it were its own.

    One query brings the page, those above it and its translations, the other one the page as what
    it is, with its language and pictures. A fallback two levels and more below what is translated
    needs a third one.
    """
    language = get_language()
    slugs = [part for part in path.split("/") if part]
    root = home_path(language)
    if root is None or len(slugs) > DEEPEST:
        return None
    paths = _paths(root, slugs)
    on_the_way = Page.objects.filter(slug__in=[root.strip("/"), *slugs], url_path__in=paths)
    translations = Page.objects.filter(_translations_of(slugs, paths))
    # Each has its index; of both in one condition PostgreSQL would read all pages.
    keys = on_the_way.order_by().values("pk").union(translations.order_by().values("pk"))
    found = list(_read(Q(pk__in=keys)))
    chain = sorted((page for page in found if page.url_path in paths), key=lambda page: page.depth)
    if not chain or not is_real(chain[0]):
        return None
    is_whole = len(chain) == len(paths)
    ancestors = chain[:-1] if is_whole else chain
    others = [page for page in found if page not in ancestors]
    if is_whole and chain[-1].live:
        page = chain[-1]
        real = by_language(others).get(page.translation_key, {})
        # An alias of another language's page is no page of this one.
        if language in real or not real:
            return _route_to(page, others, links_to(above for above in ancestors if above.live))
    if not slugs:
        return None
    if not by_language(others):
        others = _below_fallbacks(language, slugs)
    return _fallback(language, slugs, others)


def _paths(root: str, slugs: Sequence[str]) -> list[str]:
    """Return the ``url_path`` of the home page and of every step below it."""
    paths = [root]
    for slug in slugs:
        paths.append(f"{paths[-1]}{slug}/")
    return paths


def _read(condition: Q) -> PageQuerySet:
    return Page.objects.filter(condition).select_related("locale", "content_type")


def _translations_of(slugs: Sequence[str], paths: Sequence[str]) -> Q:
    """Return a condition for all translations of what stands at a path in any language.

    They may also stand below a translation of the page that is above that path in this language.
    """
    relative = paths[-1].removeprefix(paths[0])
    same = Q(url_path__in=[root.root_path + relative for root in Site.get_site_root_paths()])
    # The address of a draft leads nowhere.
    was_public = Q(live=True) | Q(first_published_at__isnull=False)
    pages = Page.objects.filter(was_public, slug=paths[-1].split("/")[-2])
    if len(slugs) > 1:
        above = Page.objects.filter(slug=slugs[-2], url_path=paths[-2]).values("translation_key")
        pages = pages.annotate(above=Substr("path", 1, Length("path") - STEP))
        same |= Q(above__in=Page.objects.filter(translation_key__in=above).values("path"))
    return Q(translation_key__in=pages.filter(same).values("translation_key"))


def _below_fallbacks(language: str, slugs: Sequence[str]) -> list[Page]:
    """Return the translations of the page at a path that leads through a fallback already."""
    is_below = children_at(outline(language), _path(language, slugs[:-1]))
    same = Page.objects.filter(is_below, slug=slugs[-1], live=True)
    return list(_read(Q(translation_key__in=same.values("translation_key"))))


def _fallback(
    language: str, slugs: Sequence[str], pages: Sequence[Page]
) -> RouteResult | str | None:
    """Return the route to the page that is shown for want of a translation.

    It is the path where that page is shown, if this is another one.
    """
    groups = by_language(pages)
    if not groups:
        return None
    key, real = next(iter(groups.items()))
    if language in real:
        return real[language].get_url_parts()[2]
    if any(is_withdrawn(page) for page in pages if page.translation_key == key):
        return None
    preferred = [real[code] for code in by_preference(language) if code in real]
    if not preferred:
        return None
    page = preferred[0]
    sections = outline(language)
    path = path_in(sections, page)
    if path != _path(language, slugs):
        return path
    route = _route_to(page, pages, [PageLink(*section) for section in trail(sections, page)])
    route.page.shown_in = language
    route.page.shown_path = path
    return route


def _path(language: str, slugs: Sequence[str]) -> str:
    return quote("/".join(["", url_prefix(language), *slugs, ""]))


def _route_to(page: Page, found: Iterable[Page], ancestors: list[PageLink]) -> RouteResult:
    translations = [other for other in found if other.translation_key == page.translation_key]
    page = specific_page(page)
    page.route_ancestors = ancestors
    page.route_translations = translations
    return RouteResult(page)


def specific_page(page: Page) -> Page:
    """Return a page as what it is, with its language and its pictures, by one query."""
    model = page.specific_class
    pictures = [field.name for field in model._meta.fields if field.related_model is CustomImage]
    return model._default_manager.select_related(*joined, *pictures).get(pk=page.pk)
