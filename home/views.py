from http import HTTPStatus

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page, Site

from ecca_site.core.addresses import live_translations, page_languages
from ecca_site.core.languages import html_lang

from .frame import site_frame
from .models import HomePage


@require_safe
def root(request):
    """Send a visitor of the bare address to a language the browser asks for; every other address names its own."""
    languages = set(HomePage.objects.live().values_list("locale__language_code", flat=True))
    wanted = get_language_from_request(request)
    home = (
        HomePage.objects.live()
        .filter(locale__language_code=wanted if wanted in languages else Locale.get_default().language_code)
        .first()
    )
    if home is None:
        raise Http404
    response = HttpResponseRedirect(home.get_url(request))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def sitemap(request):
    """List every real translation once, each with its alternates, by one query for the pages of all languages."""
    pages = (
        Page.objects.live()
        .public()
        .filter(depth__gt=1, alias_of=None)
        .select_related("locale")
        .only("path", "depth", "url_path", "slug", "translation_key", "last_published_at", "locale__language_code")
        .order_by("path")
    )
    groups = {}
    for page in pages:
        url = page.get_full_url(request)
        if url:
            groups.setdefault(page.translation_key, []).append(
                {"url": url, "lang": html_lang(page.locale.language_code), "changed": page.last_published_at}
            )
    return render(request, "sitemap.xml", {"groups": groups.values()}, content_type="application/xml")


def not_found(request, exception=None):
    """Answer in the address's language and name the languages in which the page does exist."""
    context = {"available": _translations_elsewhere(request), "frame": site_frame()}
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def _translations_elsewhere(request):
    """Return the languages that have a live page at the same path below their home page."""
    components = [part for part in request.path.split("/") if part][1:]
    site = Site.find_for_request(request)
    if not components or site is None or len(request.path) > 500:
        return []
    for home in live_translations(site.root_page):
        if home.locale.language_code == get_language():
            continue
        page = Page.objects.live().public().filter(url_path=f"{home.url_path}{'/'.join(components)}/").first()
        if page is not None:
            return [entry for entry in page_languages(request, page) if entry.url]
    return []
