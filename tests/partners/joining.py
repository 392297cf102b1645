"""Applications as organisations send them."""

import re

from ecca_site.intake.submissions import new_stamp
from ecca_site.mail.models import Mail
from partners.models import Application

FIELDS = {
    "legal_name": "Timber Cluster", "country": "AT", "website": "https://www.timber.example/en",
    "offers": "Knowledge.",
    "mailbox": "office@timber.example", "consent": "on",
}  # fmt: skip


def apply(client, language="en", kind="partner", **changes):
    return client.post(f"/{language}/apply/{kind}/", {"stamp": new_stamp(), **FIELDS, **changes})


def link_in(mail, what="application"):
    return re.search(rf"/\w+/{what}/[\w:.-]+/", mail.text)[0]


def last_mail(to="office@timber.example"):
    return Mail.objects.filter(address=to).latest("pk")


def confirmed(client, **changes):
    """Return an application whose mailbox is confirmed, and its secret address."""
    assert apply(client, **changes).status_code == 302
    application = Application.objects.latest("pk")
    address = link_in(last_mail(application.mailbox))
    assert client.post(address, {"action": "confirm"}).status_code == 302
    application.refresh_from_db()
    return application, address
