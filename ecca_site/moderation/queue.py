"""The queue: everything that waits for the decision of whoever looks at it, oldest first."""

import datetime
from collections.abc import Iterable
from typing import Any, TypeAlias

import django_filters
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale, Page, TaskState

from ecca_site.core.counted import counted
from ecca_site.core.tables import FormColumn

from .items import awaiting, items_at, with_clock
from .models import Claim, ReviewTask, display_name, in_progress, is_moderator, log_step
from .reviewable import reviewable
from .reviewed import reviewed_models


def type_choices() -> list[tuple[str, str]]:
    """Return the types of what is reviewed, in the order of their names."""
    models = [model for model in reviewed_models() if model is not Page]
    types = ContentType.objects.get_for_models(*models)
    choices = [(str(kind.pk), str(model._meta.verbose_name)) for model, kind in types.items()]
    return sorted(choices, key=lambda choice: choice[1])


States: TypeAlias = QuerySet[TaskState]


class QueueFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), choices=lambda: settings.LANGUAGES, method="filter_language"
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Type"), choices=type_choices, field_name="revision__content_type"
    )
    age = django_filters.ChoiceFilter(
        label=gettext_lazy("Waiting for"),
        choices=[
            ("1", gettext_lazy("more than a day")),
            ("7", gettext_lazy("more than a week")),
            ("30", gettext_lazy("more than a month")),
        ],
        method="filter_age",
    )
    claimed = django_filters.ChoiceFilter(
        label=gettext_lazy("Claimed"),
        choices=[("mine", gettext_lazy("by me")), ("free", gettext_lazy("by nobody"))],
        method="filter_claimed",
    )

    class Meta:
        model = TaskState
        fields = ["language", "kind", "age", "claimed"]

    def filter_language(self, queryset: States, name: str, value: str) -> States:
        # The values themselves: PostgreSQL compares no JSON with a subquery's numbers.
        locales = Locale.objects.filter(language_code=value).values_list("pk", flat=True)
        return queryset.filter(revision__content__locale__in=list(locales))

    def filter_age(self, queryset: States, name: str, value: str) -> States:
        before = timezone.now() - datetime.timedelta(days=int(value))
        return queryset.filter(workflow_state__created_at__lt=before)

    def filter_claimed(self, queryset: States, name: str, value: str) -> States:
        if value == "mine":
            return queryset.filter(claim__user=self.request.user)
        return queryset.filter(claim=None)


class QueueColumn(Column):
    """A column whose cells say what they hold where a phone shows them below each other."""

    cell_template_name = "moderation/queue_cell.html"


class SinceColumn(Column):
    cell_template_name = "moderation/since_cell.html"


class DueColumn(Column):
    cell_template_name = "moderation/due_cell.html"


class ClaimColumn(FormColumn):
    cell_template_name = "moderation/claim_cell.html"


class QueueTable(Table):
    classname = "listing queue"

    def get_row_classname(self, instance: TaskState) -> str:
        return "queue-overdue" if instance.item.is_overdue else ""


class QueuePaginator(WagtailPaginator):
    @property
    def items_count_label(self) -> str:
        return ngettext("%(number)s item", "%(number)s items", self.count) % {"number": self.count}


class QueueView(ReportView):
    """The queue as a list, filtered and sorted by the query string, and as a spreadsheet."""

    page_title = gettext_lazy("Moderation")
    header_icon = "clipboard-list"
    index_url_name = "moderation_queue"
    index_results_url_name = "moderation_queue_results"
    results_template_name = "moderation/queue_results.html"
    filterset_class = QueueFilterSet
    table_class = QueueTable
    paginator_class = QueuePaginator
    default_ordering = "workflow_state__created_at"
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("What"),
            accessor="item.title",
            get_url=lambda state: reverse("moderation_review", args=[state.pk]),
            sort_key="revision__object_str",
        ),
        QueueColumn(
            "kind",
            label=gettext_lazy("Type"),
            accessor="item.kind",
            sort_key="revision__content_type__model",
        ),
        QueueColumn(
            "language",
            label=gettext_lazy("Language"),
            accessor="item.language",
            sort_key="revision__content__locale",
        ),
        QueueColumn(
            "organisation",
            label=gettext_lazy("Organisation"),
            accessor="item.organisation",
            sort_key="organisation",
        ),
        QueueColumn("changes", label=gettext_lazy("What changes"), accessor="item.in_short"),
        QueueColumn(
            "submitter",
            label=gettext_lazy("Submitted by"),
            accessor="item.submitter",
            sort_key="workflow_state__requested_by__last_name",
        ),
        SinceColumn(
            "since",
            label=gettext_lazy("Submitted on"),
            accessor="item",
            sort_key="workflow_state__created_at",
        ),
        DueColumn("due", label=gettext_lazy("Due"), accessor="item", sort_key="due_at"),
        ClaimColumn(
            "claim",
            label=gettext_lazy("Assigned to"),
            accessor="item.claimed_by",
            sort_key="claim__user__last_name",
        ),
    ]
    list_export = [
        "item.title",
        "item.kind",
        "item.language",
        "item.organisation",
        "item.changes",
        "item.submitter",
        "item.submitted_on",
        "item.age",
        "item.due_on",
        "item.claimed_by",
    ]
    export_headings = {
        "item.title": gettext_lazy("What"),
        "item.kind": gettext_lazy("Type"),
        "item.language": gettext_lazy("Language"),
        "item.organisation": gettext_lazy("Organisation"),
        "item.changes": gettext_lazy("What changes"),
        "item.submitter": gettext_lazy("Submitted by"),
        "item.submitted_on": gettext_lazy("Submitted on"),
        "item.age": gettext_lazy("Days waiting"),
        "item.due_on": gettext_lazy("Due"),
        "item.claimed_by": gettext_lazy("Assigned to"),
    }

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_moderator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Audit"), reverse("moderation_audit"), icon_name="history")]

    def get_base_queryset(self) -> States:
        fields = (getattr(model, "organisation_field", None) for model in reviewed_models())
        names = {field for field in fields if field is not None}
        named = [KeyTextTransform(name, "revision__content") for name in sorted(names)]
        return with_clock(awaiting(self.request.user)).annotate(
            due_at=due_at(),
            organisation=Coalesce(*named, Value(""), Value(""), output_field=TextField()),
        )

    def order_queryset(self, queryset: States) -> States:
        """Sort; what is equal stays in the order of submission."""
        return queryset.order_by(self.ordering, "workflow_state__created_at", "pk")

    def get_paginator(self, queryset: States, *args: object, **kwargs: object) -> QueuePaginator:
        paginator = super().get_paginator(queryset, *args, **kwargs)
        if not self.is_filtering:
            user = self.request.user
            paginator.count = counted(f"queue:{user.pk}", awaiting(user).count)
        return paginator

    def paginate_queryset(self, queryset: States, page_size: int) -> tuple[Any, ...]:
        paginator, page, states, has_others = super().paginate_queryset(queryset, page_size)
        page.object_list = items_at(states.values_list("pk", flat=True))
        return paginator, page, page.object_list, has_others

    def decorate_paginated_queryset(self, object_list: Iterable[TaskState]) -> list[TaskState]:
        if not self.is_export:
            return list(object_list)  # a page, read already
        return items_at([state.pk for state in object_list])


def due_at() -> ExpressionWrapper:
    """Return an expression for the moment when a decision is due, to sort by.

    It counts the calendar days that so many working days usually take.
    """
    lengths = []
    for pk, working_days in ReviewTask.objects.values_list("pk", "working_days"):
        length = datetime.timedelta(days=working_days * 7 / 5)
        lengths.append(When(task=pk, then=Value(length)))
    length = Case(*lengths, default=Value(datetime.timedelta()), output_field=DurationField())
    return ExpressionWrapper(F("clock_started_at") + length, output_field=DateTimeField())


@require_POST
@transaction.atomic
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item, or give it back, so that no two people review the same.

    The answer leads back to where the button was.
    """
    state = in_progress(reviewable(request.user, pk).pk)  # its lock lets one of two people be first
    back = get_valid_next_url_from_request(request) or reverse("moderation_queue")
    current = Claim.objects.select_related("user").filter(task_state=state).first()
    if request.POST.get("release"):
        if current and current.user == request.user:
            current.delete()
            log_step(state, "moderation.release", request.user)
    elif current is None:
        Claim.objects.create(task_state=state, user=request.user)
        log_step(state, "moderation.claim", request.user)
    elif current.user != request.user:
        messages.error(
            request, _("%(name)s has claimed this already.") % {"name": display_name(current.user)}
        )
    return redirect(back)
