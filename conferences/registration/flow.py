"""Places and the waiting list.

Everything that gives or frees a place holds the lock of the conference's desk.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import ConferencePage, Desk, Registration
from ecca_site.intake.decisions import TooLate

from . import letters

State = Registration.State


@transaction.atomic
def register(
    conference: ConferencePage, answers: dict[str, str], *, language: str, submission: str = ""
) -> Registration:
    """Give somebody a place or the next number of the waiting list, and write to them.

    Whoever is registered already gets their link once more: nobody is twice in the list, and nobody
    learns from the form who is in it. A form that is sent twice, as ``submission`` tells, is one.

    Raises:
        TooLate: there is neither place nor waiting list.
    """
    desk = Desk.locked(conference)
    if submission:
        known = desk.registrations.filter(submission=submission).first()
        if known is not None:
            return known
    present = desk.registrations.taking_part().filter(email=answers["email"]).first()
    if present is not None:
        letters.remind(present, submission)
        return present
    facts = ConferencePage.objects.values("capacity", "has_waiting_list").get(pk=conference.pk)
    has_place = _has_place(desk, facts["capacity"])
    if not has_place and not facts["has_waiting_list"]:
        raise TooLate(_("All places are taken."))
    desk.last_number += 1
    desk.save(update_fields=["last_number"])
    registration = Registration.objects.create(
        desk=desk,
        number=desk.last_number,
        state=State.REGISTERED if has_place else State.WAITING,
        seated_at=timezone.now() if has_place else None,
        language=language,
        consent_text=conference.consent_text,
        consent_version=conference.consent_version,
        submission=submission,
        **answers,
    )
    letters.confirm(registration)
    return registration


def _has_place(desk: Desk, capacity: int | None) -> bool:
    """Return whether a place is free that nobody waits for; without a capacity one always is."""
    if capacity is None:
        return True
    people = desk.registrations
    return people.seated().count() < capacity and not people.waiting().exists()


def change(registration: Registration, answers: dict[str, str]) -> None:
    """Take other answers for a registration; the place stays."""
    for name, value in answers.items():
        setattr(registration, name, value)
    registration.save(update_fields=list(answers))


@transaction.atomic
def cancel(registration: Registration) -> bool:
    """Free a place and say so by mail; return whether there was anything to cancel."""
    is_changed = free_place(registration)
    if is_changed:
        registration.refresh_from_db()
        letters.confirm_cancellation(registration)
    return is_changed


def free_place(registration: Registration) -> bool:
    """Free a place, which goes to whoever has waited longest; return whether there was one."""
    desk = Desk.objects.select_for_update().get(pk=registration.desk_id)
    changed = Registration.objects.filter(pk=registration.pk).exclude(state=State.CANCELLED)
    if not changed.update(state=State.CANCELLED, cancelled_at=timezone.now()):
        return False
    conference = conference_of(desk.translation_key)
    if conference is not None:
        seat_waiting(desk, conference)
    return True


def conference_of(translation_key: UUID) -> ConferencePage | None:
    """Return a live page of a conference: what concerns places is the same in all languages."""
    pages = ConferencePage.objects.live().filter(translation_key=translation_key)
    return pages.order_by("pk").first()


@transaction.atomic
def fill_free_places(conference: ConferencePage) -> None:
    """Give new places, when an editor has added some, to those who wait."""
    desks = Desk.objects.select_for_update().filter(translation_key=conference.translation_key)
    desk = desks.first()
    if desk is not None:
        seat_waiting(desk, conference)


def seat_waiting(desk: Desk, conference: ConferencePage) -> None:
    """Seat those who wait, in the order in which they came; the desk is locked by the caller."""
    if conference.is_past or conference.is_cancelled:
        return
    waiting = desk.registrations.waiting()
    if conference.capacity is not None:
        free = conference.capacity - desk.registrations.seated().count()
        waiting = waiting[: max(free, 0)]
    for registration in waiting:
        registration.state = State.REGISTERED
        registration.seated_at = timezone.now()
        registration.save(update_fields=["state", "seated_at"])
        letters.tell_of_place(registration)
