"""Versions that were approved and may not go live when their time comes."""

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from ecca_site.mail.outbox import Letter, post

from .mails import edit_link, people_with_profiles
from .models import lock_reviews
from .reviewed import lock
from .sealing.seals import why_changed
from .shown import why_not_shown

# Sent with ``instance``, a page that went offline on its date, and ``revision``, the version that
# was live until then, in the same transaction.
time_over = Signal()
# Sent whenever the clock has come by, for what can wait until then.
clock = Signal()


@transaction.atomic
def hold_back(revision: Revision) -> bool:
    """Take its date from a version that is no more what was approved, or could not be shown.

    Return whether it was such a version.
    """
    if not why_not_shown(revision.as_object()) and not why_changed(revision):
        return False
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    back_into_queue(revision)
    return True


@transaction.atomic
def publish_due(revision: Revision) -> None:
    """Publish a version whose time has come, unless its approval is taken back at this moment.

    Wagtail's command reads all that is due first, and publishes it whatever happens meanwhile.
    """
    instance = revision.content_object
    if instance is None:
        return
    lock(instance)
    if Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False).exists():
        revision.publish(log_action="wagtail.publish.scheduled")


@transaction.atomic
def take_offline(page: Page) -> None:
    """Take a page offline whose time is over, unless that was changed meanwhile.

    Its translations are locked, too: some may go along.
    """
    same = Page.objects.filter(translation_key=page.translation_key)
    lock_reviews(same.values_list("pk", flat=True))
    due = Page.objects.filter(pk=page.pk, live=True, expire_at__lt=timezone.now()).first()
    if due is None:
        return
    revision = due.live_revision
    due.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    time_over.send(sender=Page, instance=due, revision=revision)


def back_into_queue(revision: Revision) -> None:
    """Submit a version anew that was approved; it is sealed as it is now.

    Administrators and whoever submitted it are told. A page that has been changed since, or waits
    for a decision, is not submitted.
    """
    page = revision.content_object.specific
    people = people_with_profiles().filter(Q(is_superuser=True) | Q(pk=revision.user_id))
    for user in people:
        post(user, f"held-back:{revision.pk}", lambda: letter(revision))
    workflow = page.get_workflow()
    is_latest = page.latest_revision_id == revision.pk
    if is_latest and workflow is not None and page.current_workflow_state is None:
        workflow.start(page, revision.user)


def letter(revision: Revision) -> Letter:
    """Return the letter about a version, with the reason in the reader's language."""
    version: Page = revision.as_object()
    reason = why_not_shown(version)
    text = _(
        "It should have gone live now, but it cannot be shown to visitors. "
        "It waits for a decision again."
    )
    if not reason:
        reason = why_changed(revision)
        text = _(
            "It should have gone live now, but visitors would see something else than "
            "what was approved. It waits for a decision again."
        )
    return Letter(
        subject=_("“%(title)s” was not published") % {"title": version.title},
        lines=(text, reason),
        action=_("Open the page"),
        address=edit_link(version),
    )
