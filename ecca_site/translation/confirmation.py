"""“No change needed”: somebody who knows both languages says that a stale translation is right as it is."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .models import SourceChange
from .segments import Difference
from .staleness import backlog_of, carry_over, count, lock_source, state_of
from .submission import SubmissionRefused, why_locked


@transaction.atomic
def confirm(page, user, reason):
    """Take the present translation of a page for that of its source as it is now, and log why.

    Raises:
        PermissionDenied: the user may not change this page.
        SubmissionRefused: the page is locked, waits for a decision, or is not stale.
    """
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if refusal := why_locked(page, user):
        raise SubmissionRefused(refusal)
    state = state_of(page)
    if state is None or not state.is_stale or state.source is None:
        raise SubmissionRefused(_("This translation is up to date already."))
    frozen = lock_source(state.source)
    backlog = backlog_of(state)
    # What was translated anew since, unpublished, stays: only what has no translation gets the present one.
    kept = [(place, before, text) for (place, text), before in backlog.texts.items() if before is not None]
    carry_over(frozen, Difference(kept), locales=[page.locale_id])
    state.seen = SourceChange.objects.of_source(state.source_id).published().last()
    state.save(update_fields=["seen"])
    count(state)
    log(instance=page, action="translation.confirm", user=user, data={"comment": reason, "segments": backlog.segments})
