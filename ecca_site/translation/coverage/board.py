"""The rows and cells of the coverage board: what each language has of each page.

A row is what was written first, or where that is gone, what is left of it in the first language
that has it. A cell is what a language has of it. Each cell is in one state; ``state_expression``
says in the order of its cases which one counts.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.query import PageQuerySet

from ecca_site.delivery.fallback import language_rank
from ecca_site.i18n.languages import by_preference, source_language
from ecca_site.i18n.originals import are_originals

from ..models import TranslationState

Reviews = dict[int, int]  # the number of a task state by the number of its page


class State(models.TextChoices):
    MISSING = "missing", _("not asked for")
    ALIAS = "alias", _("alias")
    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    LIVE = "live", _("live")
    STALE = "stale", _("out of date")
    ORPHANED = "orphaned", _("orphaned")


# A translation that is online without its original, or whose original is gone for good.
IS_ORPHANED = Q(translation_state__orphaned_since__isnull=False) & (
    Q(live=True) | Q(translation_state__source=None)
)


def reviews_of_pages(pages: Iterable[Page] | None = None) -> Reviews:
    """Return the reviews, of all pages or of some, that wait for a decision now, by one query."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type__app_label="wagtailcore",
        workflow_state__base_content_type__model="page",
    )
    if pages is not None:
        states = states.filter(workflow_state__object_id__in=[str(page.pk) for page in pages])
    rows = states.values_list("workflow_state__object_id", "pk")
    return {int(page_id): pk for page_id, pk in rows}


def state_expression(reviews: Reviews) -> Case:
    """Return an expression for the state of a page; the first case that holds counts."""
    return Case(
        When(alias_of__isnull=False, then=Value(State.ALIAS)),
        When(IS_ORPHANED, then=Value(State.ORPHANED)),
        When(pk__in=list(reviews), then=Value(State.REVIEW)),
        When(live=False, then=Value(State.DRAFT)),
        When(translation_state__stale_since__isnull=False, then=Value(State.STALE)),
        default=Value(State.LIVE),
        output_field=models.CharField(),
    )


def originals() -> PageQuerySet:
    """Return the pages that are rows.

    Of all pages that say the same it is the original, or where that is gone the one in the first
    language of the settings.
    """
    rank = language_rank(by_preference(source_language()))
    same = Page.objects.filter(translation_key=OuterRef("translation_key")).alias(rank=rank)
    better = same.filter(are_originals() | Q(rank__lt=OuterRef("rank"))).exclude(pk=OuterRef("pk"))
    pages = Page.objects.filter(depth__gt=1).alias(rank=rank)
    rows = pages.filter(are_originals() | ~Exists(better))
    return rows.select_related("locale", "content_type").order_by("path")


def cells(reviews: Reviews, codes: Collection[str]) -> PageQuerySet:
    """Return the pages of some languages, each with its ``state``."""
    pages = Page.objects.filter(depth__gt=1, locale__language_code__in=codes)
    return pages.annotate(state=state_expression(reviews))


def with_state(
    rows: PageQuerySet, state: str, codes: Collection[str], reviews: Reviews
) -> PageQuerySet:
    """Return the rows of which at least one of these languages is in a state."""
    if state != State.MISSING:
        same = cells(reviews, codes).filter(translation_key=OuterRef("translation_key"))
        return rows.filter(Exists(same.filter(state=state)))
    lacks = Q(pk__in=[])
    for code in codes:
        there = Page.objects.filter(
            translation_key=OuterRef("translation_key"), locale__language_code=code
        )
        lacks |= ~Exists(there)
    return rows.filter(lacks)


# The fields that a cell shows, and those from which its addresses and permissions follow.
CELL_FIELDS = (
    "path",
    "depth",
    "url_path",
    "live",
    "alias_of",
    "translation_key",
    "locale__language_code",
    "translation_state__stale_since",
    "translation_state__stale_words",
    "translation_state__orphaned_since",
)


@dataclass(frozen=True)
class Cell:
    """The version that a language has of a row, if it has any."""

    code: str
    state: State
    page: Page | None = None
    review: int | None = None  # the number of the task state

    @property
    def translation_state(self) -> TranslationState | None:
        return getattr(self.page, "translation_state", None)

    @property
    def since(self) -> datetime.datetime | None:
        """The moment when it became stale or orphaned; None where it is neither."""
        state = self.translation_state
        if state is None:
            return None
        return state.orphaned_since if self.state == State.ORPHANED else state.stale_since

    @property
    def days(self) -> int | None:
        return (timezone.now() - self.since).days if self.since else None

    @property
    def stale_words(self) -> int:
        state = self.translation_state
        return state.stale_words if state and state.is_stale else 0

    @property
    def is_public(self) -> bool:
        return self.page is not None and self.page.live and self.state != State.ALIAS

    def as_data(self) -> dict[str, object]:
        """Return the cell for the export as JSON."""
        return {
            "state": self.state.value,
            "page": self.page.pk if self.page else None,
            "is_public": self.is_public,
            "since": self.since.astimezone(datetime.UTC) if self.since else None,
            "stale_words": self.stale_words,
        }


@dataclass(frozen=True)
class Row:
    """A page that was written first, with a cell for each language, and what the viewer may do."""

    page: Page
    cells: dict[str, Cell]
    requestable: Collection[str]
    may_be_edited: bool

    @property
    def level(self) -> int:
        return self.page.depth - 2


def cells_of(originals: Collection[Page], codes: Collection[str]) -> dict[int, dict[str, Cell]]:
    """Return for each original, by its number, a cell for each of these languages.

    Two queries.
    """
    keys = {page.translation_key for page in originals}
    same = Page.objects.filter(translation_key__in=keys, locale__language_code__in=codes)
    reviews = reviews_of_pages(same.only("pk"))
    found = cells(reviews, codes).filter(translation_key__in=keys)
    pages = {}
    for page in found.select_related("locale", "translation_state").only(*CELL_FIELDS):
        pages[page.translation_key, page.locale.language_code] = page
    rows: dict[int, dict[str, Cell]] = {}
    for original in originals:
        row = rows[original.pk] = {}
        for code in codes:
            page = pages.get((original.translation_key, code))
            if page is None:
                row[code] = Cell(code, State.MISSING)
            else:
                row[code] = Cell(code, State(page.state), page, reviews.get(page.pk))
    return rows
