"""The rules under which something goes live or offline, and the one that holds at this moment.

It is imported while Wagtail's models are being defined, so it must not import them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from ecca_site.users.models import User


class Act(StrEnum):
    LIVE = "live"
    OFFLINE = "offline"


class Rule(StrEnum):
    REVIEW = "review"
    OVERRIDE = "override"
    DIRECT = "direct"
    SCHEDULE = "schedule"
    RELEASE = "release"
    REQUEST = "request"
    ORIGINAL = "original"
    COMMAND = "command"


ACTS = [
    (Act.LIVE.value, _("went live")),
    (Act.OFFLINE.value, _("went offline")),
]
RULES = [
    (Rule.REVIEW.value, _("by a review")),
    (Rule.OVERRIDE.value, _("by an administrator, against the rule of four eyes")),
    (Rule.DIRECT.value, _("without a review")),
    (Rule.SCHEDULE.value, _("on its date")),
    (Rule.RELEASE.value, _("together with its languages")),
    (Rule.REQUEST.value, _("as was asked for")),
    (Rule.ORIGINAL.value, _("with the facts of its original")),
    (Rule.COMMAND.value, _("by a command")),
]


_current: "ContextVar[tuple[Rule, User | None] | None]" = ContextVar("rule", default=None)


@contextmanager
def under(rule: Rule, user: "User | None" = None) -> Iterator[None]:
    """Let everything that goes live or offline within be done under a rule, and by somebody."""
    token = _current.set((rule, user))
    try:
        yield
    finally:
        _current.reset(token)


def current() -> "tuple[Rule, User | None] | None":
    return _current.get()
