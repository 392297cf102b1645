from babel import dates
from django import template
from django.utils.translation import get_language

from conferences.models import ConferencePage
from ecca_site.core.dates import cldr_locale

register = template.Library()


@register.simple_tag
def announced_conference(chosen):
    """Return the live page of a chosen conference in the active language, or else as it was chosen, or None."""
    if chosen is None:
        return None
    keys = ConferencePage.objects.filter(pk=chosen.pk).values("translation_key")
    pages = ConferencePage.objects.live().filter(translation_key__in=keys).for_cards()
    by_language = {page.locale.language_code: page for page in pages}
    here = by_language.get(get_language())
    page = here or next((page for page in by_language.values() if page.pk == chosen.pk), None)
    if page is not None:
        page.is_elsewhere = here is None
    return page


@register.simple_tag
def next_conference():
    """Return the next conference that is not cancelled, as readers of the active language see it, or None."""
    conferences = ConferencePage.objects.upcoming().exclude(status__in=("cancelled", "postponed"))
    return conferences.for_readers(get_language()).order_by("start_at", "pk").for_cards().first()


@register.simple_tag
def conferences_of(partner):
    """Return the conferences that an organisation holds, latest first, as readers of the active language see them."""
    if partner is None or not partner.pk:
        return []
    conferences = ConferencePage.objects.hosted_by(partner).order_by("-start_at", "pk")
    return list(conferences.for_readers(get_language()).for_cards())


@register.filter
def zone_name(moment):
    """Return what the time zone of a moment is called in the active language, with its distance from UTC."""
    locale = cldr_locale()
    return f"{dates.get_timezone_name(moment, locale=locale)}, {dates.get_timezone_gmt(moment, locale=locale)}"


@register.filter
def iso_moment(moment):
    return moment.isoformat(timespec="minutes")
