"""One mail a day for those who want it so: everything that was written to them since the last one."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Mail
from .outbox import Letter, post_to


def send_digests():
    """Write a digest to everybody for whom something waits; return how many were written."""
    waiting = Mail.objects.filter(is_for_digest=True, sent_at=None).select_related("user").order_by("pk")
    by_user = {}
    for mail in waiting:
        by_user.setdefault((mail.user_id, mail.address), []).append(mail)
    for mails in by_user.values():
        with transaction.atomic():
            last = mails[-1]
            post_to(
                last.address, f"digest:{last.pk}", last.language, lambda mails=mails: digest_of(mails), user=last.user
            )
            Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(sent_at=timezone.now())
    return len(by_user)


def digest_of(mails):
    count = len(mails)
    return Letter(
        subject=ngettext("%(number)s message from the ECCA site", "%(number)s messages from the ECCA site", count)
        % {"number": count},
        lines=(_("What happened since the last mail:"),),
        items=tuple((mail.subject, mail.link) for mail in mails),
        action=_("Open the CMS"),
        address=settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home"),
    )
