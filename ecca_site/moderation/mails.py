"""The mails about reviews: one for each person and event, by the content's language and type."""

from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task
from wagtail.models import TaskState
from wagtail.signals import task_cancelled, task_submitted

from ecca_site.i18n.dates import localized_date, localized_time
from ecca_site.mail.outbox import Letter, post
from ecca_site.users.models import User
from ecca_site.workers.queue import leave

from .items import QueueItem, items_of, with_relations
from .models import (
    authors_of,
    display_name,
    language_groups,
)
from .reviewed import Reviewed, edit_path, reviewed_models
from .shown import version_failed

PROFILES = ("wagtail_userprofile", "mail_preference")


def people_with_profiles() -> QuerySet[User]:
    """Return the people whose accounts are open, with what says how they want their mails."""
    people = get_user_model().objects.filter(is_active=True)
    return people.select_related(*PROFILES).order_by("pk")


def reviewers_of(task_state: TaskState) -> QuerySet[User]:
    """Return the people who can decide on a version.

    Those who wrote or submitted it cannot; superusers are among them only if they asked for it.
    """
    task = task_state.task.specific
    reviewed = task_state.workflow_state.content_object
    belongs = Q(groups__in=task.groups.all())
    if task.is_for_language_reviewers:
        groups = language_groups.reviewers().filter(locale=reviewed.locale_id)
        belongs |= Q(groups__in=groups.values("group"))
    asked = Q(is_superuser=True, mail_preference__wants_reviews=True)
    people = people_with_profiles().filter(Q(belongs, is_superuser=False) | asked)
    return people.exclude(pk__in=authors_of(task_state)).distinct()


def administrators() -> QuerySet[User]:
    return people_with_profiles().filter(is_superuser=True)


def link(task_state: TaskState) -> str:
    """Return the absolute address of a review."""
    return settings.WAGTAILADMIN_BASE_URL + reverse("moderation_review", args=[task_state.pk])


def edit_link(instance: Reviewed) -> str:
    """Return the absolute address at which the CMS edits a page or a snippet."""
    return settings.WAGTAILADMIN_BASE_URL + edit_path(instance)


def subject(item: QueueItem, event: str | Promise) -> str:
    return f"[{item.language} · {item.kind}] {item.title}: {event}"


