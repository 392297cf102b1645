"""A seal in words, for whoever reviews what it holds."""

import datetime
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from wagtail.models import TaskState

from ..models import display_name
from . import seals
from .things import UNSEEN, Difference


@dataclass(frozen=True)
class Sealed:
    """What a version shows besides its own content, and what of it was changed since."""

    made_at: datetime.datetime
    authors: list[str]
    names_by_kind: dict[str, list[str]]
    changed: list[Difference]


def sealed(task_state: TaskState) -> Sealed | None:
    """Return what a version under review was sealed with, None where it never was."""
    seal = seals.of_task_state(task_state)
    if seal is None:
        return None
    names: dict[str, list[str]] = {}
    for thing in seals.things_in(seal):
        if thing.mark not in UNSEEN:
            names.setdefault(thing.kind_in_words, []).append(thing.name)
    authors = get_user_model().objects.filter(pk__in=seal.authors).order_by("pk")
    return Sealed(
        made_at=seal.made_at,
        authors=[display_name(author) for author in authors],
        names_by_kind=names,
        changed=seals.changes_under(seal),
    )
