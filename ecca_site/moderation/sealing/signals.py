"""A version is sealed by whatever way it comes into review, and where it is only given a date."""

from django.utils import timezone
from wagtail.models import Revision, TaskState
from wagtail.signals import task_submitted

from ecca_site.core.publication import before_publication
from ecca_site.core.references import content_of

from ..models import authors_of
from ..reviewed import Reviewed, reviewed_models
from . import seals


def submitted(instance: TaskState, **kwargs: object) -> None:
    seals.make(instance.revision, instance, authors_of(instance))


def given_a_date(instance: Reviewed, revision: Revision, **kwargs: object) -> None:
    """Seal a version that waits for its date, though nobody has reviewed it."""
    go_live_at = content_of(revision).go_live_at
    waits = go_live_at is not None and go_live_at > timezone.now()
    if waits and seals.of_version(revision) is None:
        seals.make(revision)


def connect() -> None:
    task_submitted.connect(submitted, sender=TaskState)
    for model in reviewed_models():
        before_publication.connect(given_a_date, sender=model)
