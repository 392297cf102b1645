from django import template
from django.conf import settings

from home import frame

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context):
    """Return the frame of the active language, with the menu's entries marked for the page that is shown."""
    data = frame.site_frame()
    path = context["request"].path
    menu = [
        {
            **entry,
            "is_current": entry["url"] == path,
            "is_ancestor": entry["url"] != path and path.startswith(entry["url"]),
        }
        for entry in data["menu"]
    ]
    return {**data, "menu": menu}


@register.simple_tag
def funding():
    """Return the EU funding texts for what is no page: in the active language, else in the site's own."""
    home = frame.site_frame()["home"] or frame.site_frame(settings.LANGUAGE_CODE)["home"] or {}
    return {
        "statement": home.get("funding_statement", ""),
        "disclaimer": home.get("funding_disclaimer", ""),
        "is_sample": home.get("is_disclaimer_sample", False),
    }
