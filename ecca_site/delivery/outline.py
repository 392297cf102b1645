"""The outline of a language: the sections of all languages, with their addresses in this one.

A page without a live translation is shown in its own language, below the section's address in the
reader's language and under its own slug. The address follows from the sections alone, so no link to
such a page asks the database.
"""

from collections import defaultdict
from collections.abc import Iterable
from types import SimpleNamespace
from urllib.parse import quote

from django.core.cache import cache
from django.db.models import Q
from wagtail.models import Page

from ecca_site.i18n.languages import active_language

from .memory import asked_once
from .versions import language_stamp

OUTLINE_SECONDS = 3600
STEP = Page.steplen  # letters of a tree path for each level

Section = tuple[str, str, str]  # title, address and language
Outline = dict[str, Section]  # by tree path


def languages_with_a_home() -> list[str]:
    """Return the languages that are online, with their home pages.

    One query, or none while nothing was published since.
    """
    key = f"homes:{language_stamp(active_language())}"
    found: list[str] = cache.get_or_set(key, _read_homes, OUTLINE_SECONDS)
    return found


def _read_homes() -> list[str]:
    # By the site's own page, since no index knows the depth of pages.
    beginnings = Page.objects.filter(sites_rooted_here__isnull=False)
    homes = Page.objects.filter(
        translation_key__in=beginnings.values("translation_key"), live=True, alias_of=None
    )
    return list(homes.values_list("locale__language_code", flat=True))


@asked_once
def outline(language_code: str) -> Outline:
    """Return the sections of all languages as they stand in one, by tree path.

    There are none where the language has no live home page. One query, or none while nothing was
    published since.
    """
    key = f"outline:{language_stamp(language_code)}:{language_code}"
    sections: Outline | None = cache.get(key)
    if sections is None:
        sections = _read(language_code)
        cache.set(key, sections, OUTLINE_SECONDS)
    return sections


def _read(language_code: str) -> Outline:
    parents = Page.objects.filter(numchild__gt=0, depth__gte=2)
    pages = list(
        Page.objects.filter(Q(translation_key__in=parents.values("translation_key")) | Q(depth=2))
        .select_related("locale")
        .only(
            "path",
            "depth",
            "url_path",
            "slug",
            "title",
            "live",
            "alias_of",
            "translation_key",
            "locale",
        )
        .order_by("path")
    )
    translated = _translated(pages, language_code)
    sections: Outline = {}
    for page in pages:
        above = sections.get(page.path[:-STEP])
        if page.translation_key in translated:
            sections[page.path] = translated[page.translation_key]
        elif above:
            title = page.title if page.live else ""
            sections[page.path] = (title, _below(above, page.slug), page.locale.language_code)
    return sections


def _translated(pages: Iterable[Page], language_code: str) -> dict[object, Section]:
    """Return the sections that a language has itself, by translation key."""
    shared = SimpleNamespace()
    sections = {}
    for page in pages:
        if page.locale.language_code != language_code or not is_real(page):
            continue
        parts = page.get_url_parts(shared)
        if parts:
            sections[page.translation_key] = (page.title, parts[2], language_code)
    return sections


def is_real(page: Page) -> bool:
    """Return whether visitors find a page's own words there, and no other language's."""
    return page.live and page.alias_of_id is None


def path_in(sections: Outline, page: Page) -> str | None:
    """Return the path at which an outline shows a page of another language, None where nowhere."""
    above = sections.get(page.path[:-STEP])
    return _below(above, page.slug) if above else None


def _below(section: Section, slug: str) -> str:
    return f"{section[1]}{quote(slug)}/"


def trail(sections: Outline, page: Page) -> list[Section]:
    """Return the sections above a page that an outline shows, from the home page down."""
    found = []
    for end in range(2 * STEP, len(page.path), STEP):
        section = sections.get(page.path[:end])
        # A draft has a place and no title: it is not named.
        if section and section[0]:
            found.append(section)
    return found


def children_at(sections: Outline, address: str) -> Q:
    """Return a condition for what stands right below the sections at an address of an outline."""
    condition = Q(pk__in=[])
    for path, (_title, url, _language) in sections.items():
        if url == address:
            condition |= Q(path__startswith=path, depth=len(path) // STEP + 1)
    return condition


def by_language(pages: Iterable[Page]) -> dict[object, dict[str, Page]]:
    """Return ``{translation key: {language code: page}}`` of those of these pages that are real."""
    groups: dict[object, dict[str, Page]] = defaultdict(dict)
    for page in pages:
        if is_real(page):
            groups[page.translation_key][page.locale.language_code] = page
    return groups
