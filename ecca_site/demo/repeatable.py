"""Pages that are the same whenever they are made: a clock, keys and salts of their own."""

import datetime
import random
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

BEGINNING = datetime.datetime(2026, 11, 2, 8, tzinfo=datetime.UTC)
TICK = datetime.timedelta(milliseconds=1)


class Clock:
    """A clock that goes on by a tick whenever somebody looks."""

    def __init__(self) -> None:
        self.moment = BEGINNING

    def now(self) -> datetime.datetime:
        self.moment += TICK
        return self.moment


@contextmanager
def repeatable() -> Iterator[None]:
    """Let Django's clock tick by itself, and let chance repeat itself.

    Whoever needs the same order of sets, too, sets ``PYTHONHASHSEED``.
    """
    chance = random.Random(0)  # noqa: S311  of a demo, which has no secrets
    with (
        mock.patch("django.utils.timezone.now", Clock().now),
        mock.patch("os.urandom", chance.randbytes),
        mock.patch("random._urandom", chance.randbytes),
    ):
        yield
