"""Slugs of translated pages, made from the translated title and kept from then on.

A page gets its slug when it is first published; the draft bears the source's. Its address then
redirects to the new one, as does that of any later change of a slug
(``wagtail.contrib.redirects``).
"""

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, Revision, get_page_models

from ecca_site.core.publication import before_publication, lock_children
from ecca_site.i18n.originals import is_original
from ecca_site.moderation.models import lock_review

LONGEST = 80  # letters
# Serbian and Slovenian write đ as dj where there is no đ; anyascii would write d.
DIGRAPHS = str.maketrans({"đ": "dj", "Đ": "Dj"})


def slug_from_title(page: Page) -> str:
    """Return a free slug for ``page`` under its parent: "Živi krog" gives "zivi-krog"."""
    slug = slugify(anyascii(page.title.translate(DIGRAPHS)))[:LONGEST].strip("-") or page.slug
    return find_available_slug(page.get_parent(), slug, ignore_page_id=page.pk)


def needs_slug(page: Page) -> bool:
    """Return whether a page is a translation that was never live and no home page."""
    if page.depth <= 2 or page.first_published_at is not None:
        return False
    if is_original(page):
        return False
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk).exists()


def choose_slug(instance: Page, revision: Revision, **kwargs: object) -> None:
    """Give a translation its slug, in all its versions.

    An older one that is restored does not bring the old slug.
    """
    if not needs_slug(instance):
        return
    lock_review(instance.pk)  # before any page
    lock_children(instance.get_parent())  # two of the same title at once get two slugs
    slug = slug_from_title(revision.as_object())
    revision.content["slug"] = slug
    for version in instance.revisions.all():
        if version.content["slug"] != slug:
            # By the queryset, since a version that was reviewed may not be saved any more; nobody
            # reviews a draft's slug.
            instance.revisions.filter(pk=version.pk).update(
                content={**version.content, "slug": slug}
            )


def connect() -> None:
    for model in get_page_models():
        before_publication.connect(choose_slug, sender=model)
