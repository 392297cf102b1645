"""The selection of a request: which rows and columns of the coverage board it shows.

The query string chooses them, and the viewer's own languages or pages.
"""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from ecca_site.i18n.languages import LANGUAGE_NAMES
from ecca_site.i18n.originals import are_originals, originals_among
from ecca_site.users.models import User

from .board import Reviews, State, originals, reviews_of_pages, with_state
from .texts import known_texts
from .totals import Totals, site_totals, totals
from .viewer import SECTION_DEPTH, Viewer


class CoverageFilterSet(WagtailFilterSet):
    section = django_filters.ChoiceFilter(label=gettext_lazy("Section"), method="filter_section")
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), choices=lambda: settings.LANGUAGES, method="leave_rows"
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=State.choices, method="filter_state"
    )
    written = django_filters.ChoiceFilter(
        label=gettext_lazy("Original"),
        choices=[("elsewhere", gettext_lazy("in another language"))],
        method="filter_written",
    )
    mine = django_filters.ChoiceFilter(
        label=gettext_lazy("Mine"),
        choices=[("1", gettext_lazy("only what is mine"))],
        method="filter_mine",
    )

    class Meta:
        model = Page
        fields = ["section", "language", "state", "written", "mine"]

    def __init__(self, *args: object, board: "Board", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.board = board
        self.filters["section"].extra["choices"] = board.section_choices

    def _add_locale_filter(self) -> None:
        """Leave out Wagtail's filter by the language of rows: here languages are columns."""

    def asked(self, name: str) -> str:
        """Return a valid choice, "" for none."""
        if not self.is_valid():
            return ""
        return self.form.cleaned_data.get(name, "")

    def filter_section(self, rows: PageQuerySet, name: str, value: str) -> PageQuerySet:
        return self.board.in_section(rows, value)

    def leave_rows(self, rows: PageQuerySet, name: str, value: str) -> PageQuerySet:
        """Return all rows: the language chooses columns."""
        return rows

    def filter_state(self, rows: PageQuerySet, name: str, value: str) -> PageQuerySet:
        return with_state(rows, value, self.board.codes, self.board.reviews)

    def filter_written(self, rows: PageQuerySet, name: str, value: str) -> PageQuerySet:
        return self.board.written_elsewhere(rows)

    def filter_mine(self, rows: PageQuerySet, name: str, value: str) -> PageQuerySet:
        return self.board.of_user(rows)


class Board:
    """The board of one request: its viewer, and the sections and languages that are shown."""

    def __init__(self, user: User, query: QueryDict) -> None:
        self.user = user
        self.filters = CoverageFilterSet(data=query, queryset=originals(), board=self)

    @cached_property
    def sections(self) -> list[Page]:
        """The home pages and the sections right below them, of all languages."""
        pages = Page.objects.filter(depth__in=(SECTION_DEPTH - 1, SECTION_DEPTH))
        return list(pages.select_related("locale").order_by("path"))

    @property
    def section_choices(self) -> list[tuple[str, str]]:
        """The numbers and titles of the sections, each once."""
        sections = [page for page in self.sections if page.depth == SECTION_DEPTH]
        return [
            (str(page.pk), page.get_admin_display_title()) for page in originals_among(sections)
        ]

    @cached_property
    def viewer(self) -> Viewer:
        return Viewer(self.user, self.sections)

    @cached_property
    def reviews(self) -> Reviews:
        return reviews_of_pages()

    @cached_property
    def codes(self) -> list[str]:
        """The languages that are shown: all, one, or those in which the viewer works."""
        if language := self.filters.asked("language"):
            return [language]
        if self.filters.asked("mine") and self.viewer.languages:
            return [code for code in LANGUAGE_NAMES if code in self.viewer.languages]
        return list(LANGUAGE_NAMES)

    def in_section(self, rows: PageQuerySet, pk: str) -> PageQuerySet:
        """Return the rows of a section, in whatever language they were written."""
        key = next(page.translation_key for page in self.sections if str(page.pk) == pk)
        below = Q()
        for page in self.sections:
            if page.translation_key == key:
                below |= Q(path__startswith=page.path)
        return rows.filter(below)

    def written_elsewhere(self, rows: PageQuerySet) -> PageQuerySet:
        """Return the originals among the rows, of one language those that it would translate."""
        rows = rows.filter(are_originals())
        if len(self.codes) > 1:
            return rows
        return rows.exclude(locale__language_code__in=self.codes)

    def of_user(self, rows: PageQuerySet) -> PageQuerySet:
        """Return what is the viewer's own.

        Somebody who works in languages has columns of their own and all rows; somebody else has the
        pages that they made or were the last to change.
        """
        if self.viewer.languages:
            return rows
        return rows.filter(Q(owner=self.user) | Q(latest_revision__user=self.user))

    def rows_of_any_state(self) -> PageQuerySet:
        """Return the rows without regard to the filter by state."""
        rows = originals()
        if section := self.filters.asked("section"):
            rows = self.in_section(rows, section)
        if self.filters.asked("written"):
            rows = self.written_elsewhere(rows)
        if self.filters.asked("mine"):
            rows = self.of_user(rows)
        return rows

    @property
    def has_every_row(self) -> bool:
        """Whether the rows of any state are those of the whole site."""
        if self.filters.asked("section") or self.filters.asked("written"):
            return False
        return not self.filters.asked("mine") or bool(self.viewer.languages)

    @cached_property
    def totals(self) -> Totals:
        """The rows of any state, and how many of them are in each."""
        if self.has_every_row:
            return site_totals()
        rows = self.rows_of_any_state()
        number = rows.count()
        return totals(rows, number, self.codes, self.reviews)

    def summary(self) -> dict[str, Any]:
        """Return what stands above the rows, with a number for each language.

        These are the rows in each ``State``, then the ``Texts`` beside pages.
        """
        states = []
        for state in State:
            numbers = [(code, self.totals.states[code][state]) for code in self.codes]
            states.append((state, numbers))
        texts = []
        for kind in known_texts():
            texts.append((kind, [(code, kind.of(code)) for code in self.codes]))
        return {"number": self.totals.number, "states": states, "texts": texts}
