"""The chain of the ledger: each link covers its entry and the link before.

Entries are written in the transaction of what they tell of; they are linked afterwards, in one of
its own. The row of the head is the only one that is locked there, and nobody locks it elsewhere:
publications never wait for each other, and no two of them can wait in a circle. What a process that
died has left unlinked, the next one links.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction

from ..models.ledger import LedgerEntry, LedgerHead, LedgerLink
from ..sealing.things import digest_of

BEGINNING = "0" * 64
STEP = 1000


@transaction.atomic
def link_entries() -> int:
    """Link all entries that are not linked yet, and return how many these were."""
    unlinked = LedgerEntry.objects.filter(link=None).order_by("pk")
    if not unlinked.exists():
        return 0
    head, _is_new = LedgerHead.objects.select_for_update().get_or_create(
        pk=1, defaults={"hash": BEGINNING}
    )
    links = []
    for entry in unlinked:  # read anew: whoever had the lock before may have linked some
        number = head.number + 1
        link = LedgerLink(number=number, entry=entry, hash_before=head.hash)
        link.hash = hash_of(link)
        links.append(link)
        head.number = number
        head.hash = link.hash
    LedgerLink.objects.bulk_create(links, batch_size=STEP)
    head.save()
    return len(links)


def hash_of(link: LedgerLink) -> str:
    """Return the hash of a link: of its number, all of its entry, and the hash before."""
    entry = link.entry
    fields = {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    return digest_of([link.number, link.hash_before, fields])


def broken_links(links: Iterable[LedgerLink], head: LedgerHead | None) -> Iterator[str]:
    """Yield what is wrong with the chain, in words for administrators."""
    number = 0
    before = BEGINNING
    for link in links:
        number += 1
        if link.number != number:
            yield f"Row {number} is missing: row {link.number} comes next."
            number = link.number
        if link.hash_before != before:
            yield f"Row {link.number} does not follow the row before it."
        if link.hash != hash_of(link):
            yield f"Row {link.number} was changed after it was written."
        before = link.hash
    if head is None and number:
        yield "The end of the chain is not known any more."
    elif head is not None and (head.number, head.hash) != (number, before):
        yield f"The chain ends with row {number}, and ended with row {head.number} before."
