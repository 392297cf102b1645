"""The authors of a submitted translation, whose texts stand in wagtail-localize's tables."""

from django.db.models import Q
from wagtail.models import Revision

from ..models import Submission, TextAuthor


def authors_of_texts(version: Revision, live: Revision | None) -> set[int]:
    """Return the primary keys of those who wrote texts of a version since ``live`` was made.

    What goes live with it, such as a speaker, is live nowhere yet: whoever wrote that counts
    whenever it was.
    """
    submission = Submission.objects.filter(revision=version).first()
    if submission is None:
        return set()
    of_page = Q(thing=version.content["translation_key"])
    if live is not None:
        of_page &= Q(written_at__gt=live.created_at)
    companions = [each.content["translation_key"] for each in submission.companions.all()]
    written = TextAuthor.objects.filter(locale=version.content["locale"])
    written = written.filter(of_page | Q(thing__in=companions))
    return set(written.values_list("user_id", flat=True))
