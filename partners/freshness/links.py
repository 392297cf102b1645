"""The secret address at which an organisation confirms its profile, for some weeks only."""

from datetime import timedelta

from django.utils import timezone

from ecca_site.intake.links import SecretLinks
from partners.models import ConfirmationRequest

CONFIRMATIONS = SecretLinks("partner_confirm", "ecca.confirmation")
LASTS = timedelta(days=60)


def address_of(request: ConfirmationRequest) -> str:
    """Return the absolute address that answers a request, below the active language, from now."""
    return CONFIRMATIONS.address_of(request, timezone.now() + LASTS)


def request_at(token: str) -> tuple[ConfirmationRequest | None, bool]:
    """Return the request of a token, None where there is none, and whether the token has ended."""
    opened = CONFIRMATIONS.open(token)
    if opened is None:
        return None, False
    return ConfirmationRequest.objects.filter(pk=opened.key).first(), opened.is_expired
