"""What is personal goes some months after an application came to nothing, or at once where its owner asks for it."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ecca_site.core.dates import months_later
from ecca_site.mail.models import Mail
from partners.models import Application, Invitation

from . import flow
from .links import INVITATION_DAYS

State = Application.State
KEEP_MONTHS = 6  # unless settings.APPLICATION_KEEP_MONTHS says another number


def erase_what_is_due(now=None):
    """Erase declined and silent applications, and invitations that nobody took; return how many."""
    now = now or timezone.now()
    limit = months_later(now, -getattr(settings, "APPLICATION_KEEP_MONTHS", KEEP_MONTHS))
    due = Application.objects.filter(
        state__in=[State.DECLINED, State.UNCONFIRMED, State.ASKED], changed_at__lt=limit, erased_at=None
    )
    number = sum(erase(application, now) for application in due)
    old = Invitation.objects.filter(accepted_at=None, created_at__lt=now - datetime.timedelta(days=2 * INVITATION_DAYS))
    return number + sum(erase_invitation(invitation) for invitation in old)


@transaction.atomic
def erase(application, now):
    """Erase one application with its messages, its mails and a draft that never went live; return 1."""
    application = flow.locked(application)
    page = application.profile
    if page is not None and not page.live and application.state != State.ADMITTED:
        if state := page.current_workflow_state:
            state.cancel()
        page.delete()
        application.profile = None
    if application.state in (State.UNCONFIRMED, *Application.OPEN):
        application.state = State.DECLINED
    for name in ("legal_name", "website", "mailbox", "offers", "seeks", "answer", "consent_text", "submission"):
        setattr(application, name, "")
    application.themes, application.erased_at = [], now
    application.members_sme = application.members_large = None
    application.members_research = application.members_public = None
    application.save()
    application.messages.all().delete()
    Mail.objects.filter(key__startswith=f"application:{application.pk}:").delete()
    return 1


def erase_invitation(invitation):
    Mail.objects.filter(key__startswith=f"invitation:{invitation.pk}:").delete()
    invitation.delete()
    return 1


def _of(address):
    keys = Q(key__startswith="application:") | Q(key__startswith="invitation:")
    return (
        Application.objects.filter(mailbox__iexact=address, erased_at=None),
        Invitation.objects.filter(email__iexact=address).select_related("team__group"),
        Mail.objects.filter(keys, address__iexact=address),
    )


def export(address):
    """Return everything kept about an address in applications, invitations and their mails, ready for JSON."""
    applications, invitations, mails = _of(address)
    return {
        "applications": [
            {
                **Application.objects.filter(pk=application.pk).values()[0],
                "messages": list(application.messages.values("is_answer", "text", "created_at")),
            }
            for application in applications
        ],
        "invitations": list(invitations.values("team__group__name", "email", "created_at", "accepted_at")),
        "mails": list(mails.values("subject", "text")),
    }


@transaction.atomic
def erase_address(address):
    """Erase everything that ``export`` shows; return how many applications and invitations. An account stays."""
    applications, invitations, mails = _of(address)
    mails.delete()
    number = sum(erase(application, timezone.now()) for application in applications)
    return number + sum(erase_invitation(invitation) for invitation in invitations)
