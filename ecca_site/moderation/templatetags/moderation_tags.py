from django import template

from ..effects import effects_of

register = template.Library()


@register.inclusion_tag("moderation/effects.html")
def effects(page, action):
    """Say what "unpublish", "delete" or "move" of a page affects."""
    return {"affected": effects_of(page, action)}
