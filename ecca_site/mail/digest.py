"""One mail a day, of everything since the last one, for people who want it so."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Mail
from .outbox import Letter, post_to


def send_digests() -> int:
    """Write a digest to everybody for whom something waits; return how many were written."""
    waiting = Mail.objects.filter(is_for_digest=True, sent_at=None)
    by_person: dict[tuple[int | None, str], list[Mail]] = {}
    for mail in waiting.select_related("user").order_by("pk"):
        by_person.setdefault((mail.user_id, mail.address), []).append(mail)
    for mails in by_person.values():
        send_digest(mails)
    return len(by_person)


@transaction.atomic
def send_digest(mails: Sequence[Mail]) -> None:
    """Write one mail in place of all that wait for a person."""
    last = mails[-1]
    key = f"digest:{last.pk}"
    post_to(last.address, key, last.language, lambda: digest_of(mails), user=last.user)
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(sent_at=timezone.now())


def digest_of(mails: Sequence[Mail]) -> Letter:
    count = len(mails)
    subject = ngettext(
        "%(number)s message from the ECCA site", "%(number)s messages from the ECCA site", count
    )
    return Letter(
        subject=subject % {"number": count},
        lines=(_("What happened since the last mail:"),),
        items=tuple((mail.subject, mail.link) for mail in mails),
        action=_("Open the CMS"),
        address=settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home"),
    )
