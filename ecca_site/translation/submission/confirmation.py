"""Confirming that a stale translation needs no change.

Somebody who knows both languages says that it is right as it is.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from ecca_site.users.models import User

from ..localize.segments import Change, Difference
from ..models import SourceChange
from ..staleness.backlog import backlog_of
from ..staleness.carrying import carry_over
from ..staleness.states import count, lock_source, state_of
from .submit import SubmissionRefused, why_locked


@transaction.atomic
def confirm(page: Page, user: User, reason: str) -> None:
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
    kept: list[Change] = []
    for (place, text), before in backlog.texts.items():
        if before is not None:
            kept.append((place, before, text))
    # Texts that were translated anew since, unpublished, stay: only those without a translation get
    # the present one.
    carry_over(frozen, Difference(kept), locale_ids=[page.locale_id])
    state.seen = SourceChange.objects.of_source(state.source_id).published().last()
    state.save(update_fields=["seen"])
    count(state)
    log(
        instance=page,
        action="translation.confirm",
        user=user,
        data={"comment": reason, "segments": backlog.segments},
    )
