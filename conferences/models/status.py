from functools import cache
from zoneinfo import available_timezones

from django.db import models
from django.utils.translation import gettext_lazy as _


@cache
def timezone_choices() -> list[tuple[str, str]]:
    """Return the time zones of the IANA database that are named after a place.

    They are kept, as reading them takes a while.
    """
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name]


class Status(models.TextChoices):
    """The certainty of a conference.

    The words are those of schema.org's eventStatus where it has one.
    """

    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Confirmed")
    RESCHEDULED = "rescheduled", _("Rescheduled")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    PAST = "past", _("Past")


OFF = (Status.CANCELLED, Status.POSTPONED)  # does not take place at the time it names


class Question(models.TextChoices):
    """A question that the registration may ask besides name, organisation and address."""

    DIETARY = "dietary", _("Dietary needs")
    SESSIONS = "sessions", _("Sessions you would like to attend")
    ACCESSIBILITY = "accessibility", _("What you need to take part (accessibility)")
