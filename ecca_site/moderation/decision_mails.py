"""The mails to those who submitted something: what became of it."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected

from ecca_site.mail.outbox import Letter, post
from ecca_site.users.models import User
from ecca_site.workers.queue import leave

from .mails import edit_link, facts, is_ours, item_of, name_of, people_with_profiles, subject, wants
from .models import PageRequest, Seal, SealBroken, submitters_of
from .sealing import seals
from .sealing.things import Difference


@dataclass(frozen=True)
class Decision:
    """The words of a decision for those who submitted."""

    name: str
    event: Promise  # that ends the subject
    line: Promise  # the text, in which ``%(name)s`` is the one who decided

    @property
    def notification(self) -> str:
        """The field of Wagtail's account settings that says whether somebody wants to be told."""
        return f"{self.name}_notifications"


APPROVED, GRANTED, SENT_BACK, DECLINED, REVOKED = (
    "approved",
    "granted",
    "sent back",
    "declined",
    "revoked",
)
DECISIONS = {
    APPROVED: Decision(
        "approved",
        gettext_lazy("approved"),
        gettext_lazy("%(name)s has approved what you submitted."),
    ),
    GRANTED: Decision(
        "approved",
        gettext_lazy("approved"),
        gettext_lazy("%(name)s has agreed to what you asked for."),
    ),
    SENT_BACK: Decision(
        "rejected",
        gettext_lazy("changes requested"),
        gettext_lazy("%(name)s asks you to change something and submit it again."),
    ),
    DECLINED: Decision(
        "rejected",
        gettext_lazy("declined"),
        gettext_lazy("%(name)s has declined what you asked for."),
    ),
    REVOKED: Decision(
        "rejected",
        gettext_lazy("approval taken back"),
        gettext_lazy("%(name)s has taken the approval back. It does not go live any more."),
    ),
}


def tell_submitters(workflow_state: WorkflowState, user: User | None, decision: str) -> None:
    """Let a worker write to whoever submitted, unless they decided it themselves."""
    state_id = workflow_state.current_task_state_id
    if state_id is not None:
        leave(write_to_submitters, state_id, user.pk if user is not None else None, decision)


@task()
def write_to_submitters(state_id: int, user_id: int | None, name: str) -> None:
    """Write to whoever submitted something, unless it was deleted meanwhile."""
    states = TaskState.objects.select_related("workflow_state", "revision")
    state = states.filter(pk=state_id).first()
    if not is_ours(state):
        return
    decision = DECISIONS[name]
    workflow_state = state.workflow_state
    user = get_user_model().objects.filter(pk=user_id).first()
    request = getattr(workflow_state, "page_request", None)
    reviewed = workflow_state.content_object
    address = edit_link(reviewed) if reviewed is not None else ""
    if name == GRANTED and request and request.kind == PageRequest.Kind.DELETE:
        address = ""  # it will lead nowhere

    def compose() -> Letter:
        item = item_of(state)
        return Letter(
            subject=subject(item, decision.event),
            lines=(str(decision.line) % {"name": name_of(user)},),
            facts=facts(item, is_decided=True),
            quote=state.comment,
            action=_("Open it"),
            address=address,
        )

    for person in people_with_profiles().filter(pk__in=submitters_of(state)).exclude(pk=user_id):
        if wants(person, decision.notification):
            post(person, f"{decision.name}:{state.pk}", compose)


def approved(instance: WorkflowState, user: User | None = None, **kwargs: object) -> None:
    """Tell submitters that their version was approved; ``request_granted`` tells of requests."""
    if not hasattr(instance, "page_request"):
        tell_submitters(instance, user, APPROVED)


def request_granted(workflow_state: WorkflowState, user: User | None) -> None:
    """Tell whoever asked for something that it is granted.

    No worker would find a page that is deleted by it.
    """
    state_id = workflow_state.current_task_state_id
    write_to_submitters.call(state_id, user.pk if user is not None else None, GRANTED)


def rejected(instance: WorkflowState, user: User | None = None, **kwargs: object) -> None:
    """Tell submitters that a version was sent back, or a request declined."""
    is_request = hasattr(instance, "page_request")
    tell_submitters(instance, user, DECLINED if is_request else SENT_BACK)


def seal_broken(
    task_state: TaskState, seal: Seal, found: list[Difference], user: User, **kwargs: object
) -> None:
    """Tell submitters what was changed around their version, which still waits."""
    if not is_ours(task_state):
        return

    def compose() -> Letter:
        item = item_of(task_state)
        return Letter(
            subject=subject(item, _("changed since it was submitted")),
            lines=(
                seals.why_broken(found),
                _("It was not approved for this reason. It waits for a decision as it is now."),
            ),
            facts=facts(item),
            action=_("Open it"),
            address=edit_link(task_state.workflow_state.content_object),
        )

    for person in people_with_profiles().filter(pk__in=submitters_of(task_state) - {user.pk}):
        post(person, f"changed:{seal.pk}", compose)


def connect() -> None:
    seals.seal_broken.connect(seal_broken, sender=SealBroken)
    workflow_approved.connect(approved, sender=WorkflowState)
    workflow_rejected.connect(rejected, sender=WorkflowState)
