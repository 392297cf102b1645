"""Columns of the CMS's tables."""

from collections.abc import Mapping
from typing import Any

from django.middleware.csrf import get_token
from wagtail.admin.ui.tables import Column


class FormColumn(Column):
    """A column whose cells hold forms.

    Wagtail renders a cell without the request, and so without its token.
    """

    def get_cell_context_data(
        self, instance: object, parent_context: Mapping[str, Any]
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["csrf_token"] = get_token(context["request"])
        return context
