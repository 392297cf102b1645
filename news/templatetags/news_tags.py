from django import template
from django.utils.translation import get_language

from ecca_site.core.pictures import attach_renditions
from news.models import NewsPage

register = template.Library()


@register.simple_tag
def latest_news(count=3):
    news = NewsPage.objects.live().public().filter(locale__language_code=get_language()).newest_first().for_cards()
    items = list(news[:count])
    attach_renditions(item.lead_image for item in items)
    return items
