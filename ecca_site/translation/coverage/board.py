"""The rows, cells and totals of the coverage board: what each language has of each page.

A row is what was written first, or where that is gone, what is left of it in the first language
that has it. A cell is what a language has of it. Each cell is in one state; ``state_expression``
says in the order of its cases which one counts.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from ecca_site.core.counted import counted
from ecca_site.core.permissions import PagePermissions
from ecca_site.delivery.fallback import language_rank
from ecca_site.i18n.languages import LANGUAGE_NAMES, by_preference, source_language
from ecca_site.i18n.originals import are_originals
from ecca_site.moderation.models import is_moderator, language_groups
from ecca_site.users.models import User

from ..models import TranslationState

SECTION_DEPTH = 3  # of a section's page; the home page of its language is one above

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


def totals(
    rows: PageQuerySet, number: int, codes: Collection[str], reviews: Reviews
) -> dict[str, dict[State, int]]:
    """Return for each language how many rows are in each state, by one query.

    ``number`` is how many rows there are.
    """
    keys = rows.order_by().values("translation_key")
    return _totals(cells(reviews, codes).filter(translation_key__in=keys), number, codes)


@dataclass(frozen=True)
class SiteTotals:
    """How many rows there are, and for each language how many of them are in each state."""

    number: int
    states: dict[str, dict[State, int]]


def site_totals() -> SiteTotals:
    """Return the totals of the whole site, counted again where something has changed."""
    return counted("coverage", _count_site)


def _count_site() -> SiteTotals:
    # Each page is a row or says the same as one: what is counted need not ask which.
    keys = Page.objects.filter(depth__gt=1).order_by()
    number = keys.aggregate(number=Count("translation_key", distinct=True))["number"]
    codes = list(LANGUAGE_NAMES)
    return SiteTotals(number, _totals(cells(reviews_of_pages(), codes), number, codes))


def _totals(
    found: PageQuerySet, number: int, codes: Collection[str]
) -> dict[str, dict[State, int]]:
    totals_of = {code: dict.fromkeys(State, 0) for code in codes}
    states_of_pages = found.order_by().values_list("locale__language_code", "state")
    for code, state, count in states_of_pages.annotate(count=Count("pk")):
        totals_of[code][State(state)] = count
    for states in totals_of.values():
        states[State.MISSING] = number - sum(states.values())
    return totals_of


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


# --- Who looks at it -----------------------------------------------------------------------------
def may_look(user: User) -> bool:
    """Return whether somebody works on whole sections or languages.

    It costs no query beyond those that the CMS needs for its menu.
    """
    if not user.is_active:
        return False
    if user.is_superuser or is_moderator(user):
        return True
    held = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return any(permission.page.depth <= SECTION_DEPTH for permission in held)


def languages_of(user: User) -> tuple[set[str], set[str]]:
    """Return the codes of the languages into which a user translates, and of those to review."""
    languages = language_groups.languages_of(user)
    return set(languages.translated.values()), set(languages.reviewed.values())


class Viewer:
    """The user who looks at the board, with what they may do, without a query for each page."""

    def __init__(self, user: User, sections: list[Page]) -> None:
        self.user = user
        self.translated, self.reviewed = languages_of(user)
        self.sections = sections
        # For each language the sections, by their keys, where this person may add pages.
        self.addable: dict[str, set[UUID]] = {}
        for page in sections:
            if PagePermissions(user, page).may_add():
                self.addable.setdefault(page.locale.language_code, set()).add(page.translation_key)

    @property
    def languages(self) -> set[str]:
        """The languages in which this person works."""
        return self.translated | self.reviewed

    @property
    def requestable(self) -> set[str]:
        """The languages that this person may ask for, as far as the board can know.

        Of each page it is checked again when they do.
        """
        return self.translated | self.addable.keys()

    def requestable_of(self, page: Page) -> set[str]:
        """Return the languages that this person may ask for of a page.

        They are those into which they translate, and those in whose section they may add pages.
        """
        sections = [each for each in self.sections if page.path.startswith(each.path)]
        above = {section.translation_key for section in sections}
        if page.depth >= SECTION_DEPTH:
            above.discard(page.translation_key)  # a section itself would stand in the one above it
        found = set()
        for code in self.requestable - {page.locale.language_code}:
            if code in self.translated or above & self.addable.get(code, set()):
                found.add(code)
        return found

    def may_edit(self, page: Page) -> bool:
        return PagePermissions(self.user, page).can_edit()

    def may_review(self, cell: Cell) -> bool:
        if cell.review is None:
            return False
        return self.user.is_superuser or cell.code in self.reviewed
