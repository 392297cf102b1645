"""Seals: what a version showed when it was submitted is what may go live by its approval."""

from collections.abc import Iterable

from django.db.models import Q
from django.dispatch import Signal
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from ..models.seals import Seal
from ..reviewed import Reviewed, title_of
from .things import OFFLINE, Difference, Thing, differences, digest_of, things_of

# Sent with ``task_state`` and ``differences`` when something that a version under review shows was
# changed: it was sealed anew and waits for another look.
seal_broken = Signal()


def make(
    revision: Revision, task_state: TaskState | None = None, authors: Iterable[int] = ()
) -> Seal:
    """Seal a version, or what a request is about, as it is now."""
    seal = Seal(revision=revision, task_state=task_state, authors=sorted(authors))
    keep(seal, things_now(revision, task_state))
    return seal


def keep(seal: Seal, things: Iterable[Thing]) -> None:
    """Let a seal hold these things."""
    seal.things = [[thing.kind, thing.key, thing.mark, thing.name] for thing in things]
    marks = [[thing.kind, thing.key, thing.mark] for thing in things]
    seal.digest = digest_of([seal.revision.content, marks])
    seal.save()


def take_facts(revision: Revision) -> None:
    """Let the seal of a version hold what its original, which was approved, has written into it.

    Of everything else it keeps what was sealed.
    """
    seal = of_version(revision)
    if seal is None:
        return
    sealed = {(thing.kind, thing.key): thing for thing in things_in(seal)}
    now = things_of(revision)
    keep(seal, [sealed.get((thing.kind, thing.key), thing) for thing in now])


def things_now(revision: Revision, task_state: TaskState | None) -> list[Thing]:
    request = getattr(task_state.workflow_state, "page_request", None) if task_state else None
    if request is not None:
        is_deletion = request.kind == request.Kind.DELETE
        if isinstance(request.page, Page):
            return touched_by([request.page], takes_below=is_deletion)
        return [_touched(request.page, is_for_good=is_deletion)]
    return things_of(revision)


def touched_by(pages: Iterable[Page], *, takes_below: bool) -> list[Thing]:
    """Return the pages that a request is about, and those that would go with them."""
    places = Q()
    for page in pages:
        places |= Q(pk=page.pk)
        if takes_below:
            places |= Q(path__startswith=page.path)
    things = []
    for page in Page.objects.filter(places).order_by("path"):
        things.append(_touched(page, is_for_good=takes_below))
    return sorted(things)


def _touched(instance: Reviewed, *, is_for_good: bool) -> Thing:
    """Return something that a request is about.

    Where it goes for good, a draft that was saved meanwhile counts as well as what is live.
    """
    mark = str(instance.live_revision_id or "live") if instance.live else OFFLINE
    if is_for_good:
        mark = f"{mark}, {instance.latest_revision_id}"
    kind = instance.specific_class if isinstance(instance, Page) else type(instance)
    return Thing(kind._meta.label_lower, str(instance.pk), mark, title_of(instance))


def things_in(seal: Seal) -> list[Thing]:
    return [Thing(*parts) for parts in seal.things]


def of_task_state(task_state: TaskState) -> Seal | None:
    seal = Seal.objects.filter(task_state=task_state).order_by("-pk").first()
    if seal is not None:
        seal.task_state = task_state
        if seal.revision_id == task_state.revision_id:
            seal.revision = task_state.revision
    return seal


def of_version(revision: Revision) -> Seal | None:
    """Return the seal with which a version was approved, or was given its date."""
    seals = Seal.objects.filter(revision=revision)
    of_versions = seals.filter(task_state__workflow_state__page_request=None)
    return of_versions.order_by("-pk").first()


def changes_under(seal: Seal) -> list[Difference]:
    """Return what is no longer as it was sealed."""
    return differences(things_in(seal), things_now(seal.revision, seal.task_state))


def why_changed(revision: Revision) -> str:
    """Return what has changed around a version since it was approved, "" where nothing has."""
    seal = of_version(revision)
    if seal is None:
        return _("Nothing tells what it showed when it was submitted.")
    return why_broken(changes_under(seal))


def why_broken(found: Iterable[Difference]) -> str:
    """Return what has changed as a sentence, "" where nothing has."""
    names = ", ".join(str(difference) for difference in found)
    if not names:
        return ""
    return _("What it shows has changed since it was submitted: %(things)s.") % {"things": names}
