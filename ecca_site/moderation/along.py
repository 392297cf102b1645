"""Requests for several languages that were made together, and what became of the others."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import TaskState

from ecca_site.users.models import User

from .models import Act, PageRequest, may
from .models.rights import Step


@dataclass(frozen=True)
class Along:
    """A request for another language that was made at the same time."""

    state: TaskState
    language: str
    is_offered: bool  # to whoever looks at it, to decide

    @property
    def key(self) -> str:
        """The value that stands for it in the form."""
        return str(self.state.pk)

    @property
    def is_waiting(self) -> bool:
        return self.state.status == TaskState.STATUS_IN_PROGRESS

    @property
    def in_words(self) -> str:
        words = {
            TaskState.STATUS_IN_PROGRESS: _("waits for a decision"),
            TaskState.STATUS_APPROVED: _("agreed to"),
            TaskState.STATUS_REJECTED: _("declined"),
        }
        return words.get(self.state.status, _("withdrawn"))


def along(page_request: PageRequest, user: User) -> Iterator[Along]:
    """Yield the requests for other languages that were made together with this one.

    They are named by their languages alone: a draft's title is not everybody's to read.
    """
    others = page_request.others().select_related("workflow_state__current_task_state__task")
    for other in others.order_by("pk"):
        state = other.workflow_state.current_task_state
        is_offered = False
        if state.status == TaskState.STATUS_IN_PROGRESS:
            is_offered = may(user, Act.DECIDE, other.reaches(), step=Step.of(state))
        yield Along(state, str(other.page.locale.get_display_name()), is_offered)
