"""The cells of tables, which wagtail-localize translates where the block says how."""

from typing import Any

from wagtail_localize.segments import StringSegmentValue

from ecca_site.core.blocks.text import CellsBlock

Table = dict[str, Any]  # its "data" are rows of cells


def segments_of_cells(block: CellsBlock, value: Table | None) -> list[StringSegmentValue]:
    """Return a segment for each cell that is not empty; its path is row and column, from 0."""
    rows = value.get("data") if value else None
    segments = []
    for row_number, row in enumerate(rows or []):
        for column_number, cell in enumerate(row):
            if cell:
                segments.append(StringSegmentValue(f"{row_number}-{column_number}", cell))
    return segments


def with_translated_cells(
    block: CellsBlock, value: Table, segments: list[StringSegmentValue]
) -> Table:
    """Return the table with the cells of ``segments`` in place of its own."""
    rows = [list(row) for row in value["data"]]
    for segment in segments:
        row_number, column_number = segment.path.split("-")
        rows[int(row_number)][int(column_number)] = segment.render_text()
    return {**value, "data": rows}


def connect() -> None:
    CellsBlock.get_translatable_segments = segments_of_cells
    CellsBlock.restore_translated_segments = with_translated_cells
