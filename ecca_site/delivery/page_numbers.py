"""Addresses below a language that name a page by its number: of forms, calendars, contacts."""

from typing import TypeVar

from django.http import Http404
from django.urls.converters import IntConverter
from django.utils.translation import get_language
from wagtail.models import Page

PageType = TypeVar("PageType", bound=Page)


class PageNumberConverter(IntConverter):
    """The primary key of a page: more digits than a database bears are no address."""

    regex = "[0-9]{1,18}"


def page_for_readers(model: type[PageType], number: int) -> PageType:
    """Return a page as readers of the active language see it, by its number in any language.

    Raises:
        Http404: there is no such live page.
    """
    keys = model.objects.filter(pk=number).values("translation_key")
    page = (
        model.objects.filter(translation_key__in=keys)
        .for_readers(get_language())
        .select_related("locale")
        .first()
    )
    if page is None:
        raise Http404
    return page
