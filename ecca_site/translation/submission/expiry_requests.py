"""The reviewers' consent to what goes offline with its original, asked for before the day.

They are asked when the version that has the date is live, as soon as the translation waits for
nothing else. Another date, or a version without it, ends the question, as does whatever ends
decisions about the translation; it is asked anew then.
"""

from collections import defaultdict

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils import translation as languages
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from ecca_site.mail.outbox import language_of
from ecca_site.moderation.ending import ASKED, Why, tell
from ecca_site.moderation.models import Act, PageRequest, ask_for_each, lock_reviews, may
from ecca_site.users.models import User

from ..models import ExpiryAlong
from .expiry import is_translation


def ask_ahead(**kwargs: object) -> None:
    """Ask for what was chosen with a version that is live, and end what was asked before."""
    end_what_is_over()
    keys = in_force().filter(request=None, user__isnull=False).values("revision")
    for original in Page.objects.filter(live_revision__in=keys).order_by("pk"):
        ask_about(original)


def in_force() -> QuerySet[ExpiryAlong]:
    """Return what was chosen with versions that are live, for days to come."""
    live = Page.objects.filter(live=True, expire_at__gt=timezone.now())
    return ExpiryAlong.objects.filter(revision__in=live.values("live_revision"))


@transaction.atomic
def ask_about(original: Page) -> None:
    """Ask the reviewers of the translations of one page; who waits for something is left."""
    same = Page.objects.filter(translation_key=original.translation_key)
    lock_reviews(same.values_list("pk", flat=True))
    original.refresh_from_db()
    rows = in_force().filter(revision=original.live_revision_id, expire_at=original.expire_at)
    wishes: dict[User, list[ExpiryAlong]] = defaultdict(list)
    for row in rows.filter(request=None, user__isnull=False).select_related("user", "page"):
        earlier = _asked_before(row)
        if earlier is not None:
            row.request = earlier
            row.save(update_fields=["request"])
        elif is_to_be_asked(row, original):
            wishes[row.user].append(row)
    for user, wished in wishes.items():
        _ask(original, user, wished)


def is_to_be_asked(row: ExpiryAlong, original: Page) -> bool:
    other = row.page
    if not other.live or not is_translation(other, original):
        return False
    return not may(row.user, Act.UNPUBLISH, [other]) and other.current_workflow_state is None


def _asked_before(row: ExpiryAlong) -> PageRequest | None:
    """Return what was asked of the same translation for the same day, with another version."""
    rows = ExpiryAlong.objects.filter(page=row.page_id, expire_at=row.expire_at, user=row.user)
    asked = rows.exclude(request=None).select_related("request").order_by("-pk").first()
    return asked.request if asked is not None else None


def _ask(original: Page, user: User, rows: list[ExpiryAlong]) -> None:
    with languages.override(language_of(user)):
        text = _("Its original, “%(title)s”, goes offline at that time.")
        reason = text % {"title": original.title}
    pages = [row.page.specific for row in rows]
    refused = ask_for_each(
        pages, PageRequest.Kind.UNPUBLISH, user, reason, not_before=original.expire_at
    )
    for row, page in zip(rows, pages, strict=True):
        if page not in refused:
            row.request = page.current_workflow_state.page_request
            row.save(update_fields=["request"])


def end_what_is_over() -> None:
    """End the questions about days that no version that is live has any more."""
    waiting = PageRequest.objects.filter(
        not_before__gt=timezone.now(), workflow_state__in=WorkflowState.objects.active()
    )
    for request in waiting.exclude(pk__in=in_force().exclude(request=None).values("request")):
        _end(request)


@transaction.atomic
def _end(request: PageRequest) -> None:
    page = request.page
    lock_reviews([page.pk])
    state = WorkflowState.objects.active().filter(pk=request.workflow_state_id).first()
    if state is not None:
        state.cancel()
        tell(page, {state.requested_by_id}, ASKED, Why.REPLACED, f"review:{state.pk}")


def forget(instance: Page, **kwargs: object) -> None:
    """Forget what was agreed to about a page as it stood: it is asked for anew."""
    ExpiryAlong.objects.filter(page=instance.pk).exclude(request=None).update(request=None)
