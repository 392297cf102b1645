from django import template

from ..notice import notice_for

register = template.Library()


@register.inclusion_tag("translation/stale_notice.html", takes_context=True)
def stale_notice(context):
    page = context.get("page")
    is_preview = getattr(context.get("request"), "is_preview", False)
    return {"notice": notice_for(page) if page and page.pk and not is_preview else None}
