from collections.abc import Iterable
from urllib.parse import urlencode

from django import template
from django.db.models import Model
from django.template import Context
from wagtail.models import Page

from ..effects import NAMED, Effects, cascaded, effects_of
from ..ledger.display import Publication, publications_of
from ..sealing.uses import FILES, Uses, uses_of

register = template.Library()


@register.inclusion_tag("moderation/effects.html", takes_context=True)
def effects(context: template.Context, page: Page, action: str) -> dict[str, Effects]:
    """Show the effects of "unpublish", "delete" or "move" of a page, done by whoever looks."""
    going = cascaded(page, action, context["request"].user)
    return {"affected": effects_of(page, action, going)}


@register.inclusion_tag("moderation/named.html", takes_context=True)
def named(context: template.Context, page: Page, action: str) -> dict[str, object]:
    """Let a form take along the translations that it has named, not those that come later."""
    going = cascaded(page, action, context["request"].user)
    return {"name": NAMED, "keys": ["", *sorted(going)]}


@register.simple_tag(takes_context=True)
def naming(
    context: template.Context, address: str, items: Iterable[dict[str, Page]], action: str
) -> str:
    """Return the address of a form that acts on several pages, with what it has named."""
    keys = {""}
    for entry in items:
        keys.update(map(str, cascaded(entry["item"], action, context["request"].user)))
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode([(NAMED, key) for key in sorted(keys)])}"


@register.inclusion_tag("moderation/publications.html")
def publications(page: Page) -> dict[str, list[Publication]]:
    """Show when a page went live and offline, and who approved it."""
    return {"publications": publications_of(page)}


@register.simple_tag(takes_context=True)
def file_uses(context: Context, instance: Model) -> Uses:
    """Return who uses a picture or a document, nobody for anything else."""
    if not isinstance(instance, FILES):
        return Uses()
    return uses_of([instance], context["request"].user)[instance.pk]


@register.simple_tag(takes_context=True)
def files_in_use(context: Context, items: Iterable[dict[str, Model]]) -> list[tuple[Model, Uses]]:
    """Return those files of a bulk action that are in use, each with who uses it."""
    files = [item["item"] for item in items]
    if not files:
        return []
    uses = uses_of(files, context["request"].user)
    return [(file, uses[file.pk]) for file in files if uses[file.pk]]
