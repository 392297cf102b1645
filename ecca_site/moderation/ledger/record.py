"""Writing the ledger: a row for all that goes live or offline, in the same transaction."""

import datetime

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete
from wagtail.log_actions import get_active_log_context
from wagtail.models import (
    DraftStateMixin,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    get_page_models,
)
from wagtail.signals import page_published, page_unpublished
from wagtail.signals import published as object_published
from wagtail.signals import unpublished as object_unpublished

from ecca_site.delivery.signals import snippet_models
from ecca_site.users.models import User

from ..models.ledger import LedgerEntry
from ..sealing.seals import of_version
from .chain import link_entries
from .people import key_of
from .rules import Act, Rule, current


def kind_of(instance: Model) -> str:
    """Return the name of the model that something is of, as pages are in full."""
    if isinstance(instance, Page):
        return (instance.specific_class or Page)._meta.label_lower
    return instance._meta.label_lower


def approval_of(revision: Revision | None) -> TaskState | None:
    """Return the decision by which a version was approved last, None where nobody took one."""
    if revision is None:
        return None
    states = TaskState.objects.filter(
        revision=revision,
        status=TaskState.STATUS_APPROVED,
        workflow_state__page_request=None,
    )
    return states.select_related("finished_by").order_by("-finished_at", "-pk").first()


def acting() -> tuple[Rule, User | None]:
    """Return the rule of this moment, and who acts by it."""
    said = current()
    if said is not None:
        return said
    user = get_active_log_context().user
    if user is None:
        return Rule.COMMAND, None
    return Rule.DIRECT, user


def write(
    instance: Model,
    act: Act,
    *,
    revision: Revision | None = None,
    approval: TaskState | None = None,
    rule: Rule | None = None,
) -> None:
    """Write that something went live or offline, and under which rule."""
    present_rule, user = acting()
    if approval is not None:
        user = approval.finished_by
    elif present_rule == Rule.SCHEDULE and revision is not None:
        user = scheduler_of(revision)
    seal = of_version(revision) if revision is not None else None
    locale = getattr(instance, "locale", None)
    LedgerEntry.objects.create(
        act=act,
        kind=kind_of(instance),
        key=str(instance.pk),
        language=locale.language_code if locale else "",
        revision_number=revision.pk if revision is not None else None,
        seal_digest=seal.digest if seal is not None else "",
        signatory_key=key_of(user),
        approved_at=moment_of(approval),
        rule=rule or present_rule,
    )
    transaction.on_commit(link_entries, robust=True)


def moment_of(approval: TaskState | None) -> datetime.datetime | None:
    """Return the second of a decision: all databases and JSON keep it alike."""
    if approval is None or approval.finished_at is None:
        return None
    return approval.finished_at.replace(microsecond=0)


def scheduler_of(revision: Revision) -> User | None:
    """Return who gave a version its date, where nobody reviewed it."""
    entries = PageLogEntry.objects.filter(revision=revision, action="wagtail.publish.schedule")
    entry = entries.select_related("user").order_by("-pk").first()
    return entry.user if entry is not None else None


# --- What is written -----------------------------------------------------------------------------
def published(
    instance: Model, revision: Revision | None = None, alias: bool = False, **kwargs: object
) -> None:
    approval = approval_of(revision)
    if alias:
        revision = instance.live_revision  # the one given is its original's
    if instance.live:
        write(instance, Act.LIVE, revision=revision, approval=approval)
    elif is_live_by_ledger(instance):
        write(instance, Act.OFFLINE)  # it was given a date and waits for it


def unpublished(instance: Model, **kwargs: object) -> None:
    write(instance, Act.OFFLINE)


def deleted(instance: DraftStateMixin, **kwargs: object) -> None:
    """Write that a live snippet is gone; pages are taken offline before they are deleted."""
    if instance.live:
        write(instance, Act.OFFLINE)


def follows(instance: Model, original: Model) -> None:
    """Write that the facts of an original, which was approved, stand in a live translation now."""
    if instance.live:
        write(
            instance,
            Act.LIVE,
            revision=instance.live_revision,
            approval=approval_of(original.live_revision),
            rule=Rule.ORIGINAL,
        )


def is_live_by_ledger(instance: Model) -> bool:
    entries = LedgerEntry.objects.filter(kind=kind_of(instance), key=str(instance.pk))
    latest = entries.order_by("-pk").values_list("act", flat=True).first()
    return latest == Act.LIVE


def connect() -> None:
    for model in get_page_models():
        page_published.connect(published, sender=model)
        page_unpublished.connect(unpublished, sender=model)
    for model in snippet_models():
        object_published.connect(published, sender=model)
        object_unpublished.connect(unpublished, sender=model)
        post_delete.connect(deleted, sender=model)
