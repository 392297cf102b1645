"""Secret addresses: whoever was given one may open what it names, without an account.

An address is signed, so that nobody guesses another one, and the database alone is not enough to
make one. The moment when it ends is a signed part of it; without one it lasts as long as its thing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone


@dataclass(frozen=True)
class Opened:
    """The contents of a token of ours: the primary key of its thing, and whether it has ended."""

    key: str
    is_expired: bool


@dataclass(frozen=True)
class SecretLinks:
    """The secret addresses of one kind of thing."""

    view_name: str
    salt: str

    def token_of(self, thing: Model, until: datetime | None = None) -> str:
        """Return the part of an address that only this site can make."""
        end = str(int(until.timestamp())) if until else ""
        return self._signer.sign(f"{thing.pk}.{end}")

    def address_of(self, thing: Model, until: datetime | None = None) -> str:
        """Return the absolute address of a thing, below the active language where it has one."""
        path = reverse(self.view_name, args=[self.token_of(thing, until)])
        return settings.WAGTAILADMIN_BASE_URL + path

    def open(self, token: str) -> Opened | None:
        """Return what a token says, None where it is not ours; this asks no database."""
        try:
            key, _, end = self._signer.unsign(token).partition(".")
        except BadSignature:
            return None
        is_expired = bool(end) and timezone.now() >= datetime.fromtimestamp(int(end), UTC)
        return Opened(key, is_expired)

    def key_at(self, token: str) -> str | None:
        """Return the key in a token of ours that has not ended, None for any other."""
        opened = self.open(token)
        return None if opened is None or opened.is_expired else opened.key

    @property
    def _signer(self) -> Signer:
        return Signer(salt=self.salt, sep=".")
