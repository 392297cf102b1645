from django import template

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
