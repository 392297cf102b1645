"""Choosers of the CMS show nothing chosen where what was sent is no key of anything."""

from typing import Any

from django.db.models import Model
from wagtail.admin.widgets import BaseChooser

from ecca_site.core.written import is_key


def connect() -> None:
    """Let no chooser ask the database for a word when a refused form is shown again.

    The field has refused it by then, in words, in whichever form it stands.
    """
    found = BaseChooser.get_instance

    def get_instance(self: BaseChooser, value: Any) -> Model | None:
        if isinstance(value, str) and not is_key(value):
            return None
        return found(self, value)

    BaseChooser.get_instance = get_instance
