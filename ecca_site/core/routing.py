"""Find the page of an address by two queries, however deep it is; Wagtail asks twice for every level.

Where a language has no live translation of a page, the page itself is shown at an address of that language, as a
fallback that says so (``core.fallback``): below the parent's translation and under its own slug.
"""

from urllib.parse import quote

from django.db.models import Q
from django.db.models.functions import Length, Substr
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from .addresses import PageLink, links_to
from .fallback import is_withdrawn
from .images import CustomImage
from .languages import by_preference, url_prefix
from .outline import STEP, by_language, children_at, is_real, outline, path_in, trail

DEEPEST = 60  # levels; what lies deeper cannot exist
# What is read together with every page that is shown; apps add their own in ``ready``.
joined = ["locale"]


def home_path(language_code):
    """Return the ``url_path`` of a language's home page, None where it has none. Wagtail keeps these in the cache."""
    return next((root.root_path for root in Site.get_site_root_paths() if root.language_code == language_code), None)


def find_route(path):
    """Return Wagtail's route to what visitors see at a path of the active language.

    It leads to the live page, or to the live page of another language that is shown in its place. A path that a page
    has in another language returns, as text, the path where it is in this one; None is for no page at all, and for a
    language without a live home page: English under another language's address is never shown as if it were its own.

    One query brings the page, those above it and its translations, the other one the page as what it is, with its
    language and pictures. A fallback two levels and more below what is translated needs a third one.
    """
    language, slugs = get_language(), [part for part in path.split("/") if part]
    root = home_path(language)
    if root is None or len(slugs) > DEEPEST:
        return None
    paths = [root + "".join(f"{slug}/" for slug in slugs[:count]) for count in range(len(slugs) + 1)]
    found = list(_read(Q(slug__in=[root.strip("/"), *slugs], url_path__in=paths) | _translations_of(slugs, paths)))
    chain = sorted((page for page in found if page.url_path in paths), key=lambda page: page.depth)
    is_whole = len(chain) == len(paths)
    ancestors = chain[:-1] if is_whole else chain
    others = [page for page in found if page not in ancestors]
    if is_whole and (page := chain[-1]).live:
        real = by_language(others).get(page.translation_key, {})
        if language in real or not real:  # an alias of another language's page is no page of this one
            return _route_to(page, others, links_to(page for page in ancestors if page.live))
    if not slugs or not chain or not is_real(chain[0]):
        return None
    return _fallback(language, slugs, others if by_language(others) else _below_fallbacks(language, slugs))


def _read(condition):
    return Page.objects.filter(condition).select_related("locale", "content_type")


def _translations_of(slugs, paths):
    """A condition for the pages of all languages that say what stands at this path in any language, or below a
    translation of the page that stands above it in this one.
    """
    relative = paths[-1].removeprefix(paths[0])
    same = Q(url_path__in=[root.root_path + relative for root in Site.get_site_root_paths()])
    was_public = Q(live=True) | Q(first_published_at__isnull=False)  # the address of a draft leads nowhere
    pages = Page.objects.filter(was_public, slug=paths[-1].split("/")[-2])
    if len(slugs) > 1:
        above = Page.objects.filter(slug=slugs[-2], url_path=paths[-2]).values("translation_key")
        pages = pages.annotate(above=Substr("path", 1, Length("path") - STEP))
        same |= Q(above__in=Page.objects.filter(translation_key__in=above).values("path"))
    return Q(translation_key__in=pages.filter(same).values("translation_key"))


def _below_fallbacks(language, slugs):
    """Return the translations of what stands at a path whose last but one part is a fallback already."""
    same = Page.objects.filter(children_at(outline(language), _path(language, slugs[:-1])), slug=slugs[-1], live=True)
    return list(_read(Q(translation_key__in=same.values("translation_key"))))


def _fallback(language, slugs, pages):
    """Return the route to the page that is shown for want of a translation, or the path where it is shown."""
    key, real = next(iter(by_language(pages).items()), (None, {}))
    if language in real:
        return real[language].get_url_parts()[2]
    if any(is_withdrawn(page) for page in pages if page.translation_key == key):
        return None
    page = next((real[code] for code in by_preference(language) if code in real), None)
    sections = outline(language)
    path = page and path_in(sections, page)
    if path != _path(language, slugs):
        return path
    route = _route_to(page, pages, [PageLink(*section) for section in trail(sections, page)])
    route.page.shown_in, route.page.shown_path = language, path
    return route


def _path(language, slugs):
    return quote("/".join(["", url_prefix(language), *slugs, ""]))


def _route_to(page, found, ancestors):
    translations = [other for other in found if other.translation_key == page.translation_key]
    page = specific_page(page)
    page.route_ancestors, page.route_translations = ancestors, translations
    return RouteResult(page)


def specific_page(page):
    """Return a page as what it is, with its language and its pictures, by one query."""
    model = page.specific_class
    pictures = [field.name for field in model._meta.fields if field.related_model is CustomImage]
    return model._default_manager.select_related(*joined, *pictures).get(pk=page.pk)
