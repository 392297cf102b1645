"""The totals of the coverage board: in how many pages each language is in each state."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from ecca_site.core.counted import counted
from ecca_site.i18n.languages import LANGUAGE_NAMES
from ecca_site.i18n.originals import are_originals

from .board import Reviews, State, cells, reviews_of_pages

# The states in which something is to be done.
TO_DO = (State("stale"), State("draft"), State("missing"))


@dataclass(frozen=True)
class Totals:
    """How many rows there are, and for each language how many of them are in each state."""

    number: int
    states: dict[str, dict[State, int]]
    # Of the drafts of each language those that are translations of nothing.
    being_written: dict[str, int]

    def to_translate(self, code: str) -> list[tuple[State, int]]:
        """Return each state of ``TO_DO`` with the number of translations into a language."""
        numbers = []
        for state in TO_DO:
            number = self.states[code][state]
            if state == State.DRAFT:
                number -= self.being_written[code]
            numbers.append((state, number))
        return numbers


def totals(rows: PageQuerySet, number: int, codes: Collection[str], reviews: Reviews) -> Totals:
    """Return the totals of some rows, of which there are ``number``, by one query."""
    keys = rows.order_by().values("translation_key")
    return _totals(cells(reviews, codes).filter(translation_key__in=keys), number, codes)


def site_totals() -> Totals:
    """Return the totals of the whole site, counted again where something has changed."""
    return counted("coverage-totals", _count_site)


def _count_site() -> Totals:
    # Each page is a row or says the same as one: what is counted need not ask which.
    keys = Page.objects.filter(depth__gt=1).order_by()
    number = keys.aggregate(number=Count("translation_key", distinct=True))["number"]
    codes = list(LANGUAGE_NAMES)
    return _totals(cells(reviews_of_pages(), codes), number, codes)


def _totals(found: PageQuerySet, number: int, codes: Collection[str]) -> Totals:
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
    return Totals(number, states_of, being_written)
