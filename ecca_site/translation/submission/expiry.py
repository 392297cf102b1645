"""The translations that go offline when the time of their original is over.

Whoever gives a page a date to go offline says which of the translations that there are go along.
That is kept with the version that has the date. When the time has come, each goes offline where
whoever chose it may do that, or where the reviewers of its language have agreed to it. They are
asked as soon as the version is live (``expiry_requests``), and at the latest then.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils import translation as languages
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision, TaskState

from ecca_site.core.permissions import STEER_PAGES, PagePermissions
from ecca_site.i18n.originals import is_original
from ecca_site.mail.outbox import Letter, language_of, post
from ecca_site.moderation.ledger.rules import Rule, under
from ecca_site.moderation.mails import edit_link, people_with_profiles
from ecca_site.moderation.models import Act, PageRequest, ask_for_each, may
from ecca_site.users.models import User

from ..models import ExpiryAlong

ASKED = "expiry-asked"  # the question was in the form that was sent
ALONG = "expiry-along"  # the keys of the translations that go along
RELATIONS = (
    "user",
    "page__locale",
    "request__workflow_state__current_task_state__finished_by",
)


@dataclass(frozen=True)
class Offered:
    """A translation in the question, as it was answered last."""

    page: Page
    is_chosen: bool
    is_asked_for: bool  # the reviewers of its language decide


def offered_to(user: User, page: Page) -> list[Offered]:
    """Return the translations of an original that a user may choose."""
    if page.pk is None or page.depth < 3 or not is_original(page):
        return []
    chosen = set(chosen_with(page.latest_revision_id).values_list("page", flat=True))
    found = []
    translations = page.get_translations().filter(alias_of=None).select_related("locale")
    for other in translations.order_by("locale__language_code"):
        # One that is not live yet may be by then.
        is_theirs = PagePermissions(user, other).may("publish")
        if is_theirs or may(user, Act.ASK, [other]):
            found.append(Offered(other, other.pk in chosen, is_asked_for=not is_theirs))
    return found


def chosen_with(revision_id: int | None) -> QuerySet[ExpiryAlong]:
    """Return what was chosen with a version."""
    return ExpiryAlong.objects.filter(revision=revision_id)


def question(context: Context) -> dict[str, Any] | None:
    """Return the question for the editor of a page, None where there is nothing to ask."""
    offered = offered_to(context["request"].user, context["page"])
    if not offered:
        return None
    return {"offered": offered, "asked_name": ASKED, "along_name": ALONG}


def review_panel(request: HttpRequest, state: TaskState, page: Page) -> str:
    """Show to whoever reviews a version which translations go offline with it."""
    along = chosen_with(state.revision_id).select_related("page__locale").order_by("page")
    if not isinstance(page, Page) or not along:
        return ""
    return render_to_string("translation/expiry_panel.html", {"along": along}, request=request)


# --- Kept with a version -------------------------------------------------------------------------
def keep_answer(request: HttpRequest, page: Page) -> None:
    """Keep with the version that was saved what its form says, by whoever said it first."""
    if ASKED not in request.POST or not request.user.has_perm(STEER_PAGES):
        return
    version = page.latest_revision
    if version is None:
        return
    if page.expire_at is None:
        chosen_with(version.pk).delete()
        return
    sent = set(request.POST.getlist(ALONG))
    offered = {each.page.pk for each in offered_to(request.user, page)}
    chosen = {key for key in offered if str(key) in sent}
    known = chosen_with(version.pk)
    known.filter(page__in=offered - chosen).delete()
    known.exclude(expire_at=page.expire_at).delete()
    for key in chosen - set(known.values_list("page", flat=True)):
        ExpiryAlong.objects.create(
            revision=version, page_id=key, user=request.user, expire_at=page.expire_at
        )


def carry_over(page: Page, revision: Revision) -> None:
    """Keep with a new version what was chosen with the one before, for the same date."""
    said = revision.content.get("expire_at")
    if not said:
        return
    before = chosen_with(page.latest_revision_id).exclude(revision=revision)
    for row in before.filter(expire_at=said):
        ExpiryAlong.objects.create(
            revision=revision,
            page_id=row.page_id,
            user_id=row.user_id,
            expire_at=row.expire_at,
            request_id=row.request_id,
        )


# --- When its time is over -----------------------------------------------------------------------
def go_along(instance: Page, revision: Revision | None, **kwargs: object) -> None:
    """Take along what was chosen with the version of an original that was live."""
    if revision is None:
        return
    rows = chosen_with(revision.pk).filter(expire_at=instance.expire_at)
    people = set()
    outcome = Outcome([], [], [])
    wishes = defaultdict(list)
    for row in rows.select_related(*RELATIONS).order_by("page"):
        other = row.page.specific
        if not other.live or not is_translation(other, instance):
            continue
        people.add(row.user_id)
        decider = row.request.decider if row.request is not None else None
        if decider is not None:
            _take_offline(other, Rule.REQUEST, decider)
            outcome.offline.append(other)
        elif row.user is None or is_declined(row):
            outcome.left.append(other)
        elif may(row.user, Act.UNPUBLISH, [other]):
            _take_offline(other, Rule.SCHEDULE, row.user)
            outcome.offline.append(other)
        elif row.request is not None and row.request.workflow_state.is_active:
            outcome.asked.append(other)
        else:
            wishes[row.user].append(other)
    for user, pages in wishes.items():
        refused = _ask(instance, user, pages)
        outcome.left.extend(refused)
        outcome.asked.extend(page for page in pages if page not in refused)
    if people:
        tell(instance, revision, people, outcome)


def _take_offline(page: Page, rule: Rule, user: User) -> None:
    with under(rule, user):
        UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)


def is_declined(row: ExpiryAlong) -> bool:
    """Return whether the reviewers of its language were asked and did not agree."""
    if row.request is None:
        return False
    return row.request.workflow_state.current_task_state.status == TaskState.STATUS_REJECTED


def is_translation(other: Page, original: Page) -> bool:
    """Return whether a page is a translation of another, which it may be no more by now."""
    return other.alias_of_id is None and other.translation_key == original.translation_key


def _ask(original: Page, user: User, pages: list[Page]) -> list[Page]:
    with languages.override(language_of(user)):
        text = _("The time of the original, “%(title)s”, is over.")
        reason = text % {"title": original.title}
    return ask_for_each(pages, PageRequest.Kind.UNPUBLISH, user, reason)


@dataclass(frozen=True)
class Outcome:
    """What has become of the translations that were to go along."""

    offline: list[Page]
    asked: list[Page]
    left: list[Page]

    def in_words(self) -> list[str]:
        """Return a line for each kind of outcome, in the active language."""
        lines = []
        if self.offline:
            lines.append(_("Offline, too: %(languages)s.") % _languages(self.offline))
        if self.asked:
            text = _("The reviewers of these languages were asked: %(languages)s.")
            lines.append(text % _languages(self.asked))
        if self.left:
            text = _(
                "These stay online, since their reviewers did not agree, a version of them waits "
                "for a decision or nobody could be asked: %(languages)s."
            )
            lines.append(text % _languages(self.left))
        return lines


def _languages(pages: list[Page]) -> dict[str, str]:
    return {"languages": ", ".join(str(page.locale.get_display_name()) for page in pages)}


def tell(
    original: Page, revision: Revision, people: Collection[int | None], outcome: Outcome
) -> None:
    """Tell those who chose it what has become of the translations.

    Administrators are told of what stays.
    """

    def compose() -> Letter:
        names = {"title": original.get_admin_display_title()}
        return Letter(
            subject=_("“%(title)s” went offline on its date") % names,
            lines=(
                _("What has become of the translations that were to go along:"),
                *outcome.in_words(),
            ),
            action=_("Open the page"),
            address=edit_link(original),
        )

    told = Q(pk__in=set(people) - {None})
    if outcome.left:
        told |= Q(is_superuser=True)
    for user in people_with_profiles().filter(told):
        post(user, f"time-over:{revision.pk}", compose)
