from typing import Self

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from ecca_site.delivery.fallback import ReaderQuerySet

from .status import Status

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


class ConferencePageQuerySet(ReaderQuerySet):
    def upcoming(self) -> Self:
        """Return the conferences that are not over yet, soonest first.

        A cancelled conference stays in the list until its day has passed.
        """
        not_over = self.filter(end_at__gte=timezone.now()).exclude(status=Status.PAST)
        return not_over.order_by("start_at", "pk")

    def past(self) -> Self:
        """Return the conferences that are over, latest first."""
        is_over = Q(end_at__lt=timezone.now()) | Q(status=Status.PAST)
        return self.filter(is_over).order_by("-start_at", "pk")

    def for_cards(self) -> Self:
        """Read what a card shows; bodies and programmes stay in the database."""
        return self.select_related("lead_image", "locale").defer(*HEAVY)

    def hosted_by(self, partner: Page) -> Self:
        """Return the conferences that an organisation holds, by its profile in any language."""
        return self.filter(host__translation_key=partner.translation_key)
