from datetime import datetime

from babel import dates
from django import template
from django.utils.translation import get_language
from wagtail.models import Page

from conferences.models import ConferencePage
from ecca_site.i18n.dates import cldr_locale

register = template.Library()


@register.simple_tag
def announced_conference(chosen: Page | None) -> ConferencePage | None:
    """Return the live page of a chosen conference in the active language, if there is one.

    Where it is live in the language alone in which it was chosen, that page is returned, marked
    ``is_elsewhere``; where it is not live, None.
    """
    if chosen is None:
        return None
    keys = ConferencePage.objects.filter(pk=chosen.pk).values("translation_key")
    pages = ConferencePage.objects.live().filter(translation_key__in=keys).for_cards()
    by_language = {page.locale.language_code: page for page in pages}
    here = by_language.get(get_language())
    if here is not None:
        return here
    for page in by_language.values():
        if page.pk == chosen.pk:
            page.is_elsewhere = True
            return page
    return None


@register.simple_tag
def next_conference() -> ConferencePage | None:
    """Return the next conference that takes place, as readers of the active language see it."""
    conferences = ConferencePage.objects.upcoming().exclude(status__in=("cancelled", "postponed"))
    return conferences.for_readers(get_language()).order_by("start_at", "pk").for_cards().first()


@register.filter
def zone_name(moment: datetime) -> str:
    """Return the name of a moment's time zone in the active language, and its distance from UTC."""
    locale = cldr_locale()
    name = dates.get_timezone_name(moment, locale=locale)
    return f"{name}, {dates.get_timezone_gmt(moment, locale=locale)}"


@register.filter
def iso_moment(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
