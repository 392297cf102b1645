from django import template

from ecca_site.translation.glossary.hints import Hints
from ecca_site.translation.localize.records import Translation

register = template.Library()


@register.simple_tag
def translation_hints(translation: Translation) -> Hints:
    """Return what the editor says about the texts of a translation (``Hints``)."""
    return Hints(translation)
