"""Pages rendered before anybody asks: by a worker, after a publication made them stale."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.utils import translation
from django_tasks import task
from django_tasks.backends.base import BaseTaskBackend
from wagtail.models import Page, Site

from ecca_site.workers.queue import hand_over

from .addresses import path_here
from .models import ReaderEntry

GZIP = "gzip"  # what every browser takes


def after_publication(page: Page) -> None:
    """Let a worker render what readers of each language will ask for next.

    Where tasks are done at once somebody would wait for it.
    """
    backend: BaseTaskBackend = render_stale.get_backend()
    if settings.PAGE_CACHE_SECONDS and backend.supports_defer:
        hand_over(render_stale, page.pk)


@task()
def render_stale(page_id: int) -> None:
    """Render a page, the list it stands in and the home page in every language.

    What is kept already, since two pages were published at once, is not rendered again.
    """
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return
    for address in set(addresses_of(page)):
        render(address)


def addresses_of(page: Page) -> Iterator[str]:
    """Yield the addresses of a page and of the pages above it in every language that has them."""
    above = page.get_ancestors(inclusive=True).filter(depth__gt=1)
    keys = list(above.values_list("translation_key", flat=True))
    roots = {root.language_code: root.root_url for root in Site.get_site_root_paths()}
    entries = ReaderEntry.objects.filter(translation_key__in=keys, language_code__in=roots)
    shared = SimpleNamespace()
    for entry in entries.select_related("page__locale"):
        with translation.override(entry.language_code):
            path = path_here(entry.page, shared, entry.language_code)
        if path:
            yield roots[entry.language_code] + path


def render(address: str) -> None:
    """Answer a visitor who asks for an address, so that the answer is kept."""
    parts = urlsplit(address)
    environment = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),  # as WSGI has it
        "HTTP_HOST": parts.netloc,
        "HTTP_ACCEPT_ENCODING": GZIP,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or ""),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": BytesIO(),
    }
    site = handler()
    with translation.override(None):
        site.get_response(site.request_class(environment))


@cache
def handler() -> WSGIHandler:
    return WSGIHandler()
