"""The rounds of the yearly question: asking, asking again, telling the moderators, the answer.

Nothing here takes a page offline.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from ecca_site.delivery.signals import bump_languages
from ecca_site.i18n.dates import months_later
from partners.models import ConfirmationRequest, PartnerPage

from . import letters

SILENCE = timedelta(days=30)


def organisations() -> list[list[PartnerPage]]:
    """Return the live profiles of each organisation, those of the oldest language first."""
    profiles = PartnerPage.objects.live().filter(alias_of=None).select_related("locale")
    in_order = profiles.order_by("translation_key", "locale_id")
    groups = groupby(in_order, key=lambda profile: profile.translation_key)
    return [list(group) for _key, group in groups]


def last_known(profiles: Sequence[PartnerPage]) -> date:
    """Return the day on which an organisation last said that its profile is correct.

    Where it never said so it is the day on which the profile first went live.
    """
    said = [profile.confirmed_on for profile in profiles if profile.confirmed_on]
    if said:
        return max(said)
    return min(timezone.localdate(profile.first_published_at) for profile in profiles)


def ask_for_confirmations(today: date | None = None) -> int:
    """Take the step that is due for each organisation; return how many there were.

    Run twice, or days late, it does nothing twice: each step is kept on the
    ``ConfirmationRequest``.
    """
    today = today or timezone.localdate()
    oldest = months_later(today, -getattr(settings, "ECCA_CONFIRM_MONTHS", 12))
    unanswered = ConfirmationRequest.objects.filter(confirmed_at=None)
    still_open = {request.translation_key for request in unanswered}
    steps = 0
    for profiles in organisations():
        key = profiles[0].translation_key
        if key not in still_open and last_known(profiles) > oldest:
            continue
        with transaction.atomic():
            if take_step(key, profiles, today):
                steps += 1
    return steps


def take_step(key: UUID, profiles: Sequence[PartnerPage], today: date) -> bool:
    """Ask one organisation, ask it again or tell its moderators; return whether that was due."""
    requests = ConfirmationRequest.objects.select_for_update()
    request, is_new = requests.get_or_create(
        translation_key=key, confirmed_at=None, defaults={"asked_on": today}
    )
    if not is_new and not _is_overdue(request, today):
        return False
    is_silent = request.asked_again_on is not None
    is_reached = False
    if is_new:
        is_reached = letters.ask(request, profiles, "first")
    elif not is_silent:
        request.asked_again_on = today
        is_reached = letters.ask(request, profiles, "second")
    if not is_reached:
        # Nobody answers, or there is nobody to ask.
        letters.tell_moderators(request, profiles, is_asked=is_silent)
        request.escalated_on = today
    request.save(update_fields=["asked_again_on", "escalated_on"])
    return True


def _is_overdue(request: ConfirmationRequest, today: date) -> bool:
    """Return whether an answer is missing since long before ``today`` and no moderator knows it."""
    if request.escalated_on is not None:
        return False
    asked_last_on = request.asked_again_on or request.asked_on
    return asked_last_on + SILENCE <= today


def profiles_of(request: ConfirmationRequest) -> list[PartnerPage]:
    """Return the live profiles of the organisation that was asked."""
    live = PartnerPage.objects.live().filter(alias_of=None)
    profiles = live.filter(translation_key=request.translation_key)
    return list(profiles.select_related("locale").order_by("locale_id"))


@transaction.atomic
def confirm(request: ConfirmationRequest) -> None:
    """Note on all profiles of an organisation, drafts included, that they are correct today.

    No version is made and none is published: a review goes on, and translations are as fresh or
    stale as they were (see ``PartnerPage.with_content_json``). A request that was answered before
    is left alone.
    """
    request = ConfirmationRequest.objects.select_for_update().get(pk=request.pk)
    if request.confirmed_at:
        return
    request.confirmed_at = timezone.now()
    request.save(update_fields=["confirmed_at"])
    pages = PartnerPage.objects.filter(translation_key=request.translation_key)
    pages.update(confirmed_on=timezone.localdate(request.confirmed_at))
    for page in pages:
        log(instance=page, action="partners.confirm")
    for page in pages[:1]:
        # Visitors see the new date.
        bump_languages(page)
