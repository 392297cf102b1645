"""The steps of a review in words of this site, in the language of whoever reads the log."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry

from .ending import Why
from .reviewed import Reviewed, log_of

STEPS = (
    ("wagtail.workflow.start", _("Submit"), _("Submitted for review")),
    ("wagtail.workflow.resume", _("Submit again"), _("Submitted again")),
    ("wagtail.workflow.approve", _("Approve"), _("Approved")),
    ("wagtail.workflow.reject", _("Request changes"), _("Changes requested")),
    ("wagtail.workflow.cancel", _("End the review"), _("Review ended without a decision")),
    ("moderation.claim", _("Claim"), _("Claimed for review")),
    ("moderation.release", _("Give back"), _("Given back, unreviewed")),
    ("moderation.withdraw", _("Withdraw"), _("Withdrawn by the submitter")),
    ("moderation.override", _("Override"), _("Approved against the rule of four eyes")),
    ("moderation.revoke", _("Take the approval back"), _("Approval taken back")),
    ("moderation.request", _("Ask"), _("Asked the moderators")),
    ("moderation.ended", _("End what waits"), _("What waited has ended")),
    ("moderation.guest_link", _("Address for a guest"), _("Made an address for a guest")),
    ("moderation.guest_revoke", _("Revoke"), _("Revoked an address for a guest")),
    ("moderation.guest_comment", _("Comment"), _("Commented on by a guest")),
    ("moderation.permissions", _("Permissions"), _("Permissions changed")),
)
# The steps of its page that a review shows.
OF_REVIEWS = {name for name, *_texts in STEPS} - {"moderation.permissions"} | {
    "wagtail.publish", "wagtail.publish.schedule", "wagtail.publish.scheduled", "wagtail.unpublish",
    "wagtail.unpublish.scheduled", "wagtail.schedule.cancel",
}  # fmt: skip


# The steps after which something waits, and the one that ends it.
WAITING = (
    "wagtail.workflow.start",
    "wagtail.workflow.resume",
    "wagtail.publish.schedule",
    "moderation.request",
    "moderation.ended",
)


def why_ended(instance: Reviewed) -> str:
    """Return why what waited for something has ended, "" where something waits or nothing did."""
    steps = log_of(instance).filter(action__in=WAITING)
    latest = steps.order_by("-timestamp", "-pk").first()
    if latest is None or latest.action != "moderation.ended":
        return ""
    return str(Why(latest.data["why"]).in_words)


class StepFormatter(LogFormatter):
    def format_comment(self, log_entry: BaseLogEntry) -> str:
        parts = [log_entry.data.get("name"), log_entry.data.get("comment")]
        if log_entry.action == "moderation.ended":
            parts.append(str(Why(log_entry.data["why"]).in_words))
        return ": ".join(part for part in parts if part)


def register(actions: LogActionRegistry) -> None:
    """Register the steps, those of Wagtail anew: its words tell of workflows and tasks."""
    ours = {name for name, *_texts in STEPS}
    actions.choices[:] = [choice for choice in actions.choices if choice[0] not in ours]
    for name, label, message in STEPS:
        actions.register_action(name)(
            type("Step", (StepFormatter,), {"label": label, "message": message})
        )
