"""One visitor of streams: each block in the order of the page, with its value and its place.

Comparing, checking, labels, choices and segments are small functions that are given its visits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail import blocks


@dataclass(frozen=True)
class Visit:
    """A block of a stream that has no blocks within it, and its value.

    ``path`` names it as wagtail-localize does: identifiers of rows, names of parts. ``positions``
    has numbers from 0 in the place of identifiers, as the errors of forms have. ``label`` is what
    editors call it: "Body: Questions, Items 2, Answer".
    """

    block: blocks.Block
    value: Any
    path: tuple[str, ...] = ()
    positions: tuple[int | str, ...] = ()
    label: str = ""


Visits = Iterator[Visit]
Parts = list[Visit]


def visits(block: blocks.Block, value: Any, label: str = "") -> Visits:
    """Visit the values of a stream as its pages read them."""
    return _walk(Visit(block, value, label=label), _parts)


def raw_visits(block: blocks.Block, raw: Any) -> Visits:
    """Visit the values of a stream as they are stored, without making any block."""
    return _walk(Visit(block, raw), _raw_parts)


def raw_rows(stream: blocks.StreamValue) -> Parts:
    """Return the visits of the rows of a stream as they are stored, whatever is within them."""
    return _raw_rows(Visit(stream.stream_block, stream.raw_data))


def block_at(block: blocks.Block, names: list[str]) -> blocks.Block:
    """Return the block that names of parts lead to; the name of a list's items is not looked at.

    Raises:
        LookupError: there is no such part (any more).
    """
    for name in names:
        if isinstance(block, blocks.ListBlock):
            block = block.child_block
        else:
            block = getattr(block, "child_blocks", {})[name]
    return block


def _walk(visit: Visit, parts_of: Callable[[Visit], Parts | None]) -> Visits:
    waiting = [visit]
    while waiting:
        visit = waiting.pop()
        parts = parts_of(visit)
        if parts is None:
            yield visit
        else:
            waiting.extend(reversed(parts))


def _parts(visit: Visit) -> Parts | None:
    """Return the visits within a block, None where it holds its value itself."""
    if isinstance(visit.value, blocks.StreamValue):
        return _rows(visit)
    if isinstance(visit.block, blocks.ListBlock):
        return _items(visit)
    if isinstance(visit.block, blocks.BaseStructBlock) and hasattr(visit.value, "items"):
        return _struct(visit)
    return None


def _rows(visit: Visit) -> Parts:
    parts = []
    for number, row in enumerate(visit.value):
        path = (*visit.path, str(row.id or number))
        label = f"{visit.label}: {row.block.label}"
        parts.append(Visit(row.block, row.value, path, (*visit.positions, number), label))
    return parts


def _items(visit: Visit) -> Parts:
    parts = []
    for number, item in enumerate(getattr(visit.value, "bound_blocks", ())):
        path = (*visit.path, str(item.id or number))
        label = f"{visit.label} {number + 1}"
        parts.append(Visit(item.block, item.value, path, (*visit.positions, number), label))
    return parts


def _struct(visit: Visit) -> Parts:
    parts = []
    for name, child in visit.block.child_blocks.items():
        path = (*visit.path, name)
        label = f"{visit.label}, {child.label}"
        parts.append(Visit(child, visit.value.get(name), path, (*visit.positions, name), label))
    return parts


def _raw_parts(visit: Visit) -> Parts | None:
    """Return the same for a value as it is stored."""
    if isinstance(visit.block, blocks.StreamBlock):
        return _raw_rows(visit)
    if isinstance(visit.block, blocks.ListBlock):
        return _raw_items(visit)
    if isinstance(visit.block, blocks.BaseStructBlock) and isinstance(visit.value, dict):
        return _struct(visit)
    return None


def _raw_rows(visit: Visit) -> Parts:
    parts = []
    for number, row in enumerate(visit.value or ()):
        block = visit.block.child_blocks.get(row["type"])
        # A stream may hold rows of a kind that the site has no more.
        if block is not None:
            path = (*visit.path, str(row.get("id") or number))
            parts.append(Visit(block, row["value"], path, (*visit.positions, number)))
    return parts


def _raw_items(visit: Visit) -> Parts:
    block = visit.block.child_block
    parts = []
    for number, row in enumerate(visit.value or ()):
        name = number
        value = row  # as Wagtail stored a list before items had identifiers
        if isinstance(row, dict) and row.get("type") == "item":
            name = row.get("id") or number
            value = row["value"]
        parts.append(Visit(block, value, (*visit.path, str(name)), (*visit.positions, number)))
    return parts
