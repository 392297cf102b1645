from typing import Self

from ecca_site.delivery.fallback import ReaderQuerySet


class PartnerPageQuerySet(ReaderQuerySet):
    def by_name(self) -> Self:
        return self.order_by("title", "pk")

    def for_cards(self) -> Self:
        """Read what a card shows; bodies stay in the database."""
        return self.select_related("logo", "locale").defer("introduction", "offers", "seeks")
