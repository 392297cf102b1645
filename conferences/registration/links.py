"""The secret address of a registration."""

from conferences.models import Registration
from ecca_site.intake.links import SecretLinks

REGISTRATIONS = SecretLinks("registration", "ecca.registration")
address_of = REGISTRATIONS.address_of


def registration_at(token: str) -> Registration | None:
    """Return the registration of a token, None where there is none or where it has been erased."""
    key = REGISTRATIONS.key_at(token)
    if key is None:
        return None
    return Registration.objects.filter(pk=key).exclude(email="").select_related("desk").first()
