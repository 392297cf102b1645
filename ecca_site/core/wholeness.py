"""The wholeness of a page: what it lacks to be submitted as it stands.

Drafts may be unfinished, and not every submission is by the form.
"""

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from .forms import validating


def unfinished_parts(page: Page) -> list[str]:
    """Return the names of the fields that lack something, in the order of the page."""
    errors: dict[str, list[str]] = {}
    try:
        page.full_clean()
    except ValidationError as error:
        errors = error.message_dict
    names = []
    for field in page._meta.fields:
        if field.name in errors or _lacks(field, page):
            names.append(force_str(field.verbose_name))
    return names


def why_unfinished(page: Page) -> str:
    """Return what a page lacks as a sentence, "" where it is whole."""
    parts = unfinished_parts(page)
    if not parts:
        return ""
    words = {"title": page.title, "fields": ", ".join(parts)}
    return _("“%(title)s” is not finished yet: %(fields)s.") % words


def _lacks(field: Field, page: Page) -> bool:
    """Return whether a block of a stream is not finished."""
    if not isinstance(field, StreamField):
        return False
    try:
        with validating:
            field.stream_block.clean(getattr(page, field.name))
    except ValidationError:
        return True
    return False
