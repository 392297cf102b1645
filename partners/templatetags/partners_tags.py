from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import get_language

from partners.map import drawing
from partners.matchmaking import Match, matches_for
from partners.models import LifeCycleStage, PartnerPage

register = template.Library()

STAGE_ICONS: dict[Any, str] = {
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
def life_cycle_stages(chosen: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return the stages of a building's life in their order, with icons; some are chosen."""
    return [
        {"label": label, "icon": STAGE_ICONS[stage], "is_chosen": stage in chosen}
        for stage, label in LifeCycleStage.choices
    ]


@register.simple_tag
def member_shares(page: PartnerPage) -> list[dict[str, Any]]:
    """Return the kinds of members of an organisation, with their numbers and shares in per cent."""
    total = max(page.member_total, 1)
    shares = []
    for label, number in page.members:
        share = round(100 * number / total, 1)
        shares.append({"label": label, "number": number, "share": share})
    return shares


@register.simple_tag
def matches_of(page: PartnerPage) -> list[Match]:
    """Return the matches of a partner, for a page that is not saved yet an empty list."""
    if not page.pk:
        return []
    return matches_for(page, get_language())


@register.inclusion_tag("partners/includes/map.html", takes_context=True)
def partner_map(
    context: Context,
    partners: PartnerPage | Iterable[PartnerPage],
    numbers: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Draw Europe with pins for partners, without a query.

    The pins of a list are links; those of one profile are a picture. ``numbers`` of partners by
    country link more countries than theirs to their lists.
    """
    shown: list[PartnerPage] = []
    is_one = isinstance(partners, PartnerPage)
    if isinstance(partners, PartnerPage):
        shown.append(partners)
    else:
        shown.extend(partners)
    if not numbers:
        numbers = Counter(partner.country for partner in shown)
    return {
        "request": context.get("request"),
        "page": context.get("page"),
        "is_one": is_one,
        "partners": shown,
        "countries": drawing.countries_of(numbers),
        "names": drawing.names_of(numbers, get_language()),
        "pins": drawing.pins_of(shown),
    }
