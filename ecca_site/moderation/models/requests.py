import datetime
import uuid
from collections.abc import Iterable, Iterator

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, Site, TaskState, WorkflowState
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from ecca_site.users.models import User

from ..reviewed import Reviewed, in_full, model_of
from .reviews import ReviewRefused, log_step
from .rights import Act, Step, may
from .row_locks import lock_reviews


class PageRequest(models.Model):
    """A wish of somebody without the right to fulfil it; the approval of its review fulfils it.

    It is about one page with what stands below it, or about one snippet, such as a speaker. What
    was wished for translations at the same time is a request of its own for each, which the
    reviewers of that language decide.
    """

    class Kind(models.TextChoices):
        UNPUBLISH = "unpublish", _("take offline")
        DELETE = "delete", _("delete")
        MOVE = "move", _("move")

    workflow_state = models.OneToOneField(
        WorkflowState, on_delete=models.CASCADE, related_name="page_request"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.TextField(_("reason"), max_length=5000)
    # The same for all that was asked for at once, of the translations that there were.
    wish = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    destination = models.ForeignKey(
        Page,
        verbose_name=_("to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Where it is agreed to before, whoever asked has it done then.
    not_before = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.workflow_state_id}"

    @property
    def is_early(self) -> bool:
        return self.not_before is not None and self.not_before > timezone.now()

    @property
    def decider(self) -> User | None:
        """Return who agreed to it, None as long as nobody has."""
        if self.workflow_state.status != WorkflowState.STATUS_APPROVED:
            return None
        return self.workflow_state.current_task_state.finished_by

    @property
    def page(self) -> Reviewed:
        """What it is about; where it is a snippet it is called a page, too."""
        return self.workflow_state.content_object

    def reaches(self) -> list[Reviewed]:
        """Return all that the request touches: its page, those below it, and where to."""
        return reached_by(self.page, self.destination)

    def others(self) -> "models.QuerySet[PageRequest]":
        """Return what was asked for at the same time, of other languages."""
        return PageRequest.objects.filter(wish=self.wish).exclude(pk=self.pk)

    def check_decider(self, user: User, task_state: TaskState) -> None:
        """Refuse the decision of whoever decides on the page, and not on all that goes with it.

        Raises:
            ReviewRefused: others decide on a page below it, or on the place where it should go.
        """
        reached = self.reaches()
        is_deletion = self.kind == self.Kind.DELETE
        keys = [each.pk for each in reached]
        lock_reviews(keys, model_of(self.page), with_past=is_deletion)
        if not may(user, Act.DECIDE, reached, step=Step.of(task_state)):
            raise ReviewRefused(
                _(
                    "It reaches pages that others decide on: ask an administrator, or for each "
                    "page by itself."
                )
            )

    def carry_out(self, user: User | None) -> None:
        """Do what was asked for, in the name of whoever approved it.

        It is done by the review, not by rights of that person on the page; ``check_decider`` has
        asked for those that count. Nothing is done as long as it is too early.

        Raises:
            ReviewRefused: where the page should go there is no place for it, or other content
            cannot be without it.
        """
        if self.is_early:
            return
        page = in_full(self.page)
        if self.kind == self.Kind.DELETE:
            self._delete(page, user)
        elif self.kind == self.Kind.MOVE:
            self._move(page, user)
        elif page.live:
            self._unpublish(page, user)

    @staticmethod
    def _unpublish(page: Reviewed, user: User | None) -> None:
        action = UnpublishPageAction if isinstance(page, Page) else UnpublishAction
        action(page, user=user).execute(skip_permission_checks=True)

    @staticmethod
    def _delete(page: Reviewed, user: User | None) -> None:
        try:
            if isinstance(page, Page):
                DeletePageAction(page, user=user).execute(skip_permission_checks=True)
            else:
                log(instance=page, action="wagtail.delete", user=user, deleted=True)
                page.delete()
        except models.ProtectedError as error:
            raise ReviewRefused(_("Other content cannot be without it.")) from error

    def _move(self, page: Page, user: User | None) -> None:
        destination = self.destination
        if destination is None or not page.can_move_to(destination.specific):
            raise ReviewRefused(_("There is no longer a place for it where it should go."))
        if not Page._slug_is_available(page.slug, destination, page=page):
            raise ReviewRefused(_("Another page with this address stands there already."))
        MovePageAction(page, destination, pos="last-child", user=user).execute(
            skip_permission_checks=True
        )


def destinations_of(page: Page, user: User) -> PageQuerySet:
    """Return the pages below which a page could stand instead, in its own language.

    They are those that a user may change: to move a page is to change the one above it, too.
    """
    types = page.specific_class.allowed_parent_page_models()
    parents = Page.objects.type(*types).filter(locale=page.locale)
    others = parents.exclude(pk=page.get_parent().pk).not_descendant_of(page, inclusive=True)
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return others.filter(pk__in=own.values("pk")).order_by("path")


def reached_by(page: Reviewed, destination: Page | None = None) -> list[Reviewed]:
    """Return a page, those below it, and the one below which it should stand; or a snippet."""
    if not isinstance(page, Page):
        return [page]
    pages = list(page.get_descendants(inclusive=True))
    if destination is not None:
        pages.append(destination)
    return pages


def translations_to_ask_for(user: User, page: Reviewed) -> list[Reviewed]:
    """Return the translations of a page or snippet that a user may ask for along with it.

    Left out is what waits for a decision already, or what nobody moderates.
    """
    translations = page.get_translations().select_related("locale")
    if isinstance(page, Page):
        translations = translations.filter(alias_of=None).specific()
    found = []
    for other in translations.order_by("locale__language_code"):
        if other.current_workflow_state is None and may(user, Act.ASK, reached_by(other)):
            found.append(other)
    return [other for other in found if other.has_workflow]


@transaction.atomic
def ask_for(
    page: Reviewed,
    kind: str,
    user: User,
    reason: str,
    *,
    with_translations: bool = False,
    destination: Page | None = None,
) -> WorkflowState:
    """Put a request into the queue; return the state of its review.

    ``with_translations`` asks for the same in each of ``translations_to_ask_for``, by a request of
    its own. A translation without the new place of its original stays where it is.

    Raises:
        PermissionDenied: the page, or one below it, is not the user's to ask for.
        ReviewRefused: the page waits for a decision already, nobody moderates it, or the site
        begins at it.
    """
    first = PageRequest(kind=kind, reason=reason, destination=destination)
    if first.kind != PageRequest.Kind.MOVE:
        first.destination = None
    along = list(_along(page, first, user)) if with_translations else []
    lock_reviews([page.pk, *(other.pk for other, _there in along)], model_of(page))
    state = _put_into_queue(page, first, user)
    for other, there in along:
        request = PageRequest(kind=kind, reason=reason, destination=there, wish=first.wish)
        _put_into_queue(other, request, user)
    return state


@transaction.atomic
def ask_for_each(
    pages: Iterable[Reviewed],
    kind: str,
    user: User,
    reason: str,
    *,
    not_before: datetime.datetime | None = None,
) -> list[Reviewed]:
    """Ask for the same for each of several pages, as one wish that is decided one by one.

    Return those for which it is not possible: one waits for a decision already, or is not the
    user's to ask for.
    """
    wish = uuid.uuid4()
    refused = []
    for page in pages:
        try:
            with transaction.atomic():
                request = PageRequest(kind=kind, reason=reason, wish=wish, not_before=not_before)
                _put_into_queue(page, request, user)
        except (ReviewRefused, PermissionDenied):
            refused.append(page)
    return refused


def _along(
    page: Reviewed, first: PageRequest, user: User
) -> Iterator[tuple[Reviewed, Page | None]]:
    """Yield the translations for which the same is asked, each with its new place."""
    for other in translations_to_ask_for(user, page):
        there = None
        if first.destination is not None:
            there = first.destination.get_translation_or_none(other.locale)
            if there is None or not may(user, Act.ASK, [there]):
                continue
        if first.kind == PageRequest.Kind.UNPUBLISH and not other.live:
            continue
        yield other, there


def _put_into_queue(page: Reviewed, request: PageRequest, user: User) -> WorkflowState:
    reached = reached_by(page, request.destination)
    if not may(user, Act.ASK, reached):
        raise PermissionDenied
    if request.kind == PageRequest.Kind.DELETE and _site_begins_at(reached):
        raise ReviewRefused(_("The site begins at this page: without it there would be none."))
    workflow = page.get_workflow()
    if workflow is None or page.current_workflow_state is not None:
        raise ReviewRefused(
            _("It waits for a decision already, or has changes that were sent back.")
        )
    if page.latest_revision is None:
        page.save_revision(user=user, log_action=False, clean=False)
    state = WorkflowState.objects.create(
        workflow=workflow,
        content_type=page.get_content_type(),
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
        requested_by=user,
    )
    request.workflow_state = state
    request.save()
    state.update(user=user)  # starts the review, of which the mails tell what is asked for
    log_step(
        state.current_task_state,
        "moderation.request",
        user,
        f"{PageRequest.Kind(request.kind).label}: {request.reason}",
    )
    return state


def _site_begins_at(reached: list[Reviewed]) -> bool:
    pages = [each for each in reached if isinstance(each, Page)]
    return Site.objects.filter(root_page__in=pages).exists()
