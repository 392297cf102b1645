from http import HTTPStatus

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path, get_language_from_request
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page, Site

from ecca_site.core.addresses import page_languages
from ecca_site.core.languages import html_lang
from ecca_site.core.views import reading

from .frame import site_frame
from .guide import guides_for
from .models import HomePage


@reading
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


@reading
def sitemap(request):
    """List every real translation once, each with its alternates, by one query for the pages of all languages."""
    pages = (
        Page.objects.live()
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
    """Answer in the address's language and name the languages in which the page does exist.

    Who has changed only the language in an address is led to the page's own address in that language.
    """
    available = _translations_elsewhere(request)
    if translation := next((entry for entry in available if entry.is_current), None):
        return HttpResponseRedirect(translation.path)
    context = {"available": available, "frame": site_frame()}
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def _translations_elsewhere(request):
    """Return the languages of a live page at the same path below another language's home page."""
    components = [part for part in request.path.split("/") if part][1:]
    if len(request.path) > 500 or get_language_from_path(request.path) is None:
        return []
    path = "".join(f"{component}/" for component in components)
    paths = [root.root_path + path for root in Site.get_site_root_paths()]
    page = Page.objects.live().filter(url_path__in=paths, slug__in=[path.split("/")[-2] for path in paths]).first()
    return [entry for entry in page_languages(page) if entry.url] if page else []


@require_safe
def guide(request):
    """Show the guides of the roles that the signed-in person has; the CMS asks for the sign-in."""
    return render(request, "home/guide.html", {"guides": guides_for(request.user)})
