"""The totals of the coverage board: in how many pages each language is in each state."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from ecca_site.core.counted import counted
from ecca_site.i18n.languages import LANGUAGE_NAMES
from ecca_site.i18n.originals import are_originals

from ..models import TranslationState
from .board import Reviews, State, cells, reviews_of_pages

# The states in which something is to be done.
TO_DO = (State("stale"), State("draft"), State("missing"))


@dataclass(frozen=True)
class Totals:
    """How many rows there are, and for each language how many of them are in each state."""

    number: int
    states: dict[str, dict[State, int]]


@dataclass(frozen=True)
class SiteTotals(Totals):
    """The totals of the whole site, with what of them is no translation."""

    # By language: drafts of what is written first in it, and rows that it lacks and of which the
    # original is gone, so that nobody can translate them any more.
    being_written: dict[str, int]
    lost: dict[str, int]

    def to_translate(self, code: str) -> list[tuple[State, int]]:
        """Return each state of ``TO_DO`` with the number of translations into a language."""
        no_translations = {State.DRAFT: self.being_written[code], State.MISSING: self.lost[code]}
        numbers = []
        for state in TO_DO:
            number = self.states[code][state] - no_translations.get(state, 0)
            numbers.append((state, number))
        return numbers


def totals(rows: PageQuerySet, number: int, codes: Collection[str], reviews: Reviews) -> Totals:
    """Return the totals of some rows, of which there are ``number``, by one query."""
    keys = rows.order_by().values("translation_key")
    found = cells(reviews, codes).filter(translation_key__in=keys)
    states, _being_written = _count(found, number, codes)
    return Totals(number, states)


def site_totals() -> SiteTotals:
    """Return the totals of the whole site, counted again where something has changed."""
    return counted("coverage-totals", _count_site)


def _count_site() -> SiteTotals:
    # Each page is a row or says the same as one: what is counted need not ask which.
    keys = Page.objects.filter(depth__gt=1).order_by()
    number = keys.aggregate(number=Count("translation_key", distinct=True))["number"]
    codes = list(LANGUAGE_NAMES)
    states, being_written = _count(cells(reviews_of_pages(), codes), number, codes)
    return SiteTotals(number, states, being_written, _lost(codes))


def _count(
    found: PageQuerySet, number: int, codes: Collection[str]
) -> tuple[dict[str, dict[State, int]], dict[str, int]]:
    """Return for each language its numbers by state, and how many drafts it writes first."""
    states_of = {code: dict.fromkeys(State, 0) for code in codes}
    being_written = dict.fromkeys(codes, 0)
    by_state = found.order_by().values_list("locale__language_code", "state")
    counts = by_state.annotate(
        count=Count("pk"),
        being_written=Count("pk", filter=Q(state=State.DRAFT) & are_originals()),
    )
    for code, state, count, written in counts:
        states_of[code][State(state)] = count
        being_written[code] += written
    for states in states_of.values():
        states[State.MISSING] = number - sum(states.values())
    return states_of, being_written


def _lost(codes: Collection[str]) -> dict[str, int]:
    """Return for each language how many of the rows without an original it lacks."""
    orphans = TranslationState.objects.filter(source=None).values("page__translation_key")
    left = Page.objects.filter(translation_key__in=orphans).order_by()
    languages: dict[UUID, set[str]] = {}
    for key, code in left.values_list("translation_key", "locale__language_code"):
        languages.setdefault(key, set()).add(code)
    lost = {}
    for code in codes:
        lost[code] = len([there for there in languages.values() if code not in there])
    return lost