def facts(item: QueueItem, *, is_decided: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the facts about an item, each with its label in the active language.

    Nothing is due any more once it is decided or withdrawn.
    """
    return tuple(_facts(item, is_decided))


def _facts(item: QueueItem, is_decided: bool) -> Iterator[tuple[str, str]]:
    yield _("Type"), item.kind
    yield _("Language"), item.language
    if item.organisation:
        yield _("Organisation"), item.organisation
    if item.goes_live_at:
        moment = timezone.localtime(item.goes_live_at)
        yield _("Goes live on"), f"{localized_date(moment)}, {localized_time(moment)}"
    if item.is_request:
        yield _("What is asked for"), item.changes
    elif item.changes:
        yield _("What changes"), item.changes
    yield _("Submitted by"), item.submitter
    yield _("Submitted on"), localized_date(item.submitted_on)
    if not is_decided:
        yield _("Due"), localized_date(item.due_on)


def item_of(task_state: TaskState) -> QueueItem:
    """Return a version under review in the words of the active language."""
    return items_of(with_relations(TaskState.objects.filter(pk=task_state.pk)))[0].item


def wants(user: User, notification: str) -> bool:
    """Return whether somebody wants to be told, as Wagtail's own account settings ask."""
    profile = getattr(user, "wagtail_userprofile", None)
    return profile is None or getattr(profile, notification)


def name_of(user: User | None) -> str:
    """Return the name of whoever did something, if it is known, in the active language."""
    return display_name(user) if user is not None else _("Somebody")


def review_letter(task_state: TaskState, event: Promise, line: Promise) -> Letter:
    """Return a letter that asks for a decision.

    ``event`` ends the subject; ``line`` is the text, in which ``%(name)s`` is the submitter.
    """
    item = item_of(task_state)
    return Letter(
        subject=subject(item, event),
        lines=(str(line) % {"name": item.submitter},),
        facts=facts(item),
        action=_("Review it"),
        address=link(task_state),
    )


# --- To reviewers --------------------------------------------------------------------------------
def tell_reviewers(task_state: TaskState, key: str, event: Promise, line: Promise) -> int:
    """Write a ``review_letter`` to everybody who can decide; return how many these are."""
    compose = partial(review_letter, task_state, event, line)
    reviewers = list(reviewers_of(task_state))
    for user in reviewers:
        if wants(user, "submitted_notifications"):
            post(user, key, compose)
    return len(reviewers)


def submitted(instance: TaskState, **kwargs: object) -> None:
    """Let a worker tell reviewers of a version that was submitted."""
    leave(write_to_reviewers, instance.pk)


@task()
def write_to_reviewers(state_id: int) -> None:
    """Write to reviewers of a version that was submitted, unless it was deleted meanwhile."""
    state = TaskState.objects.filter(pk=state_id).first()
    if not is_ours(state):
        return
    request = getattr(state.workflow_state, "page_request", None)
    # What was asked for several languages at once is one event for whoever decides on many.
    event = f"submitted:{state.pk}" if request is None else f"asked:{request.wish}"
    reviewers = tell_reviewers(
        state,
        event,
        gettext_lazy("waits for review"),
        gettext_lazy("%(name)s has submitted this for review."),
    )
    if not reviewers:
        tell_administrators(
            state,
            f"no-reviewer:{state.pk}",
            gettext_lazy("waits, and has no reviewer"),
            gettext_lazy(
                "Nobody but administrators can decide on this. Decide, or find a reviewer."
            ),
        )


# --- To administrators ---------------------------------------------------------------------------
def tell_administrators(task_state: TaskState, key: str, event: Promise, line: Promise) -> None:
    """Write a ``review_letter`` of what nobody else decides, at once and whatever they want."""
    compose = partial(review_letter, task_state, event, line)
    for user in administrators():
        post(user, key, compose)


def version_not_shown(version: Reviewed, reason: str, **kwargs: object) -> None:
    """Tell administrators, once for each version, that its page ends in an error."""

    def compose() -> Letter:
        return Letter(
            subject=_("“%(title)s” cannot be shown to visitors") % {"title": str(version)},
            lines=(
                _("Visitors would get an error in place of this page, so it is not published."),
            ),
            facts=((_("Error"), reason),),
            action=_("Open the page"),
            address=edit_link(version),
        )

    for user in administrators():
        post(user, f"not-shown:{version.latest_revision_id}", compose)


# --- To whoever was at work on it ----------------------------------------------------------------
def withdrawn(instance: TaskState, user: User | None = None, **kwargs: object) -> None:
    """Tell whoever has claimed a review that the version was withdrawn."""
    claim = getattr(instance, "claim", None)
    if claim is None or claim.user == user or not is_ours(instance):
        return

    def compose() -> Letter:
        item = item_of(instance)
        text = _("%(name)s has withdrawn what you were reviewing.")
        return Letter(
            subject=subject(item, _("withdrawn")),
            lines=(text % {"name": name_of(user)},),
            facts=facts(item, is_decided=True),
            action=_("Open the queue"),
            address=settings.WAGTAILADMIN_BASE_URL + reverse("moderation_queue"),
        )

    post(claim.user, f"withdrawn:{instance.pk}", compose)


def is_ours(task_state: TaskState | None) -> bool:
    """Return whether a step of a workflow is a review of this site."""
    return task_state is not None and hasattr(task_state.task.specific, "working_days")


def connect() -> None:
    for model in reviewed_models():
        version_failed.connect(version_not_shown, sender=model)
    task_submitted.connect(submitted, sender=TaskState)
    task_cancelled.connect(withdrawn, sender=TaskState)
