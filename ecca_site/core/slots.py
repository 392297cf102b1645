"""Places on pages that higher rooms fill.

A template has ``{% slot "profile" %}``; a room above fills it in its ``ready``, with a template and
a function that gives this template its context, or None where there is nothing to show. Names:
``above`` the text of every page, ``profile`` of a partner, ``news_list`` and ``partner_list``;
``schedule`` in the editor, below the dates of a page.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

ContextOf = Callable[[Context], dict[str, Any] | None]

_fillings: dict[str, dict[str, ContextOf]] = defaultdict(dict)


def fill(name: str, template_name: str, context_of: ContextOf) -> None:
    """Show a template in a slot, after the templates that fill it already."""
    _fillings[name][template_name] = context_of


def render(name: str, context: Context) -> SafeString:
    """Return all that fills a slot of the page that is shown."""
    parts = []
    for template_name, context_of in _fillings[name].items():
        values = context_of(context)
        if values is not None:
            with context.push(**values):
                parts.append(get_template(template_name).template.render(context))
    return mark_safe("".join(parts))  # noqa: S308  templates have escaped it
