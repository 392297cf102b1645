"""Every step that pages went through: who, when, which version and what was said; to filter and to take along.

It is read here and written nowhere in the CMS. Changed permissions of people and groups stand beside the pages' steps.
"""

from itertools import islice

import django_filters
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, Value
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry, get_page_models

from .models import is_moderator, reviewed_locale_ids, reviews_every_language
from .spreadsheet import as_text

LOGS = (PageLogEntry, ModelLogEntry)
MAX_ID = 2**63 - 1
BATCH = 500


class AuditFilterSet(WagtailFilterSet):
    organisation = django_filters.ChoiceFilter(
        label=_("Organisation"), choices=lambda: organisation_choices(), method="filter_organisation"
    )
    page = django_filters.NumberFilter(label=_("Number of the page"), method="filter_page", min_value=1)
    label = django_filters.CharFilter(label=_("Title contains"), lookup_expr="icontains")
    action = django_filters.MultipleChoiceFilter(label=_("Step"), choices=lambda: registry.get_choices())
    user = django_filters.ModelChoiceFilter(label=_("Who"), queryset=lambda request: people())
    timestamp = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = PageLogEntry
        fields = ["organisation", "page", "label", "action", "user", "timestamp"]

    def filter_organisation(self, queryset, name, value):
        return of_pages(queryset, Page.objects.filter(translation_key=value).values_list("pk", flat=True))

    def filter_page(self, queryset, name, value):
        """The page in all its languages."""
        number = int(value) if value <= MAX_ID else 0
        key = Page.objects.filter(pk=number).values_list("translation_key", flat=True).first()
        return of_pages(
            queryset, {number, *(Page.objects.filter(translation_key=key).values_list("pk", flat=True) if key else ())}
        )


def of_pages(entries, page_ids):
    return entries.filter(page_id__in=list(page_ids)) if entries.model is PageLogEntry else entries.none()


def organisation_choices():
    """Return the organisations that have a page of their own, each once whatever its languages, by name."""
    found = {}
    for model in get_page_models():
        if name := getattr(model, "organisation_field", None):
            rows = model.objects.order_by("-locale_id").values_list("translation_key", name)
            found |= {str(key): title for key, title in rows}
    return sorted(found.items(), key=lambda choice: choice[1].casefold())


def people():
    acted = set()
    for log in LOGS:
        acted |= set(log.objects.order_by().values_list("user_id", flat=True).distinct())
    return get_user_model().objects.filter(pk__in=acted - {None}).order_by("username")


class MomentColumn(Column):
    cell_template_name = "mail/moment_cell.html"


class WhatColumn(Column):
    """The title, which leads to the steps of that page alone."""

    def get_value(self, instance):
        if not instance.page_number:
            return instance.label
        return format_html(
            '<a href="{}?page={}">{}</a>', reverse("moderation_audit"), instance.page_number, instance.label
        )


class AuditPaginator(WagtailPaginator):
    @property
    def items_count_label(self):
        return ngettext("%(number)s step", "%(number)s steps", self.count) % {"number": self.count}


class AuditView(ReportView):
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
        "timestamp", "label", "page_number", "action", "message", "user_display_name", "revision_id", "comment",
    ]  # fmt: skip
    custom_field_preprocess = {
        name: {"csv": as_text, "xlsx": as_text} for name in ("label", "message", "user_display_name", "comment")
    }
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

    def dispatch(self, request, *args, **kwargs):
        if not is_moderator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self):
        return "audit"

    def get_filtered_queryset(self):
        """One list of the logs of pages and of everything else, each filtered for itself and then joined, by key."""
        parts = [
            self.filter_queryset(self.visible(log))
            .order_by()
            .annotate(log=Value(number, output_field=IntegerField()))
            .values("pk", "timestamp", "log")
            for number, log in enumerate(LOGS)
        ]
        ordering = self.ordering
        return parts[0].union(*parts[1:], all=True).order_by(ordering, f"{'-' * ordering.startswith('-')}pk")

    def visible(self, log):
        """Everything for administrators, all pages for who reviews all languages, else those of one's languages."""
        entries, user = log.objects.all(), self.request.user
        if log is not PageLogEntry:
            return entries if user.is_superuser else entries.none()
        if not reviews_every_language(user):
            pages = Page.objects.filter(locale__in=reviewed_locale_ids(user))
            entries = entries.filter(page_id__in=pages.values("pk"))
        return entries

    def get_table(self, object_list):
        return super().get_table([] if self.is_export else list(entries_of(object_list)))

    def decorate_paginated_queryset(self, object_list):
        return entries_of(object_list) if self.is_export else object_list


def entries_of(rows):
    """Yield the log entries of the joined list, some hundred at a time: an export may be as long as the log."""
    for batch in batched(rows, BATCH):
        entries = {}
        for number, log in enumerate(LOGS):
            wanted = [row["pk"] for row in batch if row["log"] == number]
            for entry in log.objects.filter(pk__in=wanted).select_related("user", "content_type") if wanted else ():
                entry.page_number = getattr(entry, "page_id", "")
                entries[number, entry.pk] = entry
        yield from (entries[key] for row in batch if (key := (row["log"], row["pk"])) in entries)


def batched(rows, size):
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch
