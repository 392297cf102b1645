"""wagtail-localize's editor of a translation."""

from wagtail_localize.views.edit_translation import edit_translation

__all__ = ["edit_translation"]
