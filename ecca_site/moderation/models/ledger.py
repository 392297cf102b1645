"""The publication ledger: rows that are written once, and never changed or deleted.

A row is written in the transaction of what it tells of, and linked to the row before as soon as
that is committed (``ledger.chain``). Triggers of the database refuse what this code refuses.
"""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..ledger.rules import ACTS, RULES


def this_second() -> datetime.datetime:
    return timezone.now().replace(microsecond=0)


class WrittenOnce(Exception):
    """An attempt to change or delete a row of the ledger."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: object) -> int:
        raise WrittenOnce

    def delete(self) -> tuple[int, dict[str, int]]:
        raise WrittenOnce


class AppendOnly(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise WrittenOnce
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise WrittenOnce


class LedgerEntry(AppendOnly):
    """One page or snippet that went live or offline. People are keys (see ``Signatory``)."""

    act = models.CharField(max_length=10, choices=ACTS)
    kind = models.CharField(max_length=100)  # the name of a model
    key = models.CharField(max_length=40)
    language = models.CharField(max_length=20, blank=True)
    # Numbers, not relations: what they name may go, the row stays.
    revision_number = models.PositiveBigIntegerField(null=True)
    seal_digest = models.CharField(max_length=64, blank=True)
    signatory_key = models.CharField(max_length=32, blank=True)
    approved_at = models.DateTimeField(null=True)
    rule = models.CharField(max_length=20, choices=RULES)
    happened_at = models.DateTimeField(default=this_second)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="moderation_ledger_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.act}"


class LedgerLink(AppendOnly):
    """The place of an entry in the chain, with the hash that covers it and all before it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="link")
    hash_before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:8]}"


class LedgerHead(models.Model):
    """The end of the chain: its only row is locked by whoever links entries, and by nobody else."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:8]}"


def new_key() -> str:
    return uuid.uuid4().hex


class Signatory(models.Model):
    """The person behind a key of the ledger. Erased, the key stays and names nobody any more."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="signatory"
    )
    name = models.CharField(max_length=300, blank=True)
    address = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.name or self.key
