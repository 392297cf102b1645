"""A stamp for each language, which changes whenever something of that language is published.

It makes what was kept unreachable, exactly and at little cost. The truth is in the database, in the
transaction of the publication; the cache holds a copy, so that a page costs no query. Whatever the
cache loses, misses or brings back, the copy is believed for a minute at most.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from .memory import asked_once, forget, hand_on, handed_on, know
from .models import Change

# Seconds; a page is kept for longer, so that none outlives what it was made of.
COPY_SECONDS = min(60, settings.PAGE_CACHE_SECONDS)
# Changes that make a stamp: a transaction that began before others and ends after them counts, too.
LATEST = 50
WAITING = "languages whose stamps are copied when the transaction ends"


@asked_once
def language_stamp(language_code: str) -> str:
    """Return the stamp of a language: no query while the cache has a copy."""
    stamp: str | None = cache.get(_key(language_code))
    return stamp or _read_and_copy(language_code)


def _read_and_copy(language_code: str) -> str:
    stamp = _read(language_code)
    # Only where there is none: one that was put there since is newer.
    cache.add(_key(language_code), stamp, COPY_SECONDS)
    return stamp


def language_stamps(language_codes: Collection[str]) -> list[str]:
    """Return the stamps of several languages, by one way to the cache while it has copies."""
    found = cache.get_many([_key(code) for code in language_codes])
    return [found.get(_key(code)) or _read_and_copy(code) for code in language_codes]


def with_stamp(language_code: str, key: str) -> tuple[str, Any]:
    """Return the stamp of a language and what the cache has at a key, by one way to the cache."""
    found = cache.get_many([_key(language_code), key])
    stamp = found.get(_key(language_code)) or _read_and_copy(language_code)
    know(language_stamp, language_code, stamp)
    return stamp, found.get(key)


def bump(language_codes: Iterable[str] | None = None) -> None:
    """Make everything that is cached for these languages, by default all, unreachable.

    That is part of the transaction; what is read until its end keeps the stamp of before.
    """
    if language_codes is None:
        language_codes = [code for code, _name in settings.LANGUAGES]
    codes = sorted(set(language_codes))
    Change.objects.bulk_create([Change(language_code=code) for code in codes])
    forget()
    # What is published together changes more than once in a request, and is copied once.
    waiting = handed_on(WAITING)
    if not isinstance(waiting, set):
        waiting = set()
        hand_on(WAITING, waiting)
    waiting.update(codes)
    transaction.on_commit(partial(_copy_waiting, waiting))


def _copy_waiting(waiting: set[str]) -> None:
    if waiting:
        copy(sorted(waiting))
        waiting.clear()


def copy(language_codes: Iterable[str]) -> None:
    """Put the stamps of languages into the cache."""
    codes = list(language_codes)
    stamps = _read_all(codes)
    _keep(stamps)
    # Of two who publish at once the slower one would put back what is old by now.
    while stamps != (newer := _read_all(codes)):
        stamps = newer
        _keep(stamps)
    forget()


def _keep(stamps: dict[str, str]) -> None:
    cache.set_many({_key(code): stamp for code, stamp in stamps.items()}, COPY_SECONDS)


def forget_old_changes() -> None:
    """Delete the changes that make no stamp any more."""
    for code, _name in settings.LANGUAGES:
        changes = Change.objects.filter(language_code=code)
        old = changes.order_by("-pk").values_list("pk", flat=True)[LATEST * 2 :].first()
        if old is not None:
            changes.filter(pk__lte=old).delete()


def _key(language_code: str) -> str:
    return f"stamp:{language_code}"


def _read(language_code: str) -> str:
    changes = Change.objects.filter(language_code=language_code).order_by("-pk")
    return _stamp_of(changes.values_list("token", flat=True)[:LATEST])


def _read_all(language_codes: list[str]) -> dict[str, str]:
    """Return the stamps of several languages, mostly by one query.

    Publications change them all, so that the latest changes of any are the latest of each. Where
    one has changed more seldom it is asked for alone.
    """
    number = LATEST * len(language_codes)
    latest = list(Change.objects.order_by("-pk").values_list("language_code", "token")[:number])
    tokens: dict[str, list[UUID]] = defaultdict(list)
    for code, token in latest:
        tokens[code].append(token)
    stamps = {}
    for code in language_codes:
        is_known = len(latest) < number or len(tokens[code]) >= LATEST
        stamps[code] = _stamp_of(tokens[code][:LATEST]) if is_known else _read(code)
    return stamps


def _stamp_of(tokens: Iterable[UUID]) -> str:
    return hashlib.sha256("".join(token.hex for token in tokens).encode()).hexdigest()[:32]
