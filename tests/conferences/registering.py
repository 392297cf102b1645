"""Forms as visitors send them."""

import re

from conferences.models import Registration
from ecca_site.intake.submissions import new_stamp

from .programmes import add_conference


def open_conference(index, *sessions, **fields):
    values = {
        "takes_registrations": True,
        "consent_text": "I agree to be listed.",
        "consent_version": "7",
    }
    return add_conference(index, *sessions, **values | fields)


def register(client, page, who="Visitor", language="en", **data):
    values = {"name": who, "email": f"{who.lower()}@example.org", "consent": "on"}
    data = {"stamp": new_stamp(), **values, **data}
    return client.post(f"/{language}/conference/{page.pk}/register/", data)


def link_in(mail):
    return re.search(r"/\w+/registration/[\w:.-]+/", mail.text)[0]


def states():
    """Return everybody's name and state, in the order in which they came."""
    return list(Registration.objects.order_by("number").values_list("name", "state"))
