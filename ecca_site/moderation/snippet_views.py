"""The views of snippets that go live by a review."""

from wagtail.snippets.views.snippets import EditView, SnippetViewSet


class ReviewedEditView(EditView):
    """The editor of a snippet, which submits what it has just saved.

    Wagtail 8.0 submits the version before where one was sent back: the review remembers the snippet
    as it was read, to ask who may cancel, before it was saved.
    """

    def submit_action(self) -> None:
        self.__dict__.pop("workflow_state", None)
        super().submit_action()


class ReviewedViewSet(SnippetViewSet):
    """The addresses of a snippet that goes live by a review.

    Wagtail 8.0 takes a form at the address for copies as one of the original, which it writes over
    and takes offline: there are no copies.
    """

    copy_view_enabled = False
    edit_view_class = ReviewedEditView
