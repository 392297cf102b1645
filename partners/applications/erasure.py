"""The erasure of personal data, some months after an application came to nothing.

It goes at once where its owner asks for that.
"""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from ecca_site.i18n.dates import months_later
from ecca_site.i18n.languages import source_language
from ecca_site.mail.models import Mail
from partners.models import Application, Invitation, PartnerTeam
from partners.models.members import MEMBERS

from . import flow
from .links import INVITATION_DAYS

State = Application.State
KEEP_MONTHS = 6  # unless settings.APPLICATION_KEEP_MONTHS says another number
TEXTS = (
    "legal_name",
    "website",
    "mailbox",
    "offers",
    "seeks",
    "answer",
    "consent_text",
    "submission",
)


def erase_what_is_due(now: datetime.datetime | None = None) -> int:
    """Erase declined and silent applications, and invitations that nobody took; return how many."""
    now = now or timezone.now()
    limit = months_later(now, -getattr(settings, "APPLICATION_KEEP_MONTHS", KEEP_MONTHS))
    days = datetime.timedelta(days=2 * INVITATION_DAYS)
    silent = [State.DECLINED, State.UNCONFIRMED, State.ASKED]
    applications = Application.objects.filter(changed_at__lt=limit, erased_at=None)
    invitations = Invitation.objects.filter(accepted_at=None, created_at__lt=now - days)
    return _erase_all(applications.filter(state__in=silent), invitations, now)


def _erase_all(
    applications: QuerySet[Application], invitations: QuerySet[Invitation], now: datetime.datetime
) -> int:
    """Erase applications and invitations, one by one; return how many there were."""
    number = 0
    for application in applications:
        erase(application, now)
        number += 1
    for invitation in invitations:
        erase_invitation(invitation)
        number += 1
    return number


@transaction.atomic
def erase(application: Application, now: datetime.datetime) -> None:
    """Erase one application with its messages, its mails and a draft that never went live."""
    application = flow.locked(application)
    page = application.profile
    if page is not None and not page.live and application.state != State.ADMITTED:
        flow.remove_draft(page)
        application.profile = None
    if application.state in (State.UNCONFIRMED, *Application.OPEN):
        application.state = State.DECLINED
    empty: dict[str, Any] = {**dict.fromkeys(TEXTS, ""), **dict.fromkeys(MEMBERS), "themes": []}
    for name, value in empty.items():
        setattr(application, name, value)
    application.erased_at = now
    application.save()
    application.messages.all().delete()
    Mail.objects.filter(key__startswith=f"application:{application.pk}:").delete()


def erase_invitation(invitation: Invitation) -> None:
    """Erase an invitation with its mail."""
    Mail.objects.filter(key__startswith=f"invitation:{invitation.pk}:").delete()
    invitation.delete()


def _applications_of(address: str) -> QuerySet[Application]:
    return Application.objects.filter(mailbox__iexact=address, erased_at=None)


def _invitations_of(address: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(email__iexact=address)


def _mails_of(address: str) -> QuerySet[Mail]:
    keys = Q(key__startswith="application:") | Q(key__startswith="invitation:")
    return Mail.objects.filter(keys, address__iexact=address)


def export(address: str) -> dict[str, list[dict[str, Any]]]:
    """Return all that applications, invitations and their mails hold of an address, for JSON."""
    teams = PartnerTeam.objects.named(source_language()).filter(pk=OuterRef("team"))
    names = teams.values("organisation")
    applications = []
    for application in _applications_of(address):
        values = Application.objects.filter(pk=application.pk).values()[0]
        values["messages"] = list(application.messages.values("is_answer", "text", "created_at"))
        applications.append(values)
    invitations = _invitations_of(address).annotate(organisation=Subquery(names))
    return {
        "applications": applications,
        "invitations": list(
            invitations.values("organisation", "email", "created_at", "accepted_at")
        ),
        "mails": list(_mails_of(address).values("subject", "text")),
    }


@transaction.atomic
def erase_address(address: str) -> int:
    """Erase everything that ``export`` shows; return how many applications and invitations.

    An account stays.
    """
    _mails_of(address).delete()
    return _erase_all(_applications_of(address), _invitations_of(address), timezone.now())
