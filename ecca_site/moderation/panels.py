"""The panels of the CMS home that show somebody's work: each costs at most five queries."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template import Context
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from .items import awaiting, items_at, items_of
from .models import is_moderator
from .reviewed import edit_path, instances_at, language_of, title_of
from .revoking import revocable_by

MOST = 8
MOST_APPROVED = 3
LATEST = 30  # submissions that are looked through
LATEST_SAVES = 200  # versions among which somebody's drafts are looked for
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
        keys = awaiting(self.user).values_list("pk", flat=True)
        return items_at(list(keys[: MOST + 1]))

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
        keys = {*self.submitted(), *self.written()}
        found = WorkflowState.objects.filter(pk__in=keys).select_related(
            "current_task_state__task", "current_task_state__finished_by", "page_request"
        )
        states = found.order_by("-created_at", "-pk")[:LATEST]
        places = {(state.base_content_type_id, state.object_id) for state in states}
        found = instances_at(places, with_content=False)
        shown = []
        for state in states:
            about = found.get((state.base_content_type_id, state.object_id))
            if about is None or state.current_task_state is None:
                continue
            shown.append(MyItem(state, title_of(about), language_of(about), edit_path(about)))
        return shown

    def submitted(self) -> QuerySet:
        """Return the keys of the latest that this person submitted.

        Keys alone, here and below: each comes from an index, and no version is read for nothing.
        """
        states = WorkflowState.objects.filter(requested_by=self.user)
        kept = states.exclude(status=WorkflowState.STATUS_CANCELLED)
        return kept.order_by("-created_at", "-pk").values_list("pk", flat=True)[:LATEST]

    def written(self) -> QuerySet:
        """Return the keys of those for whose latest versions this person wrote."""
        steps = TaskState.objects.filter(revision__user=self.user)
        kept = steps.exclude(workflow_state__status=WorkflowState.STATUS_CANCELLED)
        latest = kept.order_by("-revision__created_at", "-revision__pk")
        return latest.values_list("workflow_state", flat=True)[:LATEST]

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
    """The pages that this person was the last to write and that nobody has seen yet.

    They are found among the latest versions that the person saved.
    """

    name = "my_drafts"
    order = 120
    template_name = "moderation/panels/my_drafts.html"

    @property
    def has_content(self) -> bool:
        return bool(self.pages)

    @cached_property
    def pages(self) -> list[Page]:
        saved = Revision.objects.filter(user=self.user).order_by("-created_at", "-pk")
        keys = list(saved.values_list("pk", flat=True)[:LATEST_SAVES])
        mine = Page.objects.filter(has_unpublished_changes=True, latest_revision__in=keys)
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
        held = policy.get_cached_permissions_for_user(self.user)
        changeable = [each.page for each in held if each.permission.codename == "change_page"]
        if any(page.numchild > FEW for page in changeable):
            return []
        mine = policy.instances_user_has_permission_for(self.user, "change")
        # In no order: a few of very many are found without sorting them.
        pages = list(mine.select_related("locale").order_by()[: FEW + 1])
        if len(pages) > FEW:
            return []
        return sorted(pages, key=lambda page: (page.locale_id, page.pk))


PANELS = (MyPages, ToReview, Approved, MyItems, MyDrafts)
