"""The short list of partners that other rooms' pages show."""

from typing import Any

from django.template import Context
from django.utils.translation import get_language

from ecca_site.delivery.outline import outline, trail

from .models import PartnerPage

MOST_IN_A_BLOCK = 12


def first_partners(context: Context) -> dict[str, Any]:
    """Return the first twelve organisations, those with a profile in the active language first.

    Where there are more, ``directory`` is the address of the list of all.
    """
    found = PartnerPage.objects.shown_in(get_language())[: MOST_IN_A_BLOCK + 1]
    directory = None
    if len(found) > MOST_IN_A_BLOCK:
        sections = outline(get_language())
        above = trail(sections, found[0])
        directory = above[-1][1] if above else None
    return {"first": {"partners": found[:MOST_IN_A_BLOCK], "directory": directory}}
