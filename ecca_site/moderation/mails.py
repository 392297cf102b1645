"""Who is told of what in a review: one mail per person and event, led by the content's language and type."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import TaskState
from wagtail.signals import task_cancelled, task_submitted, workflow_approved, workflow_rejected

from ecca_site.core.dates import localized_date
from ecca_site.mail.outbox import Letter, post

from .items import items_of, with_relations
from .models import LanguageTeam, authors_of, display_name, submitters_of

PROFILES = ("wagtail_userprofile", "mail_preference")


def reviewers_of(task_state):
    """Return who can decide on this version: not who wrote or submitted it, and superusers only if they asked."""
    task, page = task_state.task.specific, task_state.workflow_state.content_object
    groups = Q(groups__in=task.groups.all())
    if task.is_for_language_reviewers:
        groups |= Q(groups__in=LanguageTeam.objects.filter(locale_id=page.locale_id).values("reviewers"))
    asked = Q(is_superuser=True, mail_preference__wants_reviews=True)
    people = get_user_model().objects.filter(Q(groups, is_superuser=False) | asked, is_active=True)
    return people.exclude(pk__in=authors_of(task_state)).select_related(*PROFILES).distinct().order_by("pk")


def link(task_state):
    return settings.WAGTAILADMIN_BASE_URL + reverse("moderation_review", args=[task_state.pk])


def edit_link(page):
    return settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])


def subject(item, event):
    return f"[{item.language} · {item.kind}] {item.title}: {event}"


def facts(item):
    """What the item is about, in the language of whoever reads it."""
    return (
        (_("Type"), item.kind),
        (_("Language"), item.language),
        *(((_("Organisation"), item.organisation),) if item.organisation else ()),
        (_("What changes"), item.changes),
        (_("Submitted by"), item.submitter),
        (_("Submitted on"), localized_date(item.submitted_on)),
        (_("Due"), localized_date(item.due_on)),
    )


def item_of(task_state):
    """Describe a version under review in the active language."""
    return items_of(with_relations(TaskState.objects.filter(pk=task_state.pk)))[0].item


def wants(user, notification):
    """Whether somebody wants to be told, as Wagtail's own account settings ask."""
    profile = getattr(user, "wagtail_userprofile", None)
    return profile is None or getattr(profile, notification)


# --- To reviewers --------------------------------------------------------------------------------------------
def tell_reviewers(task_state, key, event, line):
    """Write to everybody who can decide; ``event`` and ``line`` are called in each reader's language.

    Return how many there are who can decide.
    """

    def compose():
        item = item_of(task_state)
        return Letter(
            subject=subject(item, event()),
            lines=(line(item),),
            facts=facts(item),
            action=_("Review it"),
            address=link(task_state),
        )

    reviewers = list(reviewers_of(task_state))
    for user in reviewers:
        if wants(user, "submitted_notifications"):
            post(user, key, compose)
    return len(reviewers)


def submitted(instance, **kwargs):
    if not is_ours(instance):
        return
    tell_reviewers(
        instance,
        f"submitted:{instance.pk}",
        lambda: _("waits for review"),
        lambda item: _("%(name)s has submitted this for review.") % {"name": item.submitter},
    )


# --- To submitters -------------------------------------------------------------------------------------------
def tell_submitters(workflow_state, user, key, notification, event, line):
    """Write to whoever submitted, unless they decided it themselves."""
    state = workflow_state.current_task_state
    if not is_ours(state):
        return

    def compose():
        item = item_of(state)
        return Letter(
            subject=subject(item, event()),
            lines=(line() % {"name": display_name(user) if user else _("Somebody")},),
            facts=facts(item),
            quote=state.comment,
            action=_("Open it"),
            address=edit_link(workflow_state.content_object),
        )

    people = get_user_model().objects.filter(pk__in=submitters_of(state), is_active=True).select_related(*PROFILES)
    if hasattr(workflow_state, "page_request"):
        people = people.filter(pk=workflow_state.requested_by_id)  # who last wrote the page has asked for nothing
    for person in people.exclude(pk=user.pk if user else None).order_by("pk"):
        if wants(person, notification):
            post(person, f"{key}:{state.pk}", compose)


def approved(instance, user=None, **kwargs):
    if hasattr(instance, "page_request"):
        return  # told of by request_granted
    tell_submitters(
        instance, user, "approved", "approved_notifications",
        lambda: _("approved"), lambda: _("%(name)s has approved what you submitted."),
    )  # fmt: skip


def request_granted(workflow_state, user):
    tell_submitters(
        workflow_state, user, "approved", "approved_notifications",
        lambda: _("approved"), lambda: _("%(name)s has agreed to what you asked for."),
    )  # fmt: skip


def rejected(instance, user=None, **kwargs):
    is_request = hasattr(instance, "page_request")
    tell_submitters(
        instance, user, "rejected", "rejected_notifications",
        lambda: _("declined") if is_request else _("changes requested"),
        lambda: _("%(name)s has declined what you asked for.")
        if is_request else _("%(name)s asks you to change something and submit it again."),
    )  # fmt: skip


# --- To whoever was at work on it ----------------------------------------------------------------------------
def withdrawn(instance, user=None, **kwargs):
    claim = getattr(instance, "claim", None)
    if claim is None or claim.user == user or not is_ours(instance):
        return

    def compose():
        item = item_of(instance)
        name = display_name(user) if user else _("Somebody")
        return Letter(
            subject=subject(item, _("withdrawn")),
            lines=(_("%(name)s has withdrawn what you were reviewing.") % {"name": name},),
            facts=facts(item),
            action=_("Open the queue"),
            address=settings.WAGTAILADMIN_BASE_URL + reverse("moderation_queue"),
        )

    post(claim.user, f"withdrawn:{instance.pk}", compose)


def is_ours(task_state):
    return task_state is not None and hasattr(task_state.task.specific, "working_days")


def connect():
    task_submitted.connect(submitted, dispatch_uid="moderation_submitted")
    workflow_approved.connect(approved, dispatch_uid="moderation_approved")
    workflow_rejected.connect(rejected, dispatch_uid="moderation_rejected")
    task_cancelled.connect(withdrawn, dispatch_uid="moderation_withdrawn")
