"""The secret addresses of applications and invitations: signed, so that nobody guesses another one's."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from partners.models import Application, Invitation

APPLICATION, INVITATION = "ecca.application", "ecca.invitation"
INVITATION_DAYS = 14


def address_of(application):
    """Return the absolute address of an application, below the active language."""
    token = signing.dumps(application.pk, salt=APPLICATION)
    return settings.WAGTAILADMIN_BASE_URL + reverse("application", args=[token])


def application_at(token):
    pk = _read(token, APPLICATION)
    return Application.objects.filter(pk=pk, erased_at=None).first() if pk else None


def address_of_invitation(invitation):
    token = signing.dumps(invitation.pk, salt=INVITATION)
    return settings.WAGTAILADMIN_BASE_URL + reverse("invitation", args=[token])


def invitation_at(token):
    """Return the invitation of a token, None where it is used, too old or withdrawn."""
    pk = _read(token, INVITATION, max_age=INVITATION_DAYS * 24 * 3600)
    invitations = Invitation.objects.filter(pk=pk, accepted_at=None).select_related("team__group")
    return invitations.first() if pk else None


def _read(token, salt, max_age=None):
    try:
        return signing.loads(token, salt=salt, max_age=max_age)
    except signing.BadSignature:
        return None
