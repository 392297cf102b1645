from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path, get_language_from_request
from wagtail.models import Page, Site

from ecca_site.delivery.addresses import PageLanguage, page_languages
from ecca_site.delivery.refusals import is_cms, is_script, refuse
from ecca_site.delivery.views import reading
from ecca_site.i18n.languages import source_language

from .frame import site_frame
from .models import HomePage

LONGEST_PATH = 500  # characters; no page lies at a longer one


@reading
def root(request: HttpRequest) -> HttpResponse:
    """Send a visitor of the bare address to a language that the browser asks for.

    Every other address names its own language.
    """
    homes = HomePage.objects.live()
    language_code = get_language_from_request(request)
    if language_code not in set(homes.values_list("locale__language_code", flat=True)):
        language_code = source_language()
    home = homes.filter(locale__language_code=language_code).first()
    if home is None:
        raise Http404
    response = HttpResponseRedirect(home.get_url(request))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer in the address's language and name the languages in which the page does exist.

    A reader who changed only the language in an address is led to the page's own address in that
    language.
    """
    if is_cms(request) or is_script(request):
        return refuse(request, HTTPStatus.NOT_FOUND)
    available = _translations_elsewhere(request)
    for entry in available:
        if entry.is_current:
            return HttpResponseRedirect(entry.path)
    status = HTTPStatus.NOT_FOUND
    context = {"available": available, "frame": site_frame(), "status": status}
    return render(request, "404.html", context, status=status)


def _translations_elsewhere(request: HttpRequest) -> list[PageLanguage]:
    """Return the languages of a live page at the same path below another language's home page."""
    if len(request.path) > LONGEST_PATH or get_language_from_path(request.path) is None:
        return []
    components = [part for part in request.path.split("/") if part][1:]
    relative = "".join(f"{component}/" for component in components)
    paths = [root.root_path + relative for root in Site.get_site_root_paths()]
    slugs = [path.split("/")[-2] for path in paths]
    page = Page.objects.live().filter(url_path__in=paths, slug__in=slugs).first()
    if page is None:
        return []
    return [entry for entry in page_languages(page) if entry.url]
