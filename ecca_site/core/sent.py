"""What a form of the CMS sends is looked at before Wagtail's fields and blocks read it.

They trust the editors that made it. Here texts, tables and choices that cannot be read become
errors beside their fields, with what could be kept of them; a form whose numbers, kinds or order
of blocks make no sense is refused whole, and the refusal shows what it held.
"""

import re

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Model
from django.forms.widgets import DateTimeBaseInput
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.constants import BLOCK_TYPES, ENTITY_TYPES
from draftjs_exporter.error import ExporterException
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.table_block.blocks import TableInput

from . import written

NUMBER = re.compile("[0-9]{1,6}")
# What the exporter of texts drops stands under these names, no kind of anything.
FALLBACKS = {BLOCK_TYPES.FALLBACK, ENTITY_TYPES.FALLBACK}
IDENTIFIER = re.compile(r"[\w-]{0,64}", re.ASCII)

YEAR = re.compile(r"\s*([0-9]{4})-")
FIRST_YEAR = 1900
LAST_YEAR = 2999

UNREADABLE_CHOICE = _("This choice could not be read. Choose again.")
GONE = _("What was chosen here does not exist any more. Choose again.")


class Reader:
    """Reads what was sent for the fields of a form, by the names that Wagtail gives them."""

    def __init__(self, data: QueryDict, files: MultiValueDict) -> None:
        self.data = data
        self.files = files
        self.changes: dict[str, str] = {}
        self.identifiers: set[str] = set()
        self.existing: dict[tuple[type[Model], str], bool] = {}

    def mended(self) -> QueryDict:
        """Return the data with what may be shown in place of what cannot be read."""
        if not self.changes:
            return self.data
        data = self.data.copy()
        for name, value in self.changes.items():
            data[name] = value
        return data

    def field_error(self, field: forms.Field, name: str) -> ValidationError | None:
        """Return what is wrong with a field.

        Raises:
            BadRequest: it is a stream, and its blocks are not whole.
        """
        if isinstance(field, blocks.BlockField):
            return self._block_error(field.block, name)
        sent = self.data.get(name)
        if not isinstance(sent, str):
            return None
        try:
            self._check(field.widget, sent)
        except ValidationError as error:
            self.changes[name] = _in_place_of(sent, field.widget)
            return error
        if is_for_rich_text(field.widget) and not sent:
            self.changes[name] = "null"  # as an empty editor says
        return None

    def _check(self, widget: forms.Widget, sent: str) -> None:
        if is_for_rich_text(widget):
            check_rich_text(widget, sent)
        elif isinstance(widget, TableInput):
            written.check_table(sent)
        elif isinstance(widget, BaseChooser) and sent:
            self._check_choice(widget.model_class, sent)
        elif isinstance(widget, DateTimeBaseInput):
            check_year(sent)

    def _check_choice(self, model: type[Model], sent: str) -> None:
        if not written.is_key(sent):
            raise ValidationError(UNREADABLE_CHOICE)
        choice = (model, sent)
        if choice not in self.existing:
            self.existing[choice] = model._default_manager.filter(pk=sent).exists()
        if not self.existing[choice]:
            raise ValidationError(GONE)

    def _block_error(self, block: blocks.Block, name: str) -> ValidationError | None:
        if isinstance(block, blocks.BaseStreamBlock):
            errors = self._row_errors(block, name)
            return StreamBlockValidationError(block_errors=errors) if errors else None
        if isinstance(block, blocks.ListBlock):
            errors = self._row_errors(block, name)
            return ListBlockValidationError(block_errors=errors) if errors else None
        if isinstance(block, blocks.BaseStructBlock):
            part_errors = {}
            for part, child in block.child_blocks.items():
                if error := self._block_error(child, f"{name}-{part}"):
                    part_errors[part] = error
            return StructBlockValidationError(block_errors=part_errors) if part_errors else None
        if isinstance(block, blocks.FieldBlock):
            if block.field.widget.value_omitted_from_data(self.data, self.files, name):
                raise BadRequest(name)
            return self.field_error(block.field, name)
        return None

    def _row_errors(self, block: blocks.Block, name: str) -> dict[int, ValidationError]:
        """Return what is wrong in the rows of a stream or list, by their positions."""
        errors = {}
        for position, (row, child) in enumerate(self._rows(block, name)):
            if error := self._block_error(child, f"{row}-value"):
                errors[position] = error
        return errors

    def _rows(self, block: blocks.Block, name: str) -> list[tuple[str, blocks.Block]]:
        """Return names and blocks of the rows of a stream or list that are to be kept, in order."""
        rows: dict[int, tuple[str, blocks.Block]] = {}
        for number in range(self._number(f"{name}-count")):
            row = f"{name}-{number}"
            if self._part(f"{row}-deleted"):
                continue
            order = self._number(f"{row}-order")
            if order in rows:
                raise BadRequest(f"{row}-order")
            rows[order] = row, self._child(block, row)
            self._look_at_identifier(f"{row}-id")
        return [rows[order] for order in sorted(rows)]

    def _child(self, block: blocks.Block, row: str) -> blocks.Block:
        if isinstance(block, blocks.ListBlock):
            return block.child_block
        child = block.child_blocks.get(self._part(f"{row}-type"))
        if child is None:
            raise BadRequest(f"{row}-type")
        return child

    def _look_at_identifier(self, name: str) -> None:
        """Let a second row of the same identifier get its own."""
        identifier = self.data.get(name) or ""
        if not IDENTIFIER.fullmatch(identifier):
            raise BadRequest(name)
        if identifier in self.identifiers:
            self.changes[name] = ""
        elif identifier:
            self.identifiers.add(identifier)

    def _number(self, name: str) -> int:
        sent = self._part(name)
        if not NUMBER.fullmatch(sent):
            raise BadRequest(name)
        return int(sent)

    def _part(self, name: str) -> str:
        if name not in self.data:
            raise BadRequest(name)
        return str(self.data[name])


def is_for_rich_text(widget: forms.Widget) -> bool:
    """Tell Wagtail's editor by its converter: it cannot be imported while models are made."""
    return hasattr(widget, "converter")


def check_rich_text(widget: forms.Widget, sent: str) -> None:
    """Check a text against what its editor may make.

    Raises:
        ValidationError: with the reason for whoever wrote it.
    """
    exporter = widget.converter.exporter
    kinds = written.Vocabulary(
        exporter.block_options.keys() - FALLBACKS, exporter.entity_options.keys() - FALLBACKS
    )
    written.check_text(sent, kinds)
    if sent in written.EMPTY:
        return
    try:
        widget.converter.to_database_format(sent)
    except ExporterException:
        # Ranges may be sound each for itself, and cross.
        raise ValidationError(written.UNREADABLE) from None


def check_year(sent: str) -> None:
    """Check the year of a day or a moment: those at the end of the calendar have no time zone.

    Raises:
        ValidationError: nobody plans anything for it.
    """
    year = YEAR.match(sent)
    if year and not FIRST_YEAR <= int(year[1]) <= LAST_YEAR:
        message = _("Enter a year between %(first)d and %(last)d.")
        raise ValidationError(message % {"first": FIRST_YEAR, "last": LAST_YEAR})


def _in_place_of(sent: str, widget: forms.Widget) -> str:
    if isinstance(widget, DateTimeBaseInput):
        return sent  # it may be shown as it is
    if is_for_rich_text(widget):
        return written.as_text(sent)
    if isinstance(widget, TableInput):
        return written.as_table(sent)
    return ""
