"""The audit: every step that pages and snippets went through, to filter and to take along.

It says who did it and when, with which version and what comment. It is read here and written
nowhere in the CMS. Changed permissions of people and groups stand beside the pages' steps.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, IntegerField, Model, OuterRef, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import registry
from wagtail.models import BaseLogEntry, ModelLogEntry, Page, PageLogEntry, get_page_models
from wagtail.permissions import policy_registry

from ecca_site.users.models import User

from .models import is_moderator, reviewed_locale_ids, reviews_every_language
from .reviewed import reviewed_snippets

Row = dict[str, Any]  # of the joined list: pk, timestamp and the number of the log

LOGS: tuple[type[BaseLogEntry], ...] = (PageLogEntry, ModelLogEntry)
MAX_ID = 2**63 - 1
BATCH = 500


class AuditFilterSet(WagtailFilterSet):
    organisation = django_filters.ChoiceFilter(
        label=_("Organisation"),
        choices=lambda: organisation_choices(),
        method="filter_organisation",
    )
    page = django_filters.NumberFilter(
        label=_("Number of the page"), method="filter_page", min_value=1
    )
    label = django_filters.CharFilter(label=_("Title contains"), lookup_expr="icontains")
    action = django_filters.MultipleChoiceFilter(
        label=_("Step"), choices=lambda: registry.get_choices()
    )
    user = django_filters.ModelChoiceFilter(label=_("Who"), queryset=lambda request: people())
    timestamp = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = PageLogEntry
        fields = ["organisation", "page", "label", "action", "user", "timestamp"]

    def filter_organisation(
        self, queryset: QuerySet[BaseLogEntry], name: str, value: str
    ) -> QuerySet[BaseLogEntry]:
        return of_pages(queryset, numbers_of(value))

    def filter_page(
        self, queryset: QuerySet[BaseLogEntry], name: str, value: Decimal
    ) -> QuerySet[BaseLogEntry]:
        """Leave the steps of a page in all its languages, by the number of one of them."""
        number = int(value) if value <= MAX_ID else 0
        key = Page.objects.filter(pk=number).values_list("translation_key", flat=True).first()
        if key is None:
            return of_pages(queryset, [number])  # it is gone, its steps are not
        return of_pages(queryset, numbers_of(key))


def numbers_of(translation_key: UUID | str) -> list[int]:
    """Return the numbers of a page in all its languages."""
    pages = Page.objects.filter(translation_key=translation_key)
    return list(pages.values_list("pk", flat=True))


def of_pages(entries: QuerySet[BaseLogEntry], page_ids: list[int]) -> QuerySet[BaseLogEntry]:
    """Leave the steps of some pages; a log of other things has none."""
    if entries.model is not PageLogEntry:
        return entries.none()
    return entries.filter(page_id__in=page_ids)


def organisation_choices() -> list[tuple[str, str]]:
    """Return the organisations that have a page of their own, by name.

    Each is there once, whatever its languages.
    """
    found = {}
    for model in get_page_models():
        name = getattr(model, "organisation_field", None)
        if name is None:
            continue
        rows = model.objects.order_by("-locale_id").values_list("translation_key", name)
        for key, title in rows:
            found[str(key)] = title
    return sorted(found.items(), key=lambda choice: choice[1].casefold())


def people() -> QuerySet[User]:
    """Return everybody who has done any step."""
    acted = Q()
    for log in LOGS:
        acted |= Exists(log.objects.filter(user=OuterRef("pk")))
    return get_user_model().objects.filter(acted).order_by("username")


class MomentColumn(Column):
    cell_template_name = "mail/moment_cell.html"


class WhatColumn(Column):
    """The title, which leads to the steps of that page alone."""

    def get_value(self, instance: BaseLogEntry) -> str:
        if not instance.page_number:
            return instance.label
        return format_html(
            '<a href="{}?page={}">{}</a>',
            reverse("moderation_audit"),
            instance.page_number,
            instance.label,
        )


class AuditPaginator(WagtailPaginator):
    @property
    def items_count_label(self) -> str:
        return ngettext("%(number)s step", "%(number)s steps", self.count) % {"number": self.count}


class AuditView(ReportView):
    """The audit as a list, filtered and sorted by the query string, and as a spreadsheet."""

    page_title = _("Audit")
    header_icon = "history"
    index_url_name = "moderation_audit"
    index_results_url_name = "moderation_audit_results"
    filterset_class = AuditFilterSet
    paginator_class = AuditPaginator
    default_ordering = "-timestamp"
    columns = [
        MomentColumn("timestamp", label=_("When"), sort_key="timestamp"),
        WhatColumn("label", label=_("What")),
        Column("step", label=_("Step"), accessor="message"),
        Column("user", label=_("Who"), accessor="user_display_name"),
        Column("version", label=_("Version"), accessor="revision_id"),
        Column("comment", label=_("Comment"), accessor="comment"),
    ]
    list_export = [
        "timestamp",
        "label",
        "page_number",
        "action",
        "message",
        "user_display_name",
        "revision_id",
        "comment",
    ]
    export_headings = {
        "timestamp": _("When"),
        "label": _("What"),
        "page_number": _("Number of the page"),
        "action": _("Name of the step"),
        "message": _("Step"),
        "user_display_name": _("Who"),
        "revision_id": _("Version"),
        "comment": _("Comment"),
    }

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_moderator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return "audit"

    def get_filtered_queryset(self) -> QuerySet:
        """Return one list of all logs, each filtered for itself and then joined, by key."""
        parts = []
        for number, log in enumerate(LOGS):
            entries = self.filter_queryset(self.visible(log)).order_by()
            numbered = entries.annotate(log=Value(number, output_field=IntegerField()))
            parts.append(numbered.values("pk", "timestamp", "log"))
        joined = parts[0].union(*parts[1:], all=True)
        tie_break = "-pk" if self.ordering.startswith("-") else "pk"
        return joined.order_by(self.ordering, tie_break)

    def visible(self, log: type[BaseLogEntry]) -> QuerySet[BaseLogEntry]:
        """Return what this user may read of a log.

        Administrators read everything, whoever reviews all languages all pages and the snippets
        that they also write, others the pages of their languages.
        """
        entries = log.objects.all()
        user = self.request.user
        if user.is_superuser:
            return entries
        if log is not PageLogEntry:
            if not reviews_every_language(user):
                return entries.none()
            models = [model for model in reviewed_snippets() if writes(user, model)]
            types = ContentType.objects.get_for_models(*models)
            return entries.filter(content_type__in=types.values())
        if not reviews_every_language(user):
            pages = Page.objects.filter(locale__in=reviewed_locale_ids(user))
            entries = entries.filter(page_id__in=pages.values("pk"))
        return entries

    def get_table(self, object_list: Iterable[Row]) -> Table:
        entries = [] if self.is_export else list(entries_of(object_list))
        return super().get_table(entries)

    def decorate_paginated_queryset(
        self, object_list: Iterable[Row]
    ) -> Iterable[Row | BaseLogEntry]:
        if self.is_export:
            return entries_of(object_list)
        return object_list


def writes(user: User, model: type[Model]) -> bool:
    policy = policy_registry.get_by_type(model)
    return policy.user_has_any_permission(user, ["add", "change"])


def entries_of(rows: Iterable[Row]) -> Iterator[BaseLogEntry]:
    """Yield the log entries of the joined list, some hundred at a time.

    An export may be as long as the log.
    """
    for batch in batches(rows, BATCH):
        entries = {}
        for number, log in enumerate(LOGS):
            wanted = [row["pk"] for row in batch if row["log"] == number]
            if not wanted:
                continue
            found = log.objects.filter(pk__in=wanted).select_related("user", "content_type")
            for entry in found:
                # Wagtail's export reads what it writes from the rows themselves.
                entry.page_number = getattr(entry, "page_id", "")
                entries[number, entry.pk] = entry
        for row in batch:
            entry = entries.get((row["log"], row["pk"]))
            if entry is not None:
                yield entry


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield rows in lists of at most so many."""
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch
