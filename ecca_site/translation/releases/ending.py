"""The end of what a release holds back, where the decision that it rests on is over."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState

from ecca_site.i18n.originals import is_original
from ecca_site.moderation.ending import Why, decision_over, submitters_of_version, tell
from ecca_site.moderation.revoking import approval_revoked

from ..models import Release, ReleaseLanguage

HELD = _("An approved version waited for its languages. It does not go live any more.")
HELD_FOR_SOURCE = _(
    "An approved translation waited for its original. It does not go live any more."
)


def open_release(source_id: int, *, lock: bool = False) -> Release | None:
    """Return the release that a source page waits for, None where it waits for none.

    With ``lock`` its row is locked until the transaction ends.
    """
    releases = Release.objects.select_for_update() if lock else Release.objects
    return releases.filter(source_id=source_id, ended_at=None).first()


def close(release: Release) -> None:
    release.ended_at = timezone.now()
    release.save(update_fields=["ended_at"])


@transaction.atomic(savepoint=False)
def over(instance: Page, why: Why, revision: Revision | None = None, **kwargs: object) -> None:
    """End what is held back for a page; ``revision`` is its version that goes live instead."""
    if is_original(instance):
        end_source(instance, why, revision)
        return
    held = ReleaseLanguage.objects.filter(
        release__ended_at=None, locale=instance.locale_id, revision__object_id=str(instance.pk)
    )
    for language in held.exclude(revision=revision).select_related("revision"):
        end_language(language, why)
        ReleaseLanguage.objects.filter(pk=language.pk).update(revision=None, error="")


def end_source(page: Page, why: Why, revision: Revision | None) -> None:
    """End a release; its languages were approved as translations of a version that goes with it."""
    release = open_release(page.pk, lock=True)
    if release is None or release.revision_id is None:
        return
    if revision is not None and release.revision_id == revision.pk:
        return  # the release itself goes live
    tell_of_source(release, why)
    end_languages(release, why)
    close(release)


def tell_of_source(release: Release, why: Why) -> None:
    """Tell those who wait for the held version of a source that it does not go live."""
    people = {*submitters_of_version(release.revision), release.created_by_id}
    tell(release.source, people, HELD, why, f"release:{release.pk}:{release.revision_id}")


def end_languages(release: Release, why: Why) -> None:
    for language in release.languages.exclude(revision=None).select_related("revision"):
        end_language(language, why)


def end_language(language: ReleaseLanguage, why: Why) -> None:
    """Tell those who wait for the held version of a language that it does not go live."""
    version = language.revision
    page = version.content_object
    if page is not None:
        people = submitters_of_version(version)
        tell(page, people, HELD_FOR_SOURCE, why, f"language:{language.pk}:{version.pk}")


def revoked(instance: Page, revision: Revision, **kwargs: object) -> None:
    """Hold a version back no longer whose approval was taken back.

    The languages stay bound: they go live with the next version that is approved.
    """
    concerned = Q(revision=revision) | Q(languages__revision=revision)
    keys = list(Release.objects.filter(concerned, ended_at=None).values_list("pk", flat=True))
    # Locked: nobody publishes at this moment what they have read before.
    for release in Release.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        if release.revision_id == revision.pk:
            let_go_of_source(release)
        release.languages.filter(revision=revision).update(revision=None, error="")


def let_go_of_source(release: Release) -> None:
    """Let go of the held version of a source, and of those that were translated from it."""
    key = f"release:{release.pk}:{release.revision_id}"
    people = {release.created_by_id} - submitters_of_version(release.revision)
    tell(release.source, people, HELD, Why.REVOKED, key)
    end_languages(release, Why.REVOKED)
    release.languages.update(revision=None, error="")
    release.revision = None
    release.save(update_fields=["revision"])


def connect() -> None:
    decision_over.connect(over, sender=Page)
    approval_revoked.connect(revoked, sender=TaskState)
