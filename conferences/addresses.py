"""The conference that an address below a language names by its number, and its own address."""

from django.conf import settings
from django.http import HttpRequest

from ecca_site.delivery.addresses import path_here
from ecca_site.delivery.page_numbers import page_for_readers

from .models import ConferencePage


def conference_for_readers(number: int) -> ConferencePage:
    """Return a conference as readers of the active language see it.

    Raises:
        Http404: there is no such live page.
    """
    return page_for_readers(ConferencePage, number)


def base_address(request: HttpRequest | None = None) -> str:
    """Return scheme and host of the site; without a request, as in mails, those of the settings."""
    if request is None:
        return settings.WAGTAILADMIN_BASE_URL
    return request.build_absolute_uri("/").rstrip("/")


def page_address(conference: ConferencePage, request: HttpRequest | None = None) -> str:
    """Return the absolute address at which readers of the active language find a conference."""
    return base_address(request) + path_here(conference, request)
