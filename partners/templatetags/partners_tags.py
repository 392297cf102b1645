from collections import Counter

from django import template
from django.utils.translation import get_language

from partners.map import drawing
from partners.matchmaking import matches_for
from partners.models import LifeCycleStage, PartnerPage

register = template.Library()


@register.simple_tag
def all_partners():
    """Return every organisation, first those with a profile in the active language."""
    return list(PartnerPage.objects.by_name().for_readers(get_language()).for_cards())


STAGE_ICONS = {
    LifeCycleStage.RAW_MATERIALS: "mountain",
    LifeCycleStage.DESIGN: "pencil-ruler",
    LifeCycleStage.PRODUCTION: "factory",
    LifeCycleStage.CONSTRUCTION: "construction",
    LifeCycleStage.OPERATION: "wrench",
    LifeCycleStage.RETROFIT: "paint-roller",
    LifeCycleStage.DEMOLITION: "pickaxe",
    LifeCycleStage.RECYCLING: "recycle",
}


@register.simple_tag
def life_cycle_stages(chosen=()):
    """Return the stages of a building's life in their order, each with its icon and whether it is among the chosen."""
    return [
        {"label": stage.label, "icon": STAGE_ICONS[stage], "is_chosen": stage.value in chosen}
        for stage in LifeCycleStage
    ]


@register.simple_tag
def member_shares(page):
    """Return the kinds of members of an organisation, with their numbers and shares in per cent."""
    total = page.member_total or 1
    return [
        {"label": label, "number": number, "share": round(100 * number / total, 1)} for label, number in page.members
    ]


@register.simple_tag
def matches_of(page):
    """Return the partners that offer what may fit what ``page`` seeks; none for a page that is not saved yet."""
    return matches_for(page, get_language()) if page.pk else []


@register.inclusion_tag("partners/includes/map.html", takes_context=True)
def partner_map(context, partners, numbers=None):
    """Draw Europe with pins for ``partners``: a list, linked, or one profile, as a picture. No query.

    ``numbers`` of partners by country, where more countries than theirs shall be linked to their lists.
    """
    is_one = isinstance(partners, PartnerPage)
    partners = [partners] if is_one else list(partners)
    numbers = numbers or Counter(partner.country for partner in partners)
    return {
        "request": context.get("request"),
        "page": context.get("page"),
        "is_one": is_one,
        "partners": partners,
        "countries": drawing.countries_of(numbers),
        "names": drawing.names_of(numbers, get_language()),
        "pins": drawing.pins_of(partners),
    }
