"""The panels of the CMS home that show somebody's work: each costs at most five queries."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.template import Context
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from .items import items_of, queue_of
from .models import is_moderator
from .reviewed import edit_path, instances_at, language_of, title_of
from .revoking import revocable_by

MOST = 8
MOST_APPROVED = 3
LATEST = 30  # submissions that are looked through
FEW = 12  # pages; whoever may change more finds them in the tree


class Panel(Component):
    """The base of panels, which know the request and its user; one may have nothing to show."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = request.user

    @property
    def has_content(self) -> bool:
        raise NotImplementedError

    def get_context_data(self, parent_context: Context | None) -> dict[str, object]:
        return {**super().get_context_data(parent_context), "panel": self, "request": self.request}

    def render_html(self, parent_context: Context | None = None) -> str:
        if not self.has_content:
            return ""
        return super().render_html(parent_context)


class ToReview(Panel):
    """The versions that wait for this person's decision, the oldest first."""

    name = "to_review"
    order = 100
    template_name = "moderation/panels/to_review.html"

    @property
    def has_content(self) -> bool:
        return is_moderator(self.user)

    @cached_property
    def states(self) -> list[TaskState]:
        if not is_moderator(self.user):
            return []
        return items_of(queue_of(self.user)[: MOST + 1])

    @property
    def shown(self) -> list[TaskState]:
        return self.states[:MOST]

    @property
    def has_more(self) -> bool:
        return len(self.states) > MOST


@dataclass(frozen=True)
class MyItem:
    """A review that somebody began, with the title, language and editor of what it is about."""

    state: WorkflowState
    title: str
    language: str
    edit_path: str


class Approved(Panel):
    """The versions that were approved and go live later; until then it can be taken back."""

    name = "approved"
    order = 105
    template_name = "moderation/panels/approved.html"

    @property
    def has_content(self) -> bool:
        return bool(self.shown)

    @cached_property
    def shown(self) -> list[TaskState]:
        if not is_moderator(self.user):
            return []
        return items_of(revocable_by(self.user)[:MOST])


class MyItems(Panel):
    """Everything that this person submitted: sent back, waiting for others, decided lately."""

    name = "my_items"
    order = 110
    template_name = "moderation/panels/my_items.html"

    @property
    def has_content(self) -> bool:
        return bool(self.items)

    @cached_property
    def items(self) -> list[MyItem]:
        """The latest of them."""
        mine = Q(requested_by=self.user) | Q(task_states__revision__user=self.user)
        found = WorkflowState.objects.filter(mine).exclude(status=WorkflowState.STATUS_CANCELLED)
        related = found.select_related(
            "current_task_state__task",
            "current_task_state__finished_by",
            "current_task_state__revision",
            "page_request",
        )
        states = list(related.distinct().order_by("-created_at", "-pk")[:LATEST])
        found = instances_at({(state.base_content_type_id, state.object_id) for state in states})
        shown = []
        for state in states:
            about = found.get((state.base_content_type_id, state.object_id))
            if about is None or state.current_task_state is None:
                continue
            shown.append(MyItem(state, title_of(about), language_of(about), edit_path(about)))
        return shown

    def _in_status(self, status: str) -> list[MyItem]:
        return [item for item in self.items if item.state.status == status]

    @property
    def sent_back(self) -> list[MyItem]:
        items = self._in_status(WorkflowState.STATUS_NEEDS_CHANGES)
        return [item for item in items if not self.is_withdrawn(item)][:MOST]

    @property
    def withdrawn(self) -> list[MyItem]:
        items = self._in_status(WorkflowState.STATUS_NEEDS_CHANGES)
        return [item for item in items if self.is_withdrawn(item)][:MOST]

    @property
    def waiting(self) -> list[MyItem]:
        return self._in_status(WorkflowState.STATUS_IN_PROGRESS)[:MOST]

    @property
    def approved(self) -> list[MyItem]:
        return self._in_status(WorkflowState.STATUS_APPROVED)[:MOST_APPROVED]

    @staticmethod
    def is_withdrawn(item: MyItem) -> bool:
        return item.state.current_task_state.status == TaskState.STATUS_CANCELLED


class MyDrafts(Panel):
    """The pages that this person was the last to write and that nobody has seen yet."""

    name = "my_drafts"
    order = 120
    template_name = "moderation/panels/my_drafts.html"

    @property
    def has_content(self) -> bool:
        return bool(self.pages)

    @cached_property
    def pages(self) -> list[Page]:
        mine = Page.objects.filter(has_unpublished_changes=True, latest_revision__user=self.user)
        latest = mine.select_related("locale").order_by("-latest_revision_created_at", "-pk")
        pages = list(latest[: 4 * MOST])  # of which some are under review
        numbers = [str(page.pk) for page in pages]
        of_pages = ContentType.objects.get_for_model(Page)
        states = WorkflowState.objects.active().filter(
            base_content_type=of_pages, object_id__in=numbers
        )
        waiting = set(states.values_list("object_id", flat=True))
        return [page for page in pages if str(page.pk) not in waiting][:MOST]


class MyPages(Panel):
    """The pages of somebody who looks after a few, as partner organisations do."""

    name = "my_pages"
    order = 90
    template_name = "moderation/panels/my_pages.html"

    @property
    def has_content(self) -> bool:
        return bool(self.pages)

    @cached_property
    def pages(self) -> list[Page]:
        if self.user.is_superuser:
            return []
        policy = policy_registry.get_by_type(Page)
        mine = policy.instances_user_has_permission_for(self.user, "change")
        pages = list(mine.select_related("locale").order_by("locale_id", "pk")[: FEW + 1])
        return pages if len(pages) <= FEW else []


PANELS = (MyPages, ToReview, Approved, MyItems, MyDrafts)
