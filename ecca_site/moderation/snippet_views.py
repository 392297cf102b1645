"""The views of snippets that go live by a review."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin
from wagtail.snippets.views.snippets import DeleteView, EditView, SnippetViewSet, UnpublishView

from ecca_site.i18n.originals import is_original

from .effects import effects_of
from .models import Act, may
from .reviewed import Reviewed

ALONG = "along"  # the keys of the translations that go offline, too


class ReviewedEditView(EditView):
    """The editor of a snippet, which submits what it has just saved.

    Wagtail 8.0 submits the version before where one was sent back: the review remembers the snippet
    as it was read, to ask who may cancel, before it was saved.
    """

    def submit_action(self) -> None:
        self.__dict__.pop("workflow_state", None)
        super().submit_action()


class ChosenAlong(ContextMixin):
    """A question about an original, which offers what may go the same way with it."""

    act: Act
    object: Reviewed
    request: HttpRequest

    @cached_property
    def offered(self) -> list[Reviewed]:
        """Return the translations to which whoever asks may do the same.

        One that waits for a decision stays, as the original itself would.
        """
        if not is_original(self.object):
            return []
        found = []
        others = self.object.get_translations().select_related("locale")
        if self.act is Act.UNPUBLISH:
            others = others.filter(live=True)
        for other in others.order_by("locale__language_code"):
            if not other.workflow_in_progress and may(self.request.user, self.act, [other]):
                found.append(other)
        return found

    @property
    def chosen(self) -> list[Reviewed]:
        keys = set(self.request.POST.getlist(ALONG))
        return [other for other in self.offered if str(other.pk) in keys]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        affected = effects_of(self.object, self.act, going=[])
        staying = [other for other in affected.staying if other not in self.offered]
        return super().get_context_data(
            is_original=is_original(self.object),
            offered=self.offered,
            along=ALONG,
            affected=replace(affected, staying=staying),
            **kwargs,
        )


class ReviewedUnpublishView(ChosenAlong, UnpublishView):
    """Taking a snippet offline, and those of its translations that were chosen there."""

    act = Act.UNPUBLISH
    template_name = "moderation/unpublish_snippet.html"

    def get_objects_to_unpublish(self) -> list[Reviewed]:
        return [self.object, *self.chosen]


class ReviewedDeleteView(ChosenAlong, DeleteView):
    """Deleting a snippet, and those of its translations that were chosen there."""

    act = Act.DELETE
    template_name = "moderation/delete_snippet.html"

    @transaction.atomic
    def delete_action(self) -> None:
        for other in self.chosen:
            self.action_class(other, user=self.request.user).execute(skip_permission_checks=True)
        super().delete_action()


class ReviewedViewSet(SnippetViewSet):
    """The addresses of a snippet that goes live by a review.

    Wagtail 8.0 takes a form at the address for copies as one of the original, which it writes over
    and takes offline: there are no copies.
    """

    copy_view_enabled = False
    edit_view_class = ReviewedEditView
    delete_view_class = ReviewedDeleteView
    delete_template_name = ReviewedDeleteView.template_name
    unpublish_view_class = ReviewedUnpublishView
