"""What each language has of each page: the rows, cells and totals of the coverage board.

A row is what was written first (the English page, or the page itself where there is none in English), a cell what a
language has of it. Each cell is in one state; ``state_expression`` says in the order of its cases which one counts.
"""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from ecca_site.core.fallback import language_rank
from ecca_site.core.languages import by_preference
from ecca_site.core.permissions import PagePermissions
from ecca_site.moderation.models import LanguageTeam, is_moderator


class State(models.TextChoices):
    MISSING = "missing", _("not asked for")
    ALIAS = "alias", _("alias")
    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    LIVE = "live", _("live")
    STALE = "stale", _("out of date")
    ORPHANED = "orphaned", _("orphaned")


# A translation that is online without its original, or whose original is gone for good.
IS_ORPHANED = Q(translation_state__orphaned_since__isnull=False) & (Q(live=True) | Q(translation_state__source=None))


def reviews_of_pages():
    """Return ``{number of a page: number of its task state}`` of what waits for a decision now, by one query."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type__app_label="wagtailcore",
        workflow_state__base_content_type__model="page",
    )
    return {int(page_id): pk for page_id, pk in states.values_list("workflow_state__object_id", "pk")}


def state_expression(reviews):
    return Case(
        When(alias_of__isnull=False, then=Value(State.ALIAS)),
        When(IS_ORPHANED, then=Value(State.ORPHANED)),
        When(pk__in=list(reviews), then=Value(State.REVIEW)),
        When(live=False, then=Value(State.DRAFT)),
        When(translation_state__stale_since__isnull=False, then=Value(State.STALE)),
        default=Value(State.LIVE),
        output_field=models.CharField(),
    )


def originals():
    """Return the pages that are rows: of all that say the same, the English one, or else the first in the settings."""
    order = by_preference(settings.LANGUAGE_CODE)
    better = Page.objects.filter(translation_key=OuterRef("translation_key")).alias(rank=language_rank(order))
    return (
        Page.objects.filter(depth__gt=1)
        .alias(rank=language_rank(order))
        .filter(Q(rank=0) | ~Exists(better.filter(rank__lt=OuterRef("rank"))))
        .select_related("locale", "content_type")
        .order_by("path")
    )


def cells(reviews, codes=None):
    """Return the pages of some languages, by default all, each with its ``state``."""
    pages = Page.objects.filter(depth__gt=1).annotate(state=state_expression(reviews))
    return pages.filter(locale__language_code__in=codes) if codes is not None else pages


def with_state(rows, state, codes, reviews):
    """Return the rows of which some of these languages has what is in a state."""
    if state != State.MISSING:
        found = cells(reviews, codes).filter(translation_key=OuterRef("translation_key"), state=state)
        return rows.filter(Exists(found))
    lacks = Q(pk__in=[])
    for code in codes:
        there = Page.objects.filter(translation_key=OuterRef("translation_key"), locale__language_code=code)
        lacks |= ~Exists(there)
    return rows.filter(lacks)


def totals(rows, number, codes, reviews):
    """Return ``{language code: {state: number of rows}}``, by one query; ``number`` is how many rows there are."""
    counted = {code: dict.fromkeys(State, 0) for code in codes}
    found = cells(reviews, codes).filter(translation_key__in=rows.order_by().values("translation_key"))
    for code, state, count in (
        found.order_by().values_list("locale__language_code", "state").annotate(count=Count("pk"))
    ):
        counted[code][State(state)] = count
    for states in counted.values():
        states[State.MISSING] = number - sum(states.values())
    return counted


# What a cell shows of a page, and what its addresses and permissions follow from.
CELL_FIELDS = (
    "path", "depth", "url_path", "live", "alias_of", "translation_key", "locale__language_code",
    "translation_state__stale_since", "translation_state__stale_words", "translation_state__orphaned_since",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """What a language has of a row."""

    code: str
    state: State
    page: Page | None = None
    review: int | None = None  # the number of the task state

    @property
    def translation_state(self):
        return getattr(self.page, "translation_state", None)

    @property
    def since(self):
        """When it became stale or orphaned; None where it is neither."""
        state = self.translation_state
        if state is None:
            return None
        return state.orphaned_since if self.state == State.ORPHANED else state.stale_since

    @property
    def days(self):
        return (timezone.now() - self.since).days if self.since else None

    @property
    def stale_words(self):
        state = self.translation_state
        return state.stale_words if state and state.is_stale else 0

    @property
    def is_public(self):
        return self.page is not None and self.page.live and self.state != State.ALIAS

    def as_data(self):
        since = self.since.astimezone(datetime.UTC) if self.since else None
        return {
            "state": self.state.value,
            "page": self.page.pk if self.page else None,
            "is_public": self.is_public,
            "since": since,
            "stale_words": self.stale_words,
        }


def fill(rows, codes, reviews):
    """Give each row its ``cells``, one for each of these languages, by one query."""
    rows = list(rows)
    found = cells(reviews, codes).filter(translation_key__in={row.translation_key for row in rows})
    pages = {}
    for page in found.select_related("locale", "translation_state").only(*CELL_FIELDS):
        pages[page.translation_key, page.locale.language_code] = page
    for row in rows:
        row.cells = {}
        for code in codes:
            page = pages.get((row.translation_key, code))
            state = State(page.state) if page else State.MISSING
            row.cells[code] = Cell(code, state, page, reviews.get(page.pk) if page else None)
    return rows


# --- Who looks at it -----------------------------------------------------------------------------------------
def may_look(user):
    """Whether somebody works on whole sections or languages; no query beyond what the CMS asks for its menu."""
    if not user.is_active or user.is_superuser or is_moderator(user):
        return user.is_active
    held = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return any(permission.page.depth <= 3 for permission in held)  # a section, or all of a language


def languages_of(user):
    """Return the codes of the languages into which somebody translates, and of those that they review."""
    member = get_user_model().groups.through.objects.filter(user=user)
    translates, reviews = (Exists(member.filter(group=OuterRef(name))) for name in ("translators", "reviewers"))
    teams = list(LanguageTeam.objects.values_list("locale__language_code", translates, reviews))
    translated = {code for code, is_translator, _is_reviewer in teams if is_translator}
    return translated, {code for code, _is_translator, is_reviewer in teams if is_reviewer}


class Viewer:
    """What a user may do from the board, without a query for each page."""

    def __init__(self, user, sections):
        self.user = user
        self.translated, self.reviewed = languages_of(user)
        self.addable = {page.locale.language_code for page in sections if PagePermissions(user, page).may_add()}

    @property
    def languages(self):
        """The languages in which this person works."""
        return self.translated | self.reviewed

    @property
    def requestable(self):
        """The languages that this person may ask for; of each page it is checked again when they do."""
        return (self.translated | self.addable) - {settings.LANGUAGE_CODE}

    def may_edit(self, page):
        return PagePermissions(self.user, page).can_edit()

    def may_review(self, cell):
        return cell.review is not None and (self.user.is_superuser or cell.code in self.reviewed)
