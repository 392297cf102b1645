"""What somebody has to do, on the CMS home: each panel costs at most five queries."""

from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from .items import items_of, queue_of
from .models import is_moderator

MOST = 8
FEW = 12  # pages; who may change more than these finds them in the tree


class Panel(Component):
    def __init__(self, request):
        self.request = request
        self.user = request.user

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "panel": self, "request": self.request}


class ToReview(Panel):
    """What waits for this person's decision, the oldest first."""

    name = "to_review"
    order = 100
    template_name = "moderation/panels/to_review.html"

    @cached_property
    def states(self):
        return items_of(queue_of(self.user)[: MOST + 1]) if is_moderator(self.user) else []

    def render_html(self, parent_context=None):
        return super().render_html(parent_context) if is_moderator(self.user) else ""

    @property
    def shown(self):
        return self.states[:MOST]

    @property
    def has_more(self):
        return len(self.states) > MOST


class MyItems(Panel):
    """Where everything stands that this person submitted: sent back, waiting for others, decided lately."""

    name = "my_items"
    order = 110
    template_name = "moderation/panels/my_items.html"

    @cached_property
    def states(self):
        mine = Q(requested_by=self.user) | Q(task_states__revision__user=self.user)
        found = (
            WorkflowState.objects.filter(mine)
            .exclude(status=WorkflowState.STATUS_CANCELLED)
            .select_related("current_task_state__task", "current_task_state__finished_by", "page_request")
            .select_related("current_task_state__revision")
            .distinct()
            .order_by("-created_at", "-pk")[:30]
        )
        states = list(found)
        pages = Page.objects.select_related("locale").in_bulk([int(state.object_id) for state in states])
        for state in states:
            state.about = pages.get(int(state.object_id))
        return [state for state in states if state.about and state.current_task_state]

    @property
    def sent_back(self):
        needs = (WorkflowState.STATUS_NEEDS_CHANGES,)
        return [state for state in self.states if state.status in needs and not self.is_withdrawn(state)][:MOST]

    @property
    def withdrawn(self):
        needs = (WorkflowState.STATUS_NEEDS_CHANGES,)
        return [state for state in self.states if state.status in needs and self.is_withdrawn(state)][:MOST]

    @property
    def waiting(self):
        return [state for state in self.states if state.status == WorkflowState.STATUS_IN_PROGRESS][:MOST]

    @property
    def approved(self):
        return [state for state in self.states if state.status == WorkflowState.STATUS_APPROVED][:3]

    @staticmethod
    def is_withdrawn(state):
        return state.current_task_state.status == TaskState.STATUS_CANCELLED

    def render_html(self, parent_context=None):
        return super().render_html(parent_context) if self.states else ""


class MyDrafts(Panel):
    """What this person last wrote and nobody has seen yet."""

    name = "my_drafts"
    order = 120
    template_name = "moderation/panels/my_drafts.html"

    @cached_property
    def pages(self):
        active = WorkflowState.objects.active().values("object_id")
        pages = (
            Page.objects.filter(has_unpublished_changes=True, latest_revision__user=self.user)
            .select_related("locale")
            .order_by("-latest_revision_created_at", "-pk")[: 4 * MOST]
        )
        waiting = set(active.values_list("object_id", flat=True).filter(object_id__in=[str(page.pk) for page in pages]))
        return [page for page in pages if str(page.pk) not in waiting][:MOST]

    def render_html(self, parent_context=None):
        return super().render_html(parent_context) if self.pages else ""


class MyPages(Panel):
    """The pages of somebody who looks after a few, as partner organisations do: each with its languages and state."""

    name = "my_pages"
    order = 90
    template_name = "moderation/panels/my_pages.html"

    @cached_property
    def pages(self):
        if self.user.is_superuser:
            return []
        policy = policy_registry.get_by_type(Page)
        pages = policy.instances_user_has_permission_for(self.user, "change").select_related("locale")
        pages = list(pages.order_by("locale_id", "pk")[: FEW + 1])
        return pages if len(pages) <= FEW else []

    def render_html(self, parent_context=None):
        return super().render_html(parent_context) if self.pages else ""


PANELS = (MyPages, ToReview, MyItems, MyDrafts)
