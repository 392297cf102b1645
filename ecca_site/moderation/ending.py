"""What waits ends with the decision that it rests on.

An approved version that has a date, one that is held back for others, and a request all rest on a
decision about a page or a snippet as it stood. Where that goes offline, is deleted or moved, or
another of its versions goes live, nothing of it happens later unseen: it ends, and whoever waits is
told.
"""

from collections.abc import Iterable
from enum import Enum

from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState, get_page_models
from wagtail.signals import post_page_move

from ecca_site.core.publication import before_publication
from ecca_site.mail.outbox import Letter, post

from .mails import edit_link, people_with_profiles
from .models import lock_reviews, submitters_of
from .reviewed import (
    Reviewed,
    in_full,
    live_row_of,
    model_of,
    reviewed_models,
    reviewed_snippets,
)


class Why(Enum):
    """The reasons for which what waits for a page or a snippet ends."""

    OFFLINE = "offline"
    DELETED = "deleted"
    MOVED = "moved"
    REPLACED = "replaced"
    REVOKED = "revoked"

    @property
    def in_words(self) -> Promise:
        return WORDS[self]


WORDS = {
    Why.OFFLINE: gettext_lazy("It was taken offline."),
    Why.DELETED: gettext_lazy("It was deleted."),
    Why.MOVED: gettext_lazy("It was moved."),
    Why.REPLACED: gettext_lazy("Another version of it was approved or published."),
    Why.REVOKED: gettext_lazy("The approval was taken back."),
}
DATED = gettext_lazy("An approved version had a date to go live on. It does not go live any more.")
ASKED = gettext_lazy("A request waited for a decision. It needs none any more.")
SUBMITTED = gettext_lazy("A submitted version waited for a decision. It needs none any more.")

# Sent with ``instance``, a page or a snippet, ``why`` and ``revision``, the version that goes live
# instead or None, while all that waits is still there. Rooms above end what they hold.
decision_over = Signal()


def tell(
    instance: Reviewed, people: Iterable[int | None], what: Promise, why: Why, key: str
) -> None:
    """Tell people, by their keys, that something that they wait for has ended, and log it.

    ``key`` names it: of one thing each is told once.
    """
    is_gone = why is Why.DELETED
    title = str(instance)

    def compose() -> Letter:
        lines = [str(what), str(why.in_words)]
        if not is_gone:
            lines.append(_("If it should happen all the same, submit it or ask for it again."))
        return Letter(
            subject=_("“%(title)s”: what waited has ended") % {"title": title},
            lines=tuple(lines),
            action="" if is_gone else _("Open it"),
            address="" if is_gone else edit_link(instance),
        )

    for user in people_with_profiles().filter(pk__in=set(people) - {None}):
        post(user, f"ended:{key}", compose)
    log(
        instance=in_full(instance),
        action="moderation.ended",
        data={"why": why.value},
        deleted=is_gone,
    )


# --- What this room holds ------------------------------------------------------------------------
def end_dates(
    instance: Reviewed, why: Why, revision: Revision | None = None, **kwargs: object
) -> None:
    """Take its date from an approved version."""
    dated = instance.revisions.filter(approved_go_live_at__isnull=False)
    if revision is not None:
        dated = dated.exclude(pk=revision.pk)
    for version in dated:
        dated.filter(pk=version.pk).update(approved_go_live_at=None)
        tell(instance, submitters_of_version(version), DATED, why, f"date:{version.pk}")


def end_reviews(instance: Reviewed, why: Why, **kwargs: object) -> None:
    """End requests, and with what it is of what was submitted.

    A submitted version rests on no decision yet: its reviewers see what has become of the rest,
    unless others decide on it where it stands now.
    """
    workflow = None
    for state in WorkflowState.objects.active().for_instance(instance):
        is_request = hasattr(state, "page_request")
        if why is Why.MOVED and not is_request:
            workflow = workflow or instance.get_workflow()
        is_elsewhere = workflow is not None and workflow.pk != state.workflow_id
        if not (is_request or why is Why.DELETED or is_elsewhere):
            continue
        people = submitters_of(state.current_task_state)
        state.cancel()
        tell(instance, people, ASKED if is_request else SUBMITTED, why, f"review:{state.pk}")


def submitters_of_version(version: Revision) -> set[int]:
    """Return the keys of those who submitted a version that was approved."""
    found = {version.user_id}
    for task_state in version.task_states.select_related("workflow_state"):
        found.add(task_state.workflow_state.requested_by_id)
    return found - {None}


# --- When a decision is over ---------------------------------------------------------------------
def end(instance: Reviewed, why: Why, revision: Revision | None = None) -> None:
    sender = Page if isinstance(instance, Page) else type(instance)
    decision_over.send(sender=sender, instance=instance, why=why, revision=revision)


def going_offline(instance: Reviewed, raw: bool = False, **kwargs: object) -> None:
    """Notice what is being taken offline, before Wagtail forgets what has a date."""
    if raw or instance.live or instance.pk is None:
        return
    if live_row_of(instance):
        end(instance, Why.OFFLINE)


def going(instance: Reviewed, **kwargs: object) -> None:
    # Wagtail deletes a page as what it is; the signal of Page itself comes by here alone.
    # Whoever submits it at this moment has done so before, or finds it gone.
    lock_reviews([instance.pk], model_of(instance), with_past=True)
    end(instance, Why.DELETED)


def moved(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: object
) -> None:
    """End what waits for a page and for those below it; another place in its list is no move."""
    if parent_page_before.pk == parent_page_after.pk:
        return
    for page in instance.get_descendants(inclusive=True):
        end(page, Why.MOVED)


def another_goes_live(instance: Reviewed, revision: Revision, **kwargs: object) -> None:
    if WorkflowState.objects.active().for_instance(instance).exists():
        lock_reviews([instance.pk], model_of(instance))  # Wagtail ends it after what it is about
    end(instance, Why.REPLACED, revision)


def unscheduled(instance: PageLogEntry, created: bool, raw: bool = False, **kwargs: object) -> None:
    """Tell whoever waits for a date that somebody has taken it back, which Wagtail only logs."""
    if raw or not created or instance.action != "wagtail.schedule.cancel" or not instance.user:
        return
    if instance.revision is not None and instance.page is not None:
        people = submitters_of_version(instance.revision) - {instance.user_id}
        key = f"unscheduled:{instance.pk}"
        tell(instance.page, people, DATED, Why.REVOKED, key)


def connect() -> None:
    for model in get_page_models():
        post_page_move.connect(moved, sender=model)
    for model in reviewed_models():
        pre_save.connect(going_offline, sender=model)
        before_publication.connect(another_goes_live, sender=model)
    for model in (Page, *reviewed_snippets()):
        decision_over.connect(end_dates, sender=model)
        decision_over.connect(end_reviews, sender=model)
        pre_delete.connect(going, sender=model)
    post_save.connect(unscheduled, sender=PageLogEntry)
