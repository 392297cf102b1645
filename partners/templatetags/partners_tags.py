from django import template
from django.utils.translation import get_language

from ecca_site.core.pictures import attach_renditions
from partners.models import PartnerPage

register = template.Library()


@register.simple_tag
def all_partners():
    partners = PartnerPage.objects.live().public().filter(locale__language_code=get_language()).by_name().for_cards()
    partners = list(partners)
    attach_renditions(partner.logo for partner in partners)
    return partners
