from django.db.models import Q
from django.utils import timezone

from ecca_site.core.fallback import ReaderQuerySet

from .status import Status

HEAVY = ("body", "programme", "tracks", "rooms", "documents", "how_to_join", "report", "call_text", "consent_text")


class ConferencePageQuerySet(ReaderQuerySet):
    def upcoming(self):
        """Not over yet, soonest first; a cancelled conference stays in the list until its day has passed."""
        return self.filter(end_at__gte=timezone.now()).exclude(status=Status.PAST).order_by("start_at", "pk")

    def past(self):
        """Over, latest first."""
        return self.filter(Q(end_at__lt=timezone.now()) | Q(status=Status.PAST)).order_by("-start_at", "pk")

    def for_cards(self):
        """Only what a card shows; bodies and programmes stay in the database."""
        return self.select_related("lead_image", "locale").defer(*HEAVY)

    def hosted_by(self, partner):
        """Conferences that an organisation holds, whichever language's profile of it was chosen."""
        return self.filter(host__translation_key=partner.translation_key)
