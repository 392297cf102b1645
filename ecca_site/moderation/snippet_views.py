"""The views of snippets that go live by a review."""

from dataclasses import replace
from typing import Any

from wagtail.snippets.views.snippets import EditView, SnippetViewSet, UnpublishView

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


class ReviewedUnpublishView(UnpublishView):
    """Taking a snippet offline, and those of its translations that were chosen there."""

    template_name = "moderation/unpublish_snippet.html"

    def get_objects_to_unpublish(self) -> list[Reviewed]:
        self.offered = self._offered()
        chosen = set(self.request.POST.getlist(ALONG))
        return [self.object, *(other for other in self.offered if str(other.pk) in chosen)]

    def _offered(self) -> list[Reviewed]:
        """Return the translations that whoever asks may take offline, too.

        One that waits for a decision stays, as the original itself would.
        """
        if not is_original(self.object):
            return []
        found = []
        live = self.object.get_translations().filter(live=True).select_related("locale")
        for other in live.order_by("locale__language_code"):
            if not other.workflow_in_progress and may(self.request.user, Act.UNPUBLISH, [other]):
                found.append(other)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        affected = effects_of(self.object, "unpublish", going=[])
        staying = [other for other in affected.staying if other not in self.offered]
        return super().get_context_data(
            is_original=is_original(self.object),
            offered=self.offered,
            along=ALONG,
            affected=replace(affected, staying=staying),
            **kwargs,
        )


class ReviewedViewSet(SnippetViewSet):
    """The addresses of a snippet that goes live by a review.

    Wagtail 8.0 takes a form at the address for copies as one of the original, which it writes over
    and takes offline: there are no copies.
    """

    copy_view_enabled = False
    edit_view_class = ReviewedEditView
    unpublish_view_class = ReviewedUnpublishView
