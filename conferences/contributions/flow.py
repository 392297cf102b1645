"""From an offered contribution to a session in the draft of the programme, which then goes through its review."""

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from conferences.checks import find_problems
from conferences.models import Contribution, Speaker
from ecca_site.core.dates import localized_date

from . import letters

State = Contribution.State


class CannotDecide(Exception):
    """Says in words why a decision is not possible now."""


@transaction.atomic
def accept(contribution, conference, user, slot):
    """Add a contribution to the programme's draft as a session and submit it; its author gets a mail.

    ``slot`` holds day, start, end, kind, track, room and answer, as the form of the CMS gives them.

    Raises:
        CannotDecide: it is decided already, the page is under review, or the time is not free.
    """
    contribution = _undecided(contribution)
    if conference.workflow_in_progress:
        raise CannotDecide(_("The page of the conference is under review. Accept the contribution after that."))
    lock = conference.get_lock()
    if lock is not None and lock.for_user(user):
        raise CannotDecide(_("The page of the conference is locked."))
    draft = conference.get_latest_revision_as_object()
    day = _day(draft, parse_date(slot["day"]))
    speaker = _speaker(contribution, conference)
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
    draft.save_revision(user=user)
    workflow = conference.get_workflow()
    if workflow is not None:
        workflow.start(type(conference).objects.get(pk=conference.pk), user)
    _decide(contribution, State.ACCEPTED, user, slot["answer"])


@transaction.atomic
def decline(contribution, user, answer):
    """Decline a contribution.

    Raises:
        CannotDecide: it is decided already.
    """
    _decide(_undecided(contribution), State.DECLINED, user, answer)


def _undecided(contribution):
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.state != State.SUBMITTED:
        raise CannotDecide(_("Somebody has decided on this contribution already."))
    return contribution


def _decide(contribution, state, user, answer):
    contribution.state, contribution.answer = state, answer
    contribution.decided_at, contribution.decided_by = timezone.now(), user
    contribution.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    letters.tell_decision(contribution)


def _day(draft, date):
    for day in draft.programme:
        if day.value["date"] == date:
            return day
    draft.programme.append(("day", {"date": date, "title": "", "sessions": []}))
    return draft.programme[-1]


def _speaker(contribution, conference):
    """Return the speaker of this name, made as a draft where there is none."""
    known = Speaker.objects.filter(
        name=contribution.name, organisation=contribution.organisation, locale=conference.locale
    ).first()
    return known or Speaker.objects.create(
        name=contribution.name,
        role=contribution.role,
        organisation=contribution.organisation,
        locale=conference.locale,
        live=False,
    )


def _refuse_clash(draft, day):
    problems = find_problems(
        [child.value for child in draft.programme], draft.zone, start_at=draft.start_at, end_at=draft.end_at
    )
    number = next(place for place, child in enumerate(draft.programme) if child is day)
    own = problems.get((number, len(day.value["sessions"]) - 1), {})
    if own:
        raise CannotDecide(f"{localized_date(day.value['date'])}: " + " ".join(own.values()))
