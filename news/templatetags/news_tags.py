from django import template
from django.utils.translation import get_language

from news.models import NewsPage

register = template.Library()


@register.simple_tag
def latest_news(count=3):
    """Return the newest news of the active language; where it has too few, the newest ones of other languages."""
    return list(NewsPage.objects.newest_first().for_readers(get_language()).for_cards()[:count])
