"""The approved versions that rooms above hold back until something else is approved, too."""

from collections.abc import Callable

from django.db.models import Q

Holds = Callable[[], Q]  # returns a condition on ``pk`` of versions
_holds: list[Holds] = []


def also_held(holds: Holds) -> None:
    """Count the versions that a room above holds back."""
    _holds.append(holds)


def held() -> Q:
    """Return the condition on versions that are held back."""
    condition = Q(pk__in=[])
    for holds in _holds:
        condition |= holds()
    return condition
