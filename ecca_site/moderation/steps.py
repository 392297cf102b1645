"""How the log tells of the steps of a review: in words of this site, in the language of whoever reads it."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

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
    ("moderation.request", _("Ask"), _("Asked the moderators")),
    ("moderation.guest_link", _("Address for a guest"), _("Made an address for a guest")),
    ("moderation.guest_revoke", _("Revoke"), _("Revoked an address for a guest")),
    ("moderation.guest_comment", _("Comment"), _("Commented on by a guest")),
    ("moderation.permissions", _("Permissions"), _("Permissions changed")),
)
# What a review shows of the past of its page.
OF_REVIEWS = {name for name, *_texts in STEPS} - {"moderation.permissions"} | {
    "wagtail.publish", "wagtail.publish.schedule", "wagtail.publish.scheduled", "wagtail.unpublish",
    "wagtail.unpublish.scheduled", "wagtail.schedule.cancel",
}  # fmt: skip


class StepFormatter(LogFormatter):
    def format_comment(self, log_entry):
        return ": ".join(filter(None, (log_entry.data.get("name"), log_entry.data.get("comment"))))


def register(actions):
    """Register the steps, those of Wagtail anew: its words tell of workflows and tasks."""
    ours = {name for name, *_texts in STEPS}
    actions.choices[:] = [choice for choice in actions.choices if choice[0] not in ours]
    for name, label, message in STEPS:
        actions.register_action(name)(type("Step", (StepFormatter,), {"label": label, "message": message}))
