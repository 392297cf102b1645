"""Decisions on contributions.

An accepted one becomes a session in the draft of the programme, which then goes through its review.
"""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from conferences.checks import Problems, find_problems
from conferences.models import ConferencePage, Contribution, Speaker
from ecca_site.core.wholeness import why_unfinished
from ecca_site.i18n.dates import localized_date
from ecca_site.i18n.originals import are_originals
from ecca_site.intake.decisions import TooLate
from ecca_site.users.models import User

from . import letters

State = Contribution.State


NEW_PERSON = "new"  # said of a speaker though there is one of this name already


class CannotAccept(Exception):
    """A session that cannot be taken into the programme as it is, with the reason in words."""


@transaction.atomic
def accept(
    contribution: Contribution, conference: ConferencePage, user: User, slot: dict[str, object]
) -> None:
    """Add a contribution to the programme's draft, submit the draft and write to the author.

    ``slot`` holds day, start, end, kind, track, room and answer, as the form of the CMS gives them;
    ``speaker`` where somebody has the speaker's name already: which one it is, or ``NEW_PERSON``.

    Raises:
        TooLate: it is decided already.
        CannotAccept: the page is under review, the time is not free, or nobody has said whether the
        speaker is somebody who is known.
    """
    contribution = _undecided(contribution)
    if conference.workflow_in_progress:
        raise CannotAccept(
            _("The page of the conference is under review. Accept the contribution after that.")
        )
    lock = conference.get_lock()
    if lock is not None and lock.for_user(user):
        raise CannotAccept(_("The page of the conference is locked."))
    draft = conference.get_latest_revision_as_object()
    day = _day(draft, parse_date(slot["day"]))
    speaker = _speaker(contribution, conference, user, slot.get("speaker"))
    day.value["sessions"].append(
        {
            "start": slot["start"],
            "end": slot["end"],
            "kind": slot["kind"],
            "title": contribution.title,
            "abstract": contribution.abstract,
            "track": slot["track"],
            "room": slot["room"],
            "language": contribution.language,
            "interpretation": [],
            "speakers": [speaker],
            "slides": None,
            "recording": "",
            "is_cancelled": False,
        }
    )
    _refuse_clash(draft, day)
    _refuse_unfinished(draft)
    draft.save_revision(user=user)
    workflow = conference.get_workflow()
    if workflow is not None:
        workflow.start(type(conference).objects.get(pk=conference.pk), user)
    _decide(contribution, State.ACCEPTED, user, slot["answer"])


@transaction.atomic
def decline(contribution: Contribution, user: User, answer: str) -> None:
    """Decline a contribution and write to its author.

    Raises:
        TooLate: it is decided already.
    """
    _decide(_undecided(contribution), State.DECLINED, user, answer)


def _undecided(contribution: Contribution) -> Contribution:
    """Return a contribution that nobody has decided on, locked until the transaction ends."""
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.state != State.SUBMITTED:
        raise TooLate(_("Somebody has decided on this contribution already."))
    return contribution


def _decide(contribution: Contribution, state: State, user: User, answer: str) -> None:
    contribution.state = state
    contribution.answer = answer
    contribution.decided_at = timezone.now()
    contribution.decided_by = user
    contribution.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    letters.tell_decision(contribution)


def _day(draft: ConferencePage, date: datetime.date) -> StreamValue.StreamChild:
    """Return a day of the programme, added where there is none of this date."""
    for day in draft.programme:
        if day.value["date"] == date:
            return day
    draft.programme.append(("day", {"date": date, "title": "", "sessions": []}))
    return draft.programme[-1]


def speakers_like(contribution: Contribution, conference: ConferencePage) -> list[Speaker]:
    """Return the speakers who have the name and organisation of a contribution's author.

    Each comes once: in the language of the conference where that has them, else in their own.
    """
    of_conference = Q(locale=conference.locale)
    speakers = Speaker.objects.filter(are_originals() | of_conference)
    found = speakers.like(contribution.name, contribution.organisation)
    here = {each.translation_key for each in found if each.locale_id == conference.locale_id}
    alike = []
    for each in found:
        if each.locale_id == conference.locale_id or each.translation_key not in here:
            alike.append(each)
    return alike


def _speaker(
    contribution: Contribution, conference: ConferencePage, user: User, chosen: object
) -> Speaker:
    """Return the speaker who was chosen, unchanged, or a new one, who waits for a review."""
    known = {str(speaker.pk): speaker for speaker in speakers_like(contribution, conference)}
    if known and chosen != NEW_PERSON:
        if chosen not in known:
            raise CannotAccept(
                _("Somebody of this name is known already: say whether it is the same person.")
            )
        return known[chosen]
    speaker = Speaker.objects.create(
        name=contribution.name,
        role=contribution.role,
        organisation=contribution.organisation,
        locale=conference.locale,
        live=False,
    )
    speaker.save_revision(user=user)
    workflow = speaker.get_workflow()
    if workflow is not None:
        workflow.start(speaker, user)
    return speaker


def _problems(draft: ConferencePage) -> Problems:
    days = [child.value for child in draft.programme]
    return find_problems(days, draft.zone, start_at=draft.start_at, end_at=draft.end_at)


def _refuse_unfinished(draft: ConferencePage) -> None:
    """Refuse an unfinished draft: all of it is submitted, also what somebody else has begun."""
    if words := why_unfinished(draft):
        raise CannotAccept(words)
    if _problems(draft):
        raise CannotAccept(
            _("The programme does not add up. Open the page and submit it to see where.")
        )


def _refuse_clash(draft: ConferencePage, day: StreamValue.StreamChild) -> None:
    problems = _problems(draft)
    number = next(place for place, child in enumerate(draft.programme) if child is day)
    own = problems.get((number, len(day.value["sessions"]) - 1), {})
    if own:
        words = " ".join(own.values())
        raise CannotAccept(f"{localized_date(day.value['date'])}: {words}")
