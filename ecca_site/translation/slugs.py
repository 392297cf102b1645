"""A translated page gets its slug from its translated title when it is first published, and keeps it."""

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale


def slug_from_title(page):
    """Return a free slug for ``page`` under its parent: "Živi krog" gives "zivi-krog"."""
    slug = slugify(anyascii(page.title))[:80].strip("-") or page.slug
    return find_available_slug(page.get_parent(), slug, ignore_page_id=page.pk)


def needs_slug(page):
    """A translation below its language's home page that was never live."""
    return page.depth > 2 and page.first_published_at is None and page.locale_id != Locale.get_default().pk
