"""Partners that could work together, by what one seeks and others offer, and the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Max, Q, QuerySet, Sum, When

from ecca_site.delivery.models import ReaderEntry, ReaderFacet
from ecca_site.delivery.reader_lists import ReaderList, entries_of

from .models import PartnerPage

MOST = 3  # partners


@dataclass(frozen=True)
class Match:
    """One partner that offers something, with the reasons for showing it to another."""

    partner: PartnerPage
    themes: list[str]  # names of those that both work on
    is_in_target: bool  # the partner is in a country that the other one targets
    is_targeting: bool  # the partner targets the country of the other one

    @property
    def score(self) -> int:
        """The weight of the reasons: without a theme in common a country alone says little."""
        score = 3 * len(self.themes)
        if self.is_in_target:
            score += 2
        if self.is_targeting:
            score += 1
        return score


def matches_for(page: PartnerPage, language_code: str) -> list[Match]:
    """Return the best matches of a partner that seeks something, best first.

    They are the pages that readers of a language see. The reader index weighs the reasons, so that
    no other partner is read.
    """
    if not page.seeks:
        return []
    best: list[PartnerPage] = ReaderList(_by_score(page, language_code), _cards(), language_code)[
        :MOST
    ]
    return [_match(page, other) for other in best]


def _by_score(page: PartnerPage, language_code: str) -> QuerySet[ReaderEntry]:
    """Return the entries of partners that offer something and fit, those with most reasons first.

    The weights are those of ``Match.score``.
    """
    theme = _answers("theme", page.themes)
    in_target = _answers("country", page.target_countries)
    targeting = _answers("target", [page.country])
    offering = ReaderFacet.objects.filter(question="cooperation", answer="offers")
    others = entries_of(PartnerPage, language_code).exclude(translation_key=page.translation_key)
    others = others.filter(page__in=offering.values("page")).filter(theme | in_target | targeting)
    weight = Case(When(theme, then=3), When(in_target, then=2), When(targeting, then=1))
    good = others.annotate(score=Sum(weight), best=Max(weight)).filter(best__gt=1)
    return good.order_by("-score", "is_elsewhere", "place", "page")


def _answers(question: str, answers: Sequence[str]) -> Q:
    return Q(page__facets__question=question, page__facets__answer__in=answers)


def _cards() -> QuerySet[PartnerPage]:
    return PartnerPage.objects.select_related("locale").defer("introduction", "seeks")


def _match(page: PartnerPage, other: PartnerPage) -> Match:
    common = [code for code in page.themes if code in other.themes]
    return Match(
        partner=other,
        themes=page._meta.get_field("themes").labels(common),
        is_in_target=other.country in page.target_countries,
        is_targeting=page.country in other.target_countries,
    )
