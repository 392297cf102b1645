"""What the directory knows of a partner: answers by which it is narrowed, and the folded words."""

from collections.abc import Sequence
from html import unescape
from typing import TYPE_CHECKING

from django.utils.html import strip_tags

from ecca_site.delivery.fallback import ReaderFacts
from ecca_site.i18n.analysis import fold

if TYPE_CHECKING:
    from .models import PartnerPage

TEXTS = ("title", "legal_name", "short_name", "city", "offers", "seeks", "introduction")
COOPERATION = ("offers", "seeks")
FIELDS = (
    *TEXTS, "country", "themes", "partner_class", "working_languages", "target_countries",
)  # fmt: skip
# The questions of the directory's form; "target" is one of matchmaking alone.
QUESTIONS = ("country", "theme", "kind", "cooperation", "language")


def facts_of(partner: "PartnerPage") -> ReaderFacts:
    words = unescape(strip_tags(" ".join(getattr(partner, name) for name in TEXTS)))
    facets: dict[str, Sequence[str]] = {
        "country": [partner.country],
        "theme": partner.themes,
        "kind": [partner.partner_class],
        "cooperation": [name for name in COOPERATION if getattr(partner, name)],
        "language": partner.working_languages,
        "target": partner.target_countries,
    }
    return ReaderFacts(facets=facets, text=fold(words))
