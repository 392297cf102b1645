from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from ecca_site.delivery.fallback import ReaderQuerySet
from ecca_site.delivery.models import ReaderEntry
from ecca_site.delivery.reader_lists import ReaderList, entries_of

from .status import OFF, Status

if TYPE_CHECKING:
    from .conference import ConferencePage

HEAVY = (
    "body",
    "programme",
    "tracks",
    "rooms",
    "documents",
    "how_to_join",
    "report",
    "call_text",
    "consent_text",
)


def this_minute() -> datetime:
    """Return when this minute began: so long what is counted stays the same."""
    return timezone.now().replace(second=0, microsecond=0)


class ConferencePageQuerySet(ReaderQuerySet):
    def upcoming(self, language_code: str) -> "ReaderList[ConferencePage]":
        """Return what readers of a language are shown of those that are not over, soonest first.

        A cancelled conference stays in the list until its day has passed.
        """
        entries = entries_of(self.model, language_code).exclude(category=Status.PAST)
        not_over = entries.filter(until__gte=this_minute())
        return self._list(not_over.order_by("is_elsewhere", "date", "page"), language_code)

    def past(self, language_code: str) -> "ReaderList[ConferencePage]":
        """Return what readers of a language are shown of those that are over, latest first."""
        is_over = Q(until__lt=this_minute()) | Q(category=Status.PAST)
        entries = entries_of(self.model, language_code).filter(is_over)
        return self._list(entries.order_by("is_elsewhere", "-date", "page"), language_code)

    def next_one(self, language_code: str) -> "ConferencePage | None":
        """Return the next conference that takes place, as readers of a language see it."""
        entries = entries_of(self.model, language_code).filter(until__gte=this_minute())
        entries = entries.exclude(category__in=(Status.PAST, *OFF))
        found = self._list(entries.order_by("date", "page"), language_code)[:1]
        return found[0] if found else None

    def _list(
        self, entries: QuerySet[ReaderEntry], language_code: str
    ) -> "ReaderList[ConferencePage]":
        return ReaderList(entries, self.for_cards(), language_code)

    def for_cards(self) -> Self:
        """Read what a card shows; bodies and programmes stay in the database."""
        return self.select_related("lead_image", "locale").defer(*HEAVY)

    def hosted_by(self, partner: Page) -> Self:
        """Return the conferences that an organisation holds, by its profile in any language."""
        return self.filter(host__translation_key=partner.translation_key)
