"""The secret address of a registration: signed, so that nobody guesses another one's."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from conferences.models import Registration

SALT = "ecca.registration"


def address_of(registration):
    """Return the absolute address of a registration, below the active language."""
    return settings.WAGTAILADMIN_BASE_URL + reverse("registration", args=[signing.dumps(registration.pk, salt=SALT)])


def registration_at(token):
    """Return the registration of a token, None where there is none or where it has been erased."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Registration.objects.filter(pk=pk).exclude(email="").select_related("desk").first()
