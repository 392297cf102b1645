"""Partners that could work together, by what one seeks and others offer, and the reasons."""

from dataclasses import dataclass

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

    They are the pages that readers of a language see; it is one query, whatever the number of
    partners.
    """
    if not page.seeks:
        return []
    partners = PartnerPage.objects.by_name().for_readers(language_code)
    others = partners.exclude(translation_key=page.translation_key).exclude(offers="")
    others = others.select_related("locale").defer("introduction", "seeks")
    matches = [_match(page, other) for other in others]
    good = [match for match in matches if match.themes or match.is_in_target]
    good.sort(key=lambda match: -match.score)
    return good[:MOST]


def _match(page: PartnerPage, other: PartnerPage) -> Match:
    common = [code for code in page.themes if code in other.themes]
    return Match(
        partner=other,
        themes=page._meta.get_field("themes").labels(common),
        is_in_target=other.country in page.target_countries,
        is_targeting=page.country in other.target_countries,
    )
