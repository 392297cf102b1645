"""The sitemap: an index of pieces, some thousand addresses of one language each."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID
from xml.sax.saxutils import escape

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language_from_path
from wagtail.models import Site

from ecca_site.delivery.models import ReaderEntry
from ecca_site.delivery.outline import languages_with_a_home
from ecca_site.delivery.versions import language_stamp
from ecca_site.delivery.views import reading
from ecca_site.i18n.languages import html_lang, url_prefix

PIECE = 2000  # addresses, which with their alternates take about 2 MB
KEPT_SECONDS = 3600
XML = "application/xml"
BEGINNING = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Roots(NamedTuple):
    """Where a language's pages begin: in the tree, and on the web."""

    path: str
    address: str


@reading
def index(request: HttpRequest) -> HttpResponse:
    """List the pieces of all languages."""
    lines = [BEGINNING, f'<sitemapindex xmlns="{SITEMAPS}">\n']
    for language_code in languages_with_a_home():
        for number in range(1, _pieces(language_code) + 1):
            path = reverse("sitemap_piece", args=[url_prefix(language_code), number])
            address = escape(request.build_absolute_uri(path))
            lines.append(f"<sitemap><loc>{address}</loc></sitemap>\n")
    lines.append("</sitemapindex>\n")
    return HttpResponse("".join(lines), content_type=XML)


@reading
def piece(request: HttpRequest, prefix: str, number: int) -> HttpResponse:
    """List the real translations of one language, each with its alternates."""
    language_code = get_language_from_path(f"/{prefix}/")
    if language_code not in languages_with_a_home() or not 1 <= number <= _pieces(language_code):
        raise Http404
    key = f"sitemap:{language_stamp(language_code)}:{language_code}:{number}"
    text = cache.get_or_set(key, lambda: "".join(_lines(language_code, number)), KEPT_SECONDS)
    return HttpResponse(text, content_type=XML)


def _own(language_code: str) -> QuerySet[ReaderEntry]:
    # The first page of all is the root of the tree, which nobody sees.
    own = ReaderEntry.objects.filter(language_code=language_code, is_elsewhere=False)
    return own.filter(page__depth__gt=1)


def _pieces(language_code: str) -> int:
    key = f"sitemap:{language_stamp(language_code)}:{language_code}:pieces"
    number: int = cache.get_or_set(key, _own(language_code).count, KEPT_SECONDS)
    return -(-number // PIECE)


def _lines(language_code: str, number: int) -> Iterator[str]:
    first = (number - 1) * PIECE
    own = _own(language_code).order_by("page__path")[first : first + PIECE]
    addresses = _addresses(own)
    yield BEGINNING
    yield f'<urlset xmlns="{SITEMAPS}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for key, changed in own.values_list("translation_key", "page__last_published_at"):
        here = addresses[key].get(language_code)
        if here is None:
            continue
        yield f"<url><loc>{here}</loc>"
        if changed:
            yield f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>"
        for code, address in addresses[key].items():
            yield f'<xhtml:link rel="alternate" hreflang="{html_lang(code)}" href="{address}"/>'
        yield "</url>\n"
    yield "</urlset>\n"


def _addresses(entries: QuerySet[ReaderEntry]) -> dict[UUID, dict[str, str]]:
    """Return the addresses of all real translations of some pages, by key and language."""
    roots = {}
    online = languages_with_a_home()
    for root in Site.get_site_root_paths():
        if root.language_code not in online:
            continue
        address = f"{root.root_url}/{url_prefix(root.language_code)}/"
        roots[root.language_code] = Roots(root.root_path, address)
    keys = entries.values("translation_key")
    rows = ReaderEntry.objects.filter(translation_key__in=keys, is_elsewhere=False)
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for key, code, path in rows.order_by("page__path").values_list(
        "translation_key", "language_code", "page__url_path"
    ):
        root = roots.get(code)
        if root is not None and path.startswith(root.path):
            found[key][code] = escape(root.address + quote(path[len(root.path) :]))
    return found
