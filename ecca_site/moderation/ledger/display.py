"""The ledger in words, for the history of a page."""

import datetime
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from ..models.ledger import LedgerEntry
from .people import names_of
from .record import kind_of

MOST = 10


@dataclass(frozen=True)
class Publication:
    """One row: what happened, when, under which rule, and who approved it."""

    act: str
    happened_at: datetime.datetime
    rule: str
    name: str  # "" where nobody stands behind it
    approved_at: datetime.datetime | None


def publications_of(instance: Model) -> list[Publication]:
    """Return when something went live and offline, the latest first, by two queries."""
    entries = LedgerEntry.objects.filter(kind=kind_of(instance), key=str(instance.pk))
    latest = list(entries.order_by("-pk")[:MOST])
    names = names_of(entry.signatory_key for entry in latest)
    erased = _("somebody whose name was erased")
    found = []
    for entry in latest:
        name = ""
        if entry.signatory_key:
            name = names.get(entry.signatory_key, erased)
        found.append(
            Publication(
                act=entry.get_act_display(),
                happened_at=entry.happened_at,
                rule=entry.get_rule_display(),
                name=name,
                approved_at=entry.approved_at,
            )
        )
    return found
