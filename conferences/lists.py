"""The short list of conferences that a partner's profile shows."""

from django.template import Context
from django.utils.translation import get_language

from .models import ConferencePage

MOST_OF_A_PARTNER = 12  # the latest


def conferences_of_partner(context: Context) -> dict[str, list[ConferencePage]] | None:
    """Return the conferences that the shown organisation holds, None where there are none."""
    partner = context["page"]
    if partner.pk is None:
        return None
    conferences = ConferencePage.objects.hosted_by(partner).order_by("-start_at", "pk")
    found = list(conferences.for_readers(get_language()).for_cards()[:MOST_OF_A_PARTNER])
    if not found:
        return None
    return {"conferences": found}
