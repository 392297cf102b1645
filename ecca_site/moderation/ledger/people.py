"""The names behind the keys of the ledger: kept apart, so that they can be erased."""

from collections.abc import Iterable

from django.db.models import QuerySet

from ecca_site.users.models import User

from ..models.ledger import Signatory
from ..models.people import display_name


def key_of(user: User | None) -> str:
    """Return the key of a person in the ledger, "" for nobody; the name is kept as it is now."""
    if user is None:
        return ""
    signatory, _is_new = Signatory.objects.get_or_create(user=user)
    name = display_name(user)
    if (signatory.name, signatory.address) != (name, user.email):
        signatory.name = name
        signatory.address = user.email
        signatory.save(update_fields=["name", "address"])
    return signatory.key


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Return the names that these keys still have."""
    found = Signatory.objects.filter(key__in=set(keys)).exclude(name="")
    return dict(found.values_list("key", "name"))


# --- On its owner's request ----------------------------------------------------------------------
def export(address: str) -> dict[str, list[dict[str, str]]]:
    """Return the names that the ledger has of an address without an account, for JSON."""
    found = _without_account(address)
    return {"signatories": list(found.values("name", "address"))}


def erase_address(address: str) -> int:
    """Erase the names of an address without an account; return how many. Their keys stay."""
    return _without_account(address).update(name="", address="")


def _without_account(address: str) -> QuerySet[Signatory]:
    return Signatory.objects.filter(user=None, address__iexact=address)
