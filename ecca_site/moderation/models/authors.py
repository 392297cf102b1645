"""Who submitted a version and who wrote it: they do not approve it."""

from wagtail import hooks
from wagtail.models import Revision, TaskState

from ecca_site.users.models import User

from ..authorship import writers_of


def submitters_of(task_state: TaskState | None) -> set[int]:
    """Return the primary keys of those who submitted a version, first and last.

    After a rejection another person may have done it again. Of a request it is who asked: whoever
    wrote the page last has asked for nothing.
    """
    if task_state is None:
        return set()
    if hasattr(task_state.workflow_state, "page_request"):
        return {task_state.workflow_state.requested_by_id} - {None}
    return {task_state.workflow_state.requested_by_id, task_state.revision.user_id} - {None}


def authors_of(task_state: TaskState) -> set[int]:
    """Return the primary keys of those who submitted a version and of those who wrote it.

    Whoever wrote some of its words that visitors do not read yet has written it, however often and
    by whomever it was saved since; to save it unchanged is not to write it. Of a request it is who
    asked. Rooms above add those whose texts are kept elsewhere.
    """
    authors = submitters_of(task_state)
    if hasattr(task_state.workflow_state, "page_request"):
        return authors
    version = task_state.revision
    live = live_version_before(version)
    saves = Revision.objects.filter(
        base_content_type_id=version.base_content_type_id,
        object_id=version.object_id,
        pk__lte=version.pk,
    )
    approved = live.content if live is not None else None
    by_save = saves.order_by("pk").values_list("user_id", "content").iterator()
    authors |= writers_of(version.content, approved, by_save)
    for authors_elsewhere in hooks.get_hooks("authors_of_version"):
        authors |= authors_elsewhere(version, live)
    return authors


def live_version_before(version: Revision) -> Revision | None:
    """Return the version that visitors read while a later one is reviewed, None for a new page."""
    page = version.content_object
    live = page.live_revision if page is not None and page.live else None
    if live is None or live.pk >= version.pk:
        return None
    return live


def is_author(user: User, task_state: TaskState | None) -> bool:
    """Return whether a user wrote or submitted the version under review."""
    return task_state is not None and user.pk in authors_of(task_state)
