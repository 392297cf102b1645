"""The proof that the ledger is whole, and that it tells of everything that is live."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model
from wagtail.models import DraftStateMixin, Page

from ..models.ledger import LedgerEntry, LedgerHead, LedgerLink
from .chain import broken_links, link_entries
from .record import kind_of
from .rules import Act

Live = dict[tuple[str, str], int | None]  # number of the live version, by kind and key


def problems() -> Iterator[str]:
    """Yield everything that is wrong, in words for administrators."""
    link_entries()
    links = LedgerLink.objects.select_related("entry").order_by("number")
    yield from broken_links(links.iterator(), LedgerHead.objects.first())
    yield from differences(live_by_ledger(), live_on_site())


def live_by_ledger() -> Live:
    """Return what is live as the entries tell, the last one of each thing."""
    live: Live = {}
    for entry in LedgerEntry.objects.order_by("pk").iterator():
        place = (entry.kind, entry.key)
        live.pop(place, None)
        if entry.act == Act.LIVE:
            live[place] = entry.revision_number
    return live


def live_on_site() -> Live:
    """Return what visitors can see: pages, and snippets that have a live version."""
    live: Live = {}
    for row in Page.objects.filter(live=True, depth__gt=1).iterator():
        live[kind_of(row), str(row.pk)] = row.live_revision_id
    for model in snippets():
        for row in model._base_manager.filter(live=True).iterator():
            live[kind_of(row), str(row.pk)] = row.live_revision_id
    return live


def snippets() -> list[type[Model]]:
    models = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [model for model in models if not issubclass(model, Page)]


def differences(by_ledger: Live, on_site: Live) -> Iterator[str]:
    for (kind, key), number in sorted(on_site.items()):
        if (kind, key) not in by_ledger:
            yield f"{kind} {key} is live, and the ledger does not tell of it."
        elif by_ledger[kind, key] != number:
            told = by_ledger[kind, key]
            yield f"{kind} {key} is live as version {number}, and by the ledger as version {told}."
    for kind, key in sorted(by_ledger.keys() - on_site.keys()):
        yield f"{kind} {key} is not live, and the ledger says it is."
