"""The secret addresses of applications and invitations."""

from datetime import timedelta

from ecca_site.intake.links import SecretLinks
from partners.models import Application, Invitation

APPLICATIONS = SecretLinks("application", "ecca.application")
INVITATIONS = SecretLinks("invitation", "ecca.invitation")
INVITATION_DAYS = 14

address_of = APPLICATIONS.address_of


def application_at(token: str) -> Application | None:
    """Return the application of a token, None where there is none or where it has been erased."""
    key = APPLICATIONS.key_at(token)
    if key is None:
        return None
    return Application.objects.filter(pk=key, erased_at=None).first()


def address_of_invitation(invitation: Invitation) -> str:
    """Return the absolute address of an invitation, which ends some days after it was made."""
    until = invitation.created_at + timedelta(days=INVITATION_DAYS)
    return INVITATIONS.address_of(invitation, until)


def invitation_at(token: str) -> Invitation | None:
    """Return the invitation of a token, None where it is used, too old or withdrawn."""
    key = INVITATIONS.key_at(token)
    if key is None:
        return None
    # After somebody deletes the group of a team there is none until the next set-up.
    invitations = Invitation.objects.filter(pk=key, accepted_at=None).exclude(team__role_group=None)
    return invitations.select_related("team__role_group__group").first()
