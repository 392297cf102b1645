"""The coverage board in the CMS: a row for each page, a column for each language; filters, exports, ways on."""

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from ecca_site.core.languages import LANGUAGE_NAMES, html_lang
from ecca_site.moderation.queue import as_text

from .coverage import State, Viewer, fill, may_look, originals, reviews_of_pages, totals, with_state
from .coverage_texts import all_texts


class CoverageFilterSet(WagtailFilterSet):
    section = django_filters.ChoiceFilter(label=gettext_lazy("Section"), method="filter_section")
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), choices=lambda: settings.LANGUAGES, method="leave_rows"
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=State.choices, method="filter_state")
    mine = django_filters.ChoiceFilter(
        label=gettext_lazy("Mine"), choices=[("1", gettext_lazy("only what is mine"))], method="filter_mine"
    )

    class Meta:
        model = Page
        fields = ["section", "language", "state", "mine"]

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board
        self.filters["section"].extra["choices"] = board.section_choices

    def _add_locale_filter(self):
        """Wagtail would filter rows by the language they are in; here languages are columns."""

    def asked(self, name):
        """Return a valid choice, "" for none."""
        return self.form.cleaned_data.get(name, "") if self.is_valid() else ""

    def filter_section(self, rows, name, value):
        return self.board.in_section(rows, value)

    def leave_rows(self, rows, name, value):
        return rows  # it chooses columns

    def filter_state(self, rows, name, value):
        return with_state(rows, value, self.board.codes, self.board.reviews)

    def filter_mine(self, rows, name, value):
        return self.board.of_user(rows)


class Board:
    """What one request needs of the board: who looks, at which sections and languages."""

    def __init__(self, user, query):
        self.user = user
        self.filters = CoverageFilterSet(data=query, queryset=originals(), board=self)

    @cached_property
    def sections(self):
        """Home pages and the sections right below them, of all languages."""
        return list(Page.objects.filter(depth__in=(2, 3)).select_related("locale").order_by("path"))

    @property
    def section_choices(self):
        return [
            (str(page.pk), page.get_admin_display_title())
            for page in self.sections
            if page.depth == 3 and page.locale.language_code == settings.LANGUAGE_CODE
        ]

    @cached_property
    def viewer(self):
        return Viewer(self.user, self.sections)

    @cached_property
    def reviews(self):
        return reviews_of_pages()

    @cached_property
    def codes(self):
        """The languages that are shown: all, one, or those in which the viewer works."""
        if language := self.filters.asked("language"):
            return [language]
        if self.filters.asked("mine") and self.viewer.languages:
            return [code for code in LANGUAGE_NAMES if code in self.viewer.languages]
        return list(LANGUAGE_NAMES)

    def in_section(self, rows, pk):
        """The rows of a section, also those that were written in another language than English."""
        key = next(page.translation_key for page in self.sections if str(page.pk) == pk)
        below = Q()
        for page in self.sections:
            if page.translation_key == key:
                below |= Q(path__startswith=page.path)
        return rows.filter(below)

    def of_user(self, rows):
        """Who works in no language has pages instead: those that they made or changed last."""
        if self.viewer.languages:
            return rows
        return rows.filter(Q(owner=self.user) | Q(latest_revision__user=self.user))

    def rows_of_any_state(self):
        rows = originals()
        if section := self.filters.asked("section"):
            rows = self.in_section(rows, section)
        return self.of_user(rows) if self.filters.asked("mine") else rows

    def summary(self, number=None):
        """Return what stands above the rows: for each state its number in each language, then texts beside pages.

        ``number`` is how many rows there are in any state, where that is known already.
        """
        rows = self.rows_of_any_state()
        number = rows.count() if number is None else number
        counted = totals(rows, number, self.codes, self.reviews)
        states = [(state, [(code, counted[code][state]) for code in self.codes]) for state in State]
        texts = [(texts, [(code, texts.of(code)) for code in self.codes]) for texts in all_texts()]
        return {"number": number, "states": states, "texts": texts}


# --- The table -----------------------------------------------------------------------------------------------
class ChoiceColumn(BaseColumn):
    header_template_name = "translation/coverage/choice_header.html"
    cell_template_name = "translation/coverage/choice.html"


class PageColumn(BaseColumn):
    cell_template_name = "translation/coverage/page.html"


