"""Personal data goes some months after a conference, or at once where its owner asks for it.

How many came, when and in which language, stays.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from conferences.models import ConferencePage, Contribution, Desk, Registration
from ecca_site.core.dates import months_later
from ecca_site.mail.models import Mail

from . import flow

BATCH = 100  # conditions of one query


def erase_what_is_due(now=None):
    """Erase the personal data of every conference whose time has come; return the number of people."""
    now, number = now or timezone.now(), 0
    for desk in Desk.objects.filter(erased_at=None):
        pages = ConferencePage.objects.filter(translation_key=desk.translation_key)
        page = pages.order_by("-live", "pk").only("end_at", "keep_months").first()
        if page is None or months_later(page.end_at, page.keep_months) <= now:
            number += erase(desk, now)
    return number


@transaction.atomic
def erase(desk, now):
    """Erase what is personal at one desk: registrations, contributions with their files, and the mails to both."""
    desk = Desk.objects.select_for_update().get(pk=desk.pk)
    people = desk.registrations.exclude(email="")
    contributions = list(desk.contributions.exclude(email=""))
    _delete_mails([f"registration:{pk}:" for pk in people.values_list("pk", flat=True)])
    _delete_mails([f"mailing:{pk}:" for pk in desk.mailings.values_list("pk", flat=True)])
    _delete_mails([f"contribution:{contribution.pk}:" for contribution in contributions])
    number = _erase_registrations(people)
    for contribution in contributions:
        _erase_contribution(contribution)
    desk.erased_at = now
    desk.save(update_fields=["erased_at"])
    return number + len(contributions)


def _delete_mails(beginnings):
    for start in range(0, len(beginnings), BATCH):
        keys = Q(pk__in=[])
        for beginning in beginnings[start : start + BATCH]:
            keys |= Q(key__startswith=beginning)
        Mail.objects.filter(keys).delete()


def _erase_registrations(people):
    return people.update(
        name="", organisation="", email="", dietary="", accessibility="", sessions="", consent_text="", submission=""
    )


def _erase_contribution(contribution):
    """What was accepted stands in the public programme; here nothing of it is needed any more."""
    if contribution.file:
        name, storage = contribution.file.name, contribution.file.storage
        transaction.on_commit(lambda: storage.delete(name))
    for field in ("title", "abstract", "name", "role", "organisation", "email", "file_name", "answer", "submission"):
        setattr(contribution, field, "")
    contribution.file = ""
    contribution.save()


def _of(address):
    keys = Q(key__startswith="registration:") | Q(key__startswith="mailing:") | Q(key__startswith="contribution:")
    return (
        Registration.objects.filter(email__iexact=address),
        Contribution.objects.filter(email__iexact=address),
        Mail.objects.filter(keys, address__iexact=address),
    )


def export(address):
    """Return everything kept about an address in registrations, contributions and their mails, ready for JSON."""
    registrations, contributions, mails = _of(address)
    return {
        "registrations": list(registrations.values()),
        "contributions": list(contributions.values()),
        "mails": list(mails.values("subject", "text")),
    }


@transaction.atomic
def erase_address(address):
    """Erase everything that ``export`` shows; return how many registrations and contributions. Places become free."""
    registrations, contributions, mails = _of(address)
    for registration in registrations.taking_part():
        conference = flow.conference_of(registration.desk.translation_key)
        if conference is not None and not conference.is_past:  # who came stays counted
            flow.free_place(registration)
    contributions = list(contributions)
    for contribution in contributions:
        _erase_contribution(contribution)
    mails.delete()
    return _erase_registrations(registrations) + len(contributions)
