"""Finding the conference that an address below a language names by its number."""

from django.conf import settings

from ecca_site.core.addresses import path_here
from ecca_site.core.page_numbers import page_for_readers

from .models import ConferencePage


def conference_for_readers(number):
    return page_for_readers(ConferencePage, number)


def base_address(request=None):
    return request.build_absolute_uri("/").rstrip("/") if request else settings.WAGTAILADMIN_BASE_URL


def page_address(conference, request=None):
    """Return the absolute address at which readers of the active language find a conference."""
    return base_address(request) + path_here(conference, request)
