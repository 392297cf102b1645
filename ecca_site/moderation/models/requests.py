from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, WorkflowState

from .reviews import ReviewRefused, log_step


class PageRequest(models.Model):
    """What somebody without the right to do it asks for, through the queue. Approving the review does it."""

    class Kind(models.TextChoices):
        UNPUBLISH = "unpublish", _("take offline")
        DELETE = "delete", _("delete")
        MOVE = "move", _("move")

    workflow_state = models.OneToOneField(WorkflowState, on_delete=models.CASCADE, related_name="page_request")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.TextField(_("reason"), max_length=5000)
    with_translations = models.BooleanField(_("its translations, too"), default=True, db_default=True)
    destination = models.ForeignKey(
        Page, verbose_name=_("to"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self):
        return f"{self.get_kind_display()}: {self.workflow_state_id}"

    def pages(self):
        """Return the pages that it is about: the one it was asked for, and its translations where they go along."""
        page = self.workflow_state.content_object
        return [page, *(page.get_translations() if self.with_translations else ())]

    def carry_out(self, user):
        """Do what was asked for, in the name of whoever approved it: by the review, not by rights on the page.

        Raises:
            ReviewRefused: where the page should go there is no place for it, or other content cannot be without it.
        """
        for page in self.pages():
            if self.kind == self.Kind.DELETE:
                self._delete(page.specific, user)
            elif self.kind == self.Kind.MOVE:
                self._move(page.specific, user)
            elif page.live:
                UnpublishPageAction(page.specific, user=user).execute(skip_permission_checks=True)

    @staticmethod
    def _delete(page, user):
        try:
            DeletePageAction(page, user=user).execute(skip_permission_checks=True)
        except models.ProtectedError as error:
            raise ReviewRefused(_("Other content cannot be without this page.")) from error

    def _move(self, page, user):
        destination = self.destination
        if destination and destination.locale_id != page.locale_id:
            destination = destination.get_translation_or_none(page.locale)
            if destination is None:
                return  # a translation stays where it is until there is a place for it
        if destination is None or not page.can_move_to(destination.specific):
            raise ReviewRefused(_("There is no longer a place for it where it should go."))
        if not Page._slug_is_available(page.slug, destination, page=page):
            raise ReviewRefused(_("Another page with this address stands there already."))
        MovePageAction(page, destination, pos="last-child", user=user).execute(skip_permission_checks=True)


def destinations_of(page):
    """Return where a page could stand instead, in its own language."""
    parents = Page.objects.type(*page.specific_class.allowed_parent_page_models()).filter(locale=page.locale)
    return parents.exclude(pk=page.get_parent().pk).not_descendant_of(page, inclusive=True).order_by("path")


@transaction.atomic
def ask_for(page, kind, user, reason, *, with_translations=True, destination=None):
    """Put a request into the queue.

    Raises:
        ReviewRefused: the page waits for a decision already, or nobody moderates it.
    """
    workflow = page.get_workflow()
    if workflow is None or page.current_workflow_state is not None:
        raise ReviewRefused(_("This page waits for a decision already, or has changes that were sent back."))
    if page.latest_revision is None:
        page.save_revision(user=user, log_action=False)
    state = WorkflowState.objects.create(
        workflow=workflow,
        content_type=page.get_content_type(),
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
        requested_by=user,
    )
    PageRequest.objects.create(
        workflow_state=state, kind=kind, reason=reason, with_translations=with_translations, destination=destination
    )
    state.update(user=user)  # starts the review, of which the mails tell what is asked for
    log_step(state.current_task_state, "moderation.request", user, f"{PageRequest.Kind(kind).label}: {reason}")
    return state
