"""The letters about a registration, each in the language in which it was made."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from conferences.addresses import conference_for_readers, page_address
from conferences.calendar import build
from conferences.calendar.entries import REF_LENGTH, entries_of
from conferences.models import ConferencePage, Registration
from conferences.programme import programme_of
from ecca_site.i18n.countries import country_name
from ecca_site.i18n.dates import date_range, localized_time
from ecca_site.mail.outbox import Letter, post_to

from . import links

Attachment = tuple[str, bytes, str]  # file name, content, type


def confirm(registration: Registration) -> None:
    """Say that somebody has a place or is on the waiting list."""
    _post(
        registration,
        f"registration:{registration.pk}:{registration.state}",
        lambda page: confirmation(registration, page),
    )


def remind(registration: Registration, submission: str) -> None:
    """Answer a second registration with the link to the first one, once for each form sent."""
    key = f"registration:{registration.pk}:again:{submission}"
    _post(
        registration,
        key,
        lambda page: confirmation(registration, page, _("You are registered already.")),
    )


def tell_of_place(registration: Registration) -> None:
    """Say to somebody on the waiting list that a place is theirs."""
    key = f"registration:{registration.pk}:place"
    _post(
        registration,
        key,
        lambda page: confirmation(registration, page, _("A place has become free: it is yours.")),
    )


def confirm_cancellation(registration: Registration) -> None:
    """Say that a registration is cancelled."""

    def compose(page: ConferencePage) -> Letter:
        return Letter(
            subject=_("Cancelled: %(title)s") % {"title": page.title},
            lines=(_("Your registration is cancelled. We are sorry that you cannot come."),),
            facts=facts(page),
            action=_("To the conference"),
            address=page_address(page),
        )

    _post(registration, f"registration:{registration.pk}:cancelled", compose)


def _post(
    registration: Registration, key: str, compose: Callable[[ConferencePage], Letter]
) -> None:
    conferences = ConferencePage.objects.live()
    pages = conferences.filter(translation_key=registration.desk.translation_key)
    number = pages.values_list("pk", flat=True).first()
    if number is not None:
        post_to(
            registration.email,
            key,
            registration.language,
            lambda: compose(conference_for_readers(number)),
        )


def confirmation(registration: Registration, page: ConferencePage, first: str = "") -> Letter:
    """Return the letter on the state of a registration, with the conference as a calendar entry.

    ``first`` is a sentence to begin with. Nothing that was typed is in it, no name either: nobody
    has confirmed the mailbox, and it may be a stranger's.
    """
    if registration.state == Registration.State.WAITING:
        subject = _("On the waiting list: %(title)s")
        line = _(
            "All places are taken at the moment. You are on the waiting list, "
            "number %(number)s. If a place becomes "
            "free, it goes to whoever has waited longest, and you get a mail."
        ) % {"number": registration.number}
    else:
        subject = _("Registered: %(title)s")
        line = _("You are registered. We look forward to seeing you.")
    link = _("With this link you change or cancel your registration.")
    return Letter(
        subject=subject % {"title": page.title},
        lines=(first, line, link) if first else (line, link),
        facts=facts(page),
        action=_("Change or cancel"),
        address=links.address_of(registration),
        attachments=attachments(registration, page),
    )


def facts(page: ConferencePage) -> tuple[tuple[str, str], ...]:
    """Return the facts of a conference, each with its label in the active language."""
    place = [page.venue_name, page.venue_address, page.city, country_name(page.country)]
    start = cast("datetime", page.local_start)  # only drafts have none
    return (
        (_("Conference"), page.title),
        (_("Date"), date_range(start, page.local_end)),
        (_("Begins"), f"{localized_time(start)} ({page.timezone})"),
        (_("Place"), ", ".join(filter(None, place))),
    )


def attachments(registration: Registration, page: ConferencePage) -> tuple[Attachment, ...]:
    """Return a calendar of the conference and of the sessions that somebody would like to attend.

    Without a place there is none.
    """
    if registration.state != Registration.State.REGISTERED:
        return ()
    address = page_address(page)
    key = page.translation_key
    entries = entries_of([key])
    events = [build.conference_event(page, entries.get((key, "")), address)]
    refs = registration.session_refs
    sessions = programme_of(page).chosen(refs) if refs else []
    for session in sessions:
        entry = entries.get((key, session.block_id[:REF_LENGTH]))
        events.append(build.session_event(page, session, entry, address))
    return (("conference.ics", build.make_calendar(page.title, events), "text/calendar"),)
