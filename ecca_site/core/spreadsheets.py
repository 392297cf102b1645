"""Spreadsheets of the CMS: no cell of one is taken for a formula, whoever wrote its view."""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from .typed import without_control_characters

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_text(value: object) -> str:
    """Keep a spreadsheet from taking what somebody typed for a formula, or from refusing it."""
    text = without_control_characters(str(value))
    return f"'{text}" if text.startswith(FORMULA) else text


def as_cell(value: Any) -> Any:
    """Return a value as it may stand in a cell: a number stays one, a text is no formula."""
    return as_text(value) if isinstance(value, str) else value


def connect() -> None:
    """Let every view that writes a spreadsheet by Wagtail's mixin write cells like these.

    Its tables of functions by column and by kind of value can be overridden by each view; what
    they return comes by here.
    """
    preprocessed = SpreadsheetExportMixin.preprocess_field_value

    def preprocess_field_value(
        self: SpreadsheetExportMixin, field: str, value: Any, export_format: str
    ) -> Any:
        return as_cell(preprocessed(self, field, value, export_format))

    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
