"""Who could work with whom: what one partner seeks against what the others offer, and why."""

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
    def score(self):
        """A theme in common weighs most: without one, a country alone says little."""
        return 3 * len(self.themes) + 2 * self.is_in_target + self.is_targeting


def matches_for(page, language_code):
    """Return the best matches of a partner that seeks something, best first, as readers of a language see them.

    One query, whatever the number of partners.
    """
    if not page.seeks:
        return []
    others = PartnerPage.objects.by_name().for_readers(language_code).exclude(translation_key=page.translation_key)
    others = others.exclude(offers="").select_related("locale").defer("introduction", "seeks")
    matches = [_match(page, other) for other in others]
    return sorted((match for match in matches if match.themes or match.is_in_target), key=lambda match: -match.score)[
        :MOST
    ]


def _match(page, other):
    common = [code for code in page.themes if code in other.themes]
    return Match(
        partner=other,
        themes=page._meta.get_field("themes").labels(common),
        is_in_target=other.country in page.target_countries,
        is_targeting=page.country in other.target_countries,
    )
