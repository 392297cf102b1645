from django import template
from django.utils.translation import get_language

from conferences.models import ConferencePage

register = template.Library()


@register.simple_tag
def next_conference():
    """Return the next conference of the active language that is not cancelled, or None."""
    conferences = ConferencePage.objects.live().public().filter(locale__language_code=get_language()).for_cards()
    return conferences.upcoming().exclude(status="cancelled").first()
