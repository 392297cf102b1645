"""The end of personal data: some months after a conference, or as soon as its owner asks for it.

The numbers stay: how many came, when and in which language.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from conferences.models import ConferencePage, Contribution, Desk, Registration
from conferences.models.desk import RegistrationQuerySet
from ecca_site.i18n.dates import months_later
from ecca_site.mail.models import Mail

from . import flow

BATCH = 100  # conditions of one query
PERSONAL_TEXTS = (  # of a contribution
    "title",
    "abstract",
    "name",
    "role",
    "organisation",
    "email",
    "file_name",
    "answer",
    "submission",
)


def erase_what_is_due(now: datetime | None = None) -> int:
    """Erase the personal data of every conference whose time has come.

    Return the number of people. ``now`` is the present by default.
    """
    now = now or timezone.now()
    number = 0
    for desk in Desk.objects.filter(erased_at=None):
        pages = ConferencePage.objects.filter(translation_key=desk.translation_key)
        page = pages.order_by("-live", "pk").only("end_at", "keep_months").first()
        if page is not None and page.end_at is None:
            continue  # a conference that was taken offline and has no new date yet is still to come
        if page is None or months_later(page.end_at, page.keep_months) <= now:
            number += erase(desk, now)
    return number


@transaction.atomic
def erase(desk: Desk, now: datetime) -> int:
    """Erase what is personal at one desk; return the number of people.

    That is in registrations, in contributions with their files, and in the mails to both.
    """
    # Contributions come before the desk: one that is accepted is written into a page, and places
    # go when a page is published.
    sent = desk.contributions.exclude(email="").order_by("pk")
    contributions = list(sent.select_for_update())
    desk = Desk.objects.select_for_update().get(pk=desk.pk)
    people = desk.registrations.exclude(email="")
    _delete_mails("registration", people.values_list("pk", flat=True))
    _delete_mails("mailing", desk.mailings.values_list("pk", flat=True))
    _delete_mails("contribution", [contribution.pk for contribution in contributions])
    number = _erase_registrations(people)
    for contribution in contributions:
        _erase_contribution(contribution)
    desk.erased_at = now
    desk.save(update_fields=["erased_at"])
    return number + len(contributions)


def _delete_mails(kind: str, numbers: Iterable[int]) -> None:
    """Delete the mails about things of one kind, whose keys begin with kind and number."""
    beginnings = [f"{kind}:{number}:" for number in numbers]
    for start in range(0, len(beginnings), BATCH):
        keys = Q(pk__in=[])
        for beginning in beginnings[start : start + BATCH]:
            keys |= Q(key__startswith=beginning)
        Mail.objects.filter(keys).delete()


def _erase_registrations(people: RegistrationQuerySet) -> int:
    return people.update(
        name="",
        organisation="",
        email="",
        dietary="",
        accessibility="",
        sessions="",
        consent_text="",
        submission="",
    )


def _erase_contribution(contribution: Contribution) -> None:
    """Empty a contribution: what was accepted of it stands in the public programme."""
    if contribution.file:
        name = contribution.file.name
        storage = contribution.file.storage
        transaction.on_commit(lambda: storage.delete(name))
    for field in PERSONAL_TEXTS:
        setattr(contribution, field, "")
    contribution.file = ""
    contribution.save()


def _of(
    address: str,
) -> tuple[RegistrationQuerySet, QuerySet[Contribution], QuerySet[Mail]]:
    """Return the registrations, contributions and mails of an address."""
    keys = (
        Q(key__startswith="registration:")
        | Q(key__startswith="mailing:")
        | Q(key__startswith="contribution:")
    )
    return (
        Registration.objects.filter(email__iexact=address),
        Contribution.objects.filter(email__iexact=address),
        Mail.objects.filter(keys, address__iexact=address),
    )


def export(address: str) -> dict[str, list[dict[str, object]]]:
    """Return all that registrations, contributions and their mails hold of an address, for JSON."""
    registrations, contributions, mails = _of(address)
    return {
        "registrations": list(registrations.values()),
        "contributions": list(contributions.values()),
        "mails": list(mails.values("subject", "text")),
    }


@transaction.atomic
def erase_address(address: str) -> int:
    """Erase everything that ``export`` shows; return how many registrations and contributions.

    Places become free.
    """
    registrations, contributions, mails = _of(address)
    offered = list(contributions)
    for contribution in offered:
        _erase_contribution(contribution)
    for registration in registrations.taking_part():
        conference = flow.conference_of(registration.desk.translation_key)
        if conference is not None and not conference.is_past:  # who came stays counted
            flow.free_place(registration)
    mails.delete()
    return _erase_registrations(registrations) + len(offered)
