"""A translated page gets its slug from its translated title when it is first published, and keeps it.

The draft bears the source's slug. Its address then redirects to the new one, as does that of any later change of a slug
(``wagtail.contrib.redirects``).
"""

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page

from ecca_site.core.publication import before_publication, lock_children

LONGEST = 80  # letters
# Serbian and Slovenian write đ as dj where there is no đ; anyascii would write d.
DIGRAPHS = str.maketrans({"đ": "dj", "Đ": "Dj"})


def slug_from_title(page):
    """Return a free slug for ``page`` under its parent: "Živi krog" gives "zivi-krog"."""
    slug = slugify(anyascii(page.title.translate(DIGRAPHS)))[:LONGEST].strip("-") or page.slug
    return find_available_slug(page.get_parent(), slug, ignore_page_id=page.pk)


def needs_slug(page):
    """Whether a page is a translation, below its language's home page, that was never live."""
    if page.depth <= 2 or page.first_published_at is not None or page.locale_id == Locale.get_default().pk:
        return False
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk).exists()


def choose_slug(page, revision, **kwargs):
    """Give a translation its slug, in all its versions: an older one that is restored does not bring the old slug."""
    if not needs_slug(page):
        return
    lock_children(page.get_parent())  # two of the same title at once get two slugs
    slug = slug_from_title(revision.as_object())
    revision.content["slug"] = slug
    for version in page.revisions.all():
        if version.content["slug"] != slug:
            # Not by saving it: a version that was reviewed is not changed any more, and nobody reviews a draft's slug.
            page.revisions.filter(pk=version.pk).update(content={**version.content, "slug": slug})


def connect():
    before_publication.connect(choose_slug)
