"""What a registration is told of by mail, each in the language in which it was made."""

from django.utils.translation import gettext as _

from conferences.addresses import conference_for_readers, page_address
from conferences.calendar import build
from conferences.calendar.entries import entries_of
from conferences.models import ConferencePage, Registration
from conferences.programme import programme_of
from ecca_site.core.countries import country_name
from ecca_site.core.dates import date_range, localized_time
from ecca_site.mail.outbox import Letter, post_to

from . import links


def confirm(registration):
    _post(
        registration,
        f"registration:{registration.pk}:{registration.state}",
        lambda page: confirmation(registration, page),
    )


def remind(registration, submission):
    """Answer a second registration with the link to the first one, once for each form that was sent."""
    key = f"registration:{registration.pk}:again:{submission}"
    _post(registration, key, lambda page: confirmation(registration, page, _("You are registered already.")))


def tell_of_place(registration):
    key = f"registration:{registration.pk}:place"
    _post(registration, key, lambda page: confirmation(registration, page, _("A place has become free: it is yours.")))


def confirm_cancellation(registration):
    def compose(page):
        return Letter(
            subject=_("Cancelled: %(title)s") % {"title": page.title},
            lines=(_("Your registration is cancelled. We are sorry that you cannot come."),),
            facts=facts(page),
            action=_("To the conference"),
            address=page_address(page),
        )

    _post(registration, f"registration:{registration.pk}:cancelled", compose)


def _post(registration, key, compose):
    numbers = ConferencePage.objects.live().filter(translation_key=registration.desk.translation_key)
    number = numbers.values_list("pk", flat=True).first()
    if number is not None:
        post_to(registration.email, key, registration.language, lambda: compose(conference_for_readers(number)))


def confirmation(registration, page, first=""):
    """Return the letter that says how a registration stands, with the conference as a calendar entry."""
    if registration.state == Registration.State.WAITING:
        subject = _("On the waiting list: %(title)s")
        line = _(
            "All places are taken at the moment. You are on the waiting list, number %(number)s. If a place becomes "
            "free, it goes to whoever has waited longest, and you get a mail."
        ) % {"number": registration.number}
    else:
        subject = _("Registered: %(title)s")
        line = _("You are registered. We look forward to seeing you.")
    return Letter(
        subject=subject % {"title": page.title},
        lines=tuple(filter(None, (first, line, _("With this link you change or cancel your registration.")))),
        facts=(*facts(page), (_("Name"), registration.name)),
        action=_("Change or cancel"),
        address=links.address_of(registration),
        attachments=attachments(registration, page),
    )


def facts(page):
    place = [page.venue_name, page.venue_address, page.city, country_name(page.country)]
    return (
        (_("Conference"), page.title),
        (_("Date"), date_range(page.local_start, page.local_end)),
        (_("Begins"), f"{localized_time(page.local_start)} ({page.timezone})"),
        (_("Place"), ", ".join(filter(None, place))),
    )


def attachments(registration, page):
    """The conference, and the sessions that somebody would like to attend, for their calendar."""
    if registration.state != Registration.State.REGISTERED:
        return ()
    address, key = page_address(page), page.translation_key
    entries = entries_of([key])
    events = [build.conference_event(page, entries.get((key, "")), address)]
    if registration.sessions:
        events += [
            build.session_event(page, session, entries.get((key, session.block_id[:36])), address)
            for session in programme_of(page).chosen(registration.session_refs)
        ]
    return (("conference.ics", build.make_calendar(page.title, events), "text/calendar"),)
