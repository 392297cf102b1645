"""Asking, asking again, telling the moderators, and what an answer does. Nothing here takes a page offline."""

from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from ecca_site.core.dates import months_later
from ecca_site.core.signals import bump_languages
from partners.models import ConfirmationRequest, PartnerPage

from . import letters

SILENCE = timedelta(days=30)


def organisations():
    """Return a list of the live profiles of each organisation, the oldest language first."""
    profiles = PartnerPage.objects.live().filter(alias_of=None).select_related("locale")
    profiles = profiles.order_by("translation_key", "locale_id")
    return [list(group) for _key, group in groupby(profiles, key=lambda profile: profile.translation_key)]


def last_known(profiles):
    """Return when an organisation last said that its profile is correct: at the latest when it first went live."""
    said = [profile.confirmed_on for profile in profiles if profile.confirmed_on]
    return max(said) if said else min(timezone.localdate(profile.first_published_at) for profile in profiles)


def ask_for_confirmations(today=None):
    """Write to whoever has not confirmed for long; return how many mails' worth of steps were taken on ``today``.

    Run twice, or days late, it does nothing twice: each step is kept on the ``ConfirmationRequest``.
    """
    today = today or timezone.localdate()
    oldest = months_later(today, -getattr(settings, "ECCA_CONFIRM_MONTHS", 12))
    still_open = {request.translation_key for request in ConfirmationRequest.objects.filter(confirmed_at=None)}
    steps = 0
    for profiles in organisations():
        key = profiles[0].translation_key
        if key in still_open or last_known(profiles) <= oldest:
            with transaction.atomic():
                steps += take_step(key, profiles, today)
    return steps


def take_step(key, profiles, today):
    """Do what is due for one organisation; return whether anything was."""
    requests = ConfirmationRequest.objects.select_for_update()
    request, is_new = requests.get_or_create(translation_key=key, confirmed_at=None, defaults={"asked_on": today})
    is_reached = is_silent = False
    if is_new:
        is_reached = letters.ask(request, profiles, "first")
    elif request.asked_again_on is None and request.escalated_on is None and request.asked_on + SILENCE <= today:
        request.asked_again_on = today
        is_reached = letters.ask(request, profiles, "second")
    elif request.escalated_on is None and request.asked_again_on and request.asked_again_on + SILENCE <= today:
        is_silent = True
    else:
        return False
    if not is_reached:  # nobody answers, or there is nobody to ask
        letters.tell_moderators(request, profiles, is_asked=is_silent)
        request.escalated_on = today
    request.save(update_fields=["asked_again_on", "escalated_on"])
    return True


def profiles_of(request):
    """Return the live profiles of the organisation that was asked."""
    profiles = PartnerPage.objects.live().filter(translation_key=request.translation_key, alias_of=None)
    return list(profiles.select_related("locale").order_by("locale_id"))


@transaction.atomic
def confirm(request):
    """Note on the profiles of an organisation in all languages, drafts included, that they are correct today.

    No version is made and none is published: a review goes on, and translations are as fresh or stale as they were
    (see ``PartnerPage.with_content_json``). A request that was answered before is left alone.
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
        bump_languages(page)  # visitors see the new date
