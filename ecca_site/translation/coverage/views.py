"""The coverage board in the CMS, with a row for each page and a column for each language.

It filters, exports, and leads on to what can be done.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template import Context
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.query import PageQuerySet

from ecca_site.i18n.languages import LANGUAGE_NAMES, html_lang
from ecca_site.i18n.originals import originals_among

from .board import Cell, Row, State, cells_of, originals
from .selection import Board, CoverageFilterSet
from .viewer import Viewer, may_look


# --- The table -----------------------------------------------------------------------------------
class ChoiceColumn(BaseColumn):
    header_template_name = "translation/coverage/choice_header.html"
    cell_template_name = "translation/coverage/choice.html"


class PageColumn(BaseColumn):
    cell_template_name = "translation/coverage/page.html"


class LanguageColumn(BaseColumn):
    """A language: what it has of each page, with what the viewer may do there."""

    header_template_name = "translation/coverage/language_header.html"
    cell_template_name = "translation/coverage/cell.html"

    def __init__(self, code: str, viewer: Viewer) -> None:
        super().__init__(
            code,
            label=LANGUAGE_NAMES[code],
            classname="coverage-mine" if code in viewer.languages else "",
        )
        self.viewer = viewer
        self.html_lang = html_lang(code)

    def get_cell_context_data(self, instance: Row, parent_context: Context) -> dict[str, object]:
        context = super().get_cell_context_data(instance, parent_context)
        cell = instance.cells[self.name]
        return {
            **context,
            "cell": cell,
            "address": self.address(instance, cell),
            "public": self.public(cell, context),
        }

    def address(self, row: Row, cell: Cell) -> str:
        """Return the address at which the viewer goes on with a cell, "" where they cannot."""
        if cell.page is None or cell.state == State.ALIAS:
            may_ask = cell.code in row.requestable
            return reverse("translation_request", args=[row.page.pk]) if may_ask else ""
        if self.viewer.may_review(cell):
            return reverse("moderation_review", args=[cell.review])
        if self.viewer.may_edit(cell.page):
            return reverse("wagtailadmin_pages:edit", args=[cell.page.pk])
        return ""

    @staticmethod
    def public(cell: Cell, context: dict[str, Any]) -> str:
        """Return the path at which visitors find the page of a cell, "" where they do not."""
        if cell.page is None or not cell.is_public:
            return ""
        parts = cell.page.get_url_parts(context["request"])
        return parts[2] if parts else ""


class CoverageView(ReportView):
    """The board as a list, filtered and searched by the query string, and its exports."""

    page_title = gettext_lazy("Translations")
    header_icon = "wagtail-localize-language"
    template_name = "translation/coverage/board.html"
    results_template_name = "translation/coverage/results.html"
    index_url_name = "translation_coverage"
    index_results_url_name = "translation_coverage_results"
    table_classname = "listing coverage"
    is_searchable = True
    search_fields = ["title"]
    search_backend_name = None
    FORMAT_JSON = "json"
    FORMATS = (*ReportView.FORMATS, FORMAT_JSON)
    export_filename = "translations"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def board(self) -> Board:
        return Board(self.request.user, self.request.GET)

    @cached_property
    def filters(self) -> CoverageFilterSet:
        return self.board.filters

    @cached_property
    def columns(self) -> list[BaseColumn]:
        languages = [LanguageColumn(code, self.board.viewer) for code in self.board.codes]
        columns = [PageColumn("page", label=_("Page")), *languages]
        if self.board.viewer.requestable:
            columns.insert(0, ChoiceColumn("choice", label=_("Choose")))
        return columns

    def get_base_queryset(self) -> PageQuerySet:
        return originals()

    def get_queryset(self) -> PageQuerySet:
        # ``get_filtered_queryset`` filters it.
        return self.search_queryset(self.get_base_queryset())

    def get_paginator(
        self, queryset: PageQuerySet, *args: object, **kwargs: object
    ) -> WagtailPaginator:
        paginator = super().get_paginator(queryset, *args, **kwargs)
        if not self.is_searching and not self.filters.asked("state"):
            paginator.count = self.board.totals.number  # the totals know it
        return paginator

    def decorate_paginated_queryset(self, object_list: Iterable[Page]) -> list[Row]:
        pages = list(object_list)
        cells = cells_of(pages, self.board.codes)
        viewer = self.board.viewer
        translatable = {page.pk for page in originals_among(pages) if page.live}
        rows = []
        for page in pages:
            requestable = viewer.requestable_of(page) if page.pk in translatable else set()
            rows.append(Row(page, cells[page.pk], requestable, viewer.may_edit(page)))
        return rows

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        if not self.results_only and not self.is_export:
            context["summary"] = self.board.summary()
        codes = self.board.codes
        context["codes"] = [(code, LANGUAGE_NAMES[code], html_lang(code)) for code in codes]
        return context

    def render_to_response(self, context: dict[str, Any], **kwargs: object) -> HttpResponseBase:
        """Show the rows, and offer the languages that they may be asked for in."""
        # Wagtail makes its table before it asks for the rows.
        context["table"] = self.get_table(context["object_list"])
        asked = set().union(*(row.requestable for row in context["object_list"]))
        context["requestable"] = [entry for entry in settings.LANGUAGES if entry[0] in asked]
        return super().render_to_response(context, **kwargs)

    # --- Exports ---------------------------------------------------------------------------------
    @cached_property
    def list_export(self) -> list[str]:
        return ["title", "pk", "kind", *self.board.codes]

    def get_heading(self, queryset: PageQuerySet, field: str) -> str:
        headings = {
            "title": _("Page"),
            "pk": _("Number of the page"),
            "kind": _("Type"),
            **LANGUAGE_NAMES,
        }
        return str(headings[field])

    def to_row_dict(self, item: Row) -> dict[str, object]:
        return {
            "title": item.page.get_admin_display_title(),
            "pk": item.page.pk,
            "kind": str(item.page.page_type_display_name),
            **{code: in_words(cell) for code, cell in item.cells.items()},
        }

    def as_spreadsheet(self, queryset: Iterable[Row], spreadsheet_format: str) -> HttpResponseBase:
        if spreadsheet_format != self.FORMAT_JSON:
            return super().as_spreadsheet(queryset, spreadsheet_format)
        pages = [row_as_data(row) for row in queryset]
        response = JsonResponse({"totals": self.totals_as_data(), "pages": pages})
        response["Content-Disposition"] = f'attachment; filename="{self.export_filename}.json"'
        return response

    def totals_as_data(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return for each language its numbers of pages, and of texts with how many there are."""
        summary = self.board.summary()
        data: dict[str, dict[str, dict[str, Any]]] = {}
        for code in self.board.codes:
            data[code] = {"pages": {}, "texts": {}}
        for state, counts in summary["states"]:
            for code, number in counts:
                data[code]["pages"][state.value] = number
        for texts, counts in summary["texts"]:
            for code, number in counts:
                data[code]["texts"][str(texts.label)] = [number, texts.total]
        return data

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [
            *super().header_more_buttons,
            Button(
                _("Download JSON"),
                url=self.get_export_url("json"),
                icon_name="download",
                priority=110,
            ),
        ]


def row_as_data(row: Row) -> dict[str, object]:
    """Return a row with its cells for the export as JSON."""
    return {
        "page": row.page.pk,
        "title": row.page.get_admin_display_title(),
        "type": row.page.content_type.model,
        "language": row.page.locale.language_code,
        "languages": {code: cell.as_data() for code, cell in row.cells.items()},
    }


def in_words(cell: Cell) -> str:
    """Return the state of a cell for a spreadsheet: "out of date since 2026-11-25"."""
    if cell.state in (State.STALE, State.ORPHANED) and cell.since:
        return _("%(state)s since %(date)s") % {
            "state": cell.state.label,
            "date": cell.since.date().isoformat(),
        }
    return str(cell.state.label)
