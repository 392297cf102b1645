"""What the tests of yearly confirmations share: the days, and what was mailed."""

import datetime
import re

from ecca_site.mail.models import Mail

TODAY = datetime.date(2026, 11, 2)
LONG_AGO = datetime.date(2025, 11, 2)


def later(days):
    return TODAY + datetime.timedelta(days)


def told():
    """Return address, language and subject of what was written since the last question."""
    mails = list(Mail.objects.order_by("pk").values_list("address", "language", "subject"))
    Mail.objects.all().delete()
    return mails


def link():
    return re.search(r"/\w+/confirm-profile/[\w:.-]+/", Mail.objects.latest("pk").text)[0]
