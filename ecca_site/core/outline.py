"""Where the pages of all languages stand in one language: the sections that others stand below, with their addresses.

A page without a live translation is shown in its own language, below the section's address in the reader's language
and under its own slug. The address follows from the sections alone, so no link to such a page asks the database.
"""

from collections import defaultdict
from types import SimpleNamespace
from urllib.parse import quote

from django.core.cache import cache
from django.db.models import Q
from wagtail.models import Page

from .versions import language_stamp

OUTLINE_SECONDS = 3600
STEP = Page.steplen  # letters of a tree path for each level


def outline(language_code, holder=None):
    """Return ``{tree path: (title, address, language)}`` of the sections of all languages as they stand in this one.

    It is empty where the language has no live home page. One query, or none while nothing was published since;
    ``holder``, a request or any other object, keeps it for the next time.
    """
    kept = getattr(holder, "_outlines", {})
    if language_code not in kept:
        kept[language_code] = _cached(language_code)
        if holder is not None:
            holder._outlines = kept
    return kept[language_code]


def _cached(language_code):
    key = f"outline:{language_stamp(language_code)}:{language_code}"
    sections = cache.get(key)
    if sections is None:
        sections = _read(language_code)
        cache.set(key, sections, OUTLINE_SECONDS)
    return sections


def _read(language_code):
    parents = Page.objects.filter(numchild__gt=0, depth__gte=2)
    pages = list(
        Page.objects.filter(Q(translation_key__in=parents.values("translation_key")) | Q(depth=2))
        .select_related("locale")
        .only("path", "depth", "url_path", "slug", "title", "live", "alias_of", "translation_key", "locale")
        .order_by("path")
    )
    shared, here = SimpleNamespace(), {}
    for page in pages:
        if page.locale.language_code == language_code and is_real(page) and (parts := page.get_url_parts(shared)):
            here[page.translation_key] = (page.title, parts[2], language_code)
    sections = {}
    for page in pages:
        above = sections.get(page.path[:-STEP])
        if page.translation_key in here:
            sections[page.path] = here[page.translation_key]
        elif above:
            sections[page.path] = (page.title if page.live else "", _below(above, page.slug), page.locale.language_code)
    return sections


def is_real(page):
    """Whether visitors find a page's own words there, and no other language's."""
    return page.live and page.alias_of_id is None


def path_in(sections, page):
    """Return the path at which an outline's language shows a page of another one, None where it has no place there."""
    above = sections.get(page.path[:-STEP])
    return _below(above, page.slug) if above else None


def _below(section, slug):
    return f"{section[1]}{quote(slug)}/"


def trail(sections, page):
    """Return title, address and language of what stands above a page that an outline's language shows."""
    paths = (page.path[:end] for end in range(2 * STEP, len(page.path), STEP))
    return [sections[path] for path in paths if path in sections and sections[path][0]]


def children_at(sections, address):
    """Return a condition for what stands right below the sections that an outline has at an address."""
    condition = Q(pk__in=[])
    for path, (_title, url, _language) in sections.items():
        if url == address:
            condition |= Q(path__startswith=path, depth=len(path) // STEP + 1)
    return condition


def by_language(pages):
    """Return ``{translation key: {language code: page}}`` of those of these pages that are real."""
    groups = defaultdict(dict)
    for page in pages:
        if is_real(page):
            groups[page.translation_key][page.locale.language_code] = page
    return groups