class LanguageColumn(BaseColumn):
    """What a language has of each page, with what the viewer may do there."""

    header_template_name = "translation/coverage/language_header.html"
    cell_template_name = "translation/coverage/cell.html"

    def __init__(self, code, viewer):
        super().__init__(
            code, label=LANGUAGE_NAMES[code], classname="coverage-mine" if code in viewer.languages else ""
        )
        self.viewer, self.html_lang = viewer, html_lang(code)

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        cell = instance.cells[self.name]
        return {**context, "cell": cell, "address": self.address(instance, cell), "public": self.public(cell, context)}

    def address(self, row, cell):
        """Return where the viewer goes on with this cell, "" where nowhere."""
        if cell.state in (State.MISSING, State.ALIAS):
            may_ask = row.is_translatable and cell.code in self.viewer.requestable
            return reverse("translation_request", args=[row.pk]) if may_ask else ""
        if self.viewer.may_review(cell):
            return reverse("moderation_review", args=[cell.review])
        return reverse("wagtailadmin_pages:edit", args=[cell.page.pk]) if self.viewer.may_edit(cell.page) else ""

    @staticmethod
    def public(cell, context):
        parts = cell.page.get_url_parts(context["request"]) if cell.is_public else None
        return parts[2] if parts else ""


class CoverageView(ReportView):
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

    def dispatch(self, request, *args, **kwargs):
        if not may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def board(self):
        return Board(self.request.user, self.request.GET)

    @cached_property
    def filters(self):
        return self.board.filters

    @cached_property
    def columns(self):
        choice = [ChoiceColumn("choice", label=_("Choose"))] if self.board.viewer.requestable else []
        languages = [LanguageColumn(code, self.board.viewer) for code in self.board.codes]
        return [*choice, PageColumn("page", label=_("Page")), *languages]

    def get_base_queryset(self):
        return originals()

    def get_queryset(self):
        return self.search_queryset(self.get_base_queryset())  # filtered by ``get_filtered_queryset``

    def decorate_paginated_queryset(self, object_list):
        rows = fill(object_list, self.board.codes, self.board.reviews)
        for row in rows:
            row.is_translatable = row.locale.language_code == settings.LANGUAGE_CODE and row.live
            row.may_be_edited = self.board.viewer.may_edit(row)
            row.level = row.depth - 2
        return rows

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not self.results_only and not self.is_export:
            is_any_state = not self.is_searching and not self.filters.asked("state")
            context["summary"] = self.board.summary(context["items_count"] if is_any_state else None)
        viewer = self.board.viewer
        context["codes"] = [(code, LANGUAGE_NAMES[code], html_lang(code)) for code in self.board.codes]
        context["requestable"] = [entry for entry in settings.LANGUAGES if entry[0] in viewer.requestable]
        return context

    # --- Exports ---
    @cached_property
    def list_export(self):
        return ["title", "pk", "kind", *self.board.codes]

    def get_heading(self, queryset, field):
        headings = {"title": _("Page"), "pk": _("Number of the page"), "kind": _("Type"), **LANGUAGE_NAMES}
        return str(headings[field])

    def to_row_dict(self, item):
        return {
            "title": as_text(item.get_admin_display_title()),
            "pk": item.pk,
            "kind": str(item.page_type_display_name),
            **{code: in_words(cell) for code, cell in item.cells.items()},
        }

    def as_spreadsheet(self, queryset, spreadsheet_format):
        if spreadsheet_format != self.FORMAT_JSON:
            return super().as_spreadsheet(queryset, spreadsheet_format)
        pages = [
            {
                "page": row.pk,
                "title": row.get_admin_display_title(),
                "type": row.content_type.model,
                "language": row.locale.language_code,
                "languages": {code: cell.as_data() for code, cell in row.cells.items()},
            }
            for row in queryset
        ]
        response = JsonResponse({"totals": self.totals_as_data(), "pages": pages})
        response["Content-Disposition"] = f'attachment; filename="{self.export_filename}.json"'
        return response

    def totals_as_data(self):
        summary = self.board.summary()
        return {
            code: {
                "pages": {state.value: dict(counts)[code] for state, counts in summary["states"]},
                "texts": {str(texts.label): [dict(counts)[code], texts.total] for texts, counts in summary["texts"]},
            }
            for code in self.board.codes
        }

    @cached_property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            Button(_("Download JSON"), url=self.get_export_url("json"), icon_name="download", priority=110),
        ]


def in_words(cell):
    """Return the state of a cell for a spreadsheet: "out of date since 2026-11-25"."""
    if cell.state in (State.STALE, State.ORPHANED) and cell.since:
        return _("%(state)s since %(date)s") % {"state": cell.state.label, "date": cell.since.date().isoformat()}
    return str(cell.state.label)
