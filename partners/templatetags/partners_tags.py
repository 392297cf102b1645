from django import template
from django.utils.translation import get_language

from ecca_site.core.pictures import attach_renditions
from partners.models import LifeCycleStage, PartnerPage

register = template.Library()


@register.simple_tag
def all_partners():
    partners = PartnerPage.objects.live().public().filter(locale__language_code=get_language()).by_name().for_cards()
    partners = list(partners)
    attach_renditions(partner.logo for partner in partners)
    return partners


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
def life_cycle_stages():
    """Return the stages of a building's life in their order, each with its icon."""
    return [{"label": stage.label, "icon": STAGE_ICONS[stage]} for stage in LifeCycleStage]
