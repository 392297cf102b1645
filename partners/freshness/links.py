"""The secret address at which an organisation confirms its profile: signed, and for some weeks only."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from partners.models import ConfirmationRequest

SALT = "ecca.confirmation"
LASTS = timedelta(days=60)


def address_of(request):
    """Return the absolute address that answers a ``ConfirmationRequest``, below the active language."""
    token = signing.TimestampSigner(salt=SALT).sign(str(request.pk))
    return settings.WAGTAILADMIN_BASE_URL + reverse("partner_confirm", args=[token])


def request_at(token):
    """Return the request of a token, None where there is none, and whether the token has expired."""
    signer, is_expired = signing.TimestampSigner(salt=SALT), False
    try:
        pk = signer.unsign(token, max_age=LASTS)
    except signing.SignatureExpired:
        pk, is_expired = signer.unsign(token), True
    except signing.BadSignature:
        return None, False
    return ConfirmationRequest.objects.filter(pk=pk).first(), is_expired
