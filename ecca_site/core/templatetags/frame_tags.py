from typing import Any

from django import template
from django.template import Context

from ecca_site.core import frame
from ecca_site.i18n.languages import source_language

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> frame.Frame:
    """Return the frame of the active language, its menu marked for the page that is shown."""
    data = frame.site_frame()
    path = context["request"].path
    return {**data, "menu": [_marked(entry, path) for entry in data["menu"]]}


def _marked(entry: dict[str, Any], path: str) -> dict[str, Any]:
    """Return an entry of the menu that says whether it is the page at a path, or above it."""
    is_current = entry["url"] == path
    is_ancestor = not is_current and path.startswith(entry["url"])
    return {**entry, "is_current": is_current, "is_ancestor": is_ancestor}


@register.simple_tag
def funding() -> dict[str, Any]:
    """Return the EU funding texts for mails and views, which are no page.

    They are in the active language, or in the site's own where that one has no home page.
    """
    home = frame.site_frame()["home"]
    if not home:
        home = frame.site_frame(source_language())["home"] or {}
    return {
        "statement": home.get("funding_statement", ""),
        "disclaimer": home.get("funding_disclaimer", ""),
        "is_sample": home.get("is_disclaimer_sample", False),
    }
