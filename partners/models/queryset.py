from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from ecca_site.delivery.fallback import ReaderQuerySet
from ecca_site.delivery.models import ReaderEntry
from ecca_site.delivery.reader_lists import ReaderList, entries_of

if TYPE_CHECKING:
    from .profile import PartnerPage


class PartnerPageQuerySet(ReaderQuerySet):
    def for_cards(self) -> Self:
        """Read what a card shows; bodies stay in the database."""
        return self.select_related("logo", "locale").defer("introduction", "offers", "seeks")

    def shown_in(
        self, language_code: str, entries: QuerySet[ReaderEntry] | None = None
    ) -> "ReaderList[PartnerPage]":
        """Return the partners that readers of a language are shown, by name.

        ``entries`` are some of the reader index, by default all.
        """
        if entries is None:
            entries = entries_of(self.model, language_code)
        in_order = entries.order_by("is_elsewhere", "place", "page")
        return ReaderList(in_order, self.for_cards(), language_code)
