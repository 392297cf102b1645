"""A day as a table.

A row for each time at which something begins or ends, a column for each room in parallel.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from .programme import Day, Names, Session


@dataclass
class Cell:
    session: Session | None = None  # None is an empty cell
    rows: int = 1
    columns: int = 1


@dataclass
class Row:
    start: datetime
    cells: list[Cell] = field(default_factory=list)


@dataclass
class Timetable:
    columns: list[str]  # names of the rooms; a single one needs no heading
    rows: list[Row]


@dataclass
class Column:
    """A room, or a second column of one that holds two sessions at once."""

    room: str  # key
    name: str
    is_taken_until: datetime


def timetable_of(day: Day, rooms: Names) -> Timetable:
    """Return the ``Timetable`` of a day; the rooms give the order of its columns.

    What runs beside nothing else goes over all columns. Two sessions in one room at once, which the
    editor refuses, get a column each.
    """
    sessions = day.sessions
    alone = {session.ref for session in sessions if _is_alone(session, sessions)}
    columns, placed = _columns([session for session in sessions if session.ref not in alone], rooms)
    edges = _edges(sessions)
    width = max(len(columns), 1)
    rows = [Row(start) for start in edges[:-1]]
    taken = [[False] * width for _row in rows]
    for number, row in enumerate(rows):
        starting = [session for session in sessions if session.start == row.start]
        height = {session.ref: edges.index(session.end) - number for session in starting}
        full = next((session for session in starting if session.ref in alone), None)
        if full is not None:
            row.cells.append(Cell(full, height[full.ref], width))
            _take(taken, number, height[full.ref], range(width))
            continue
        by_column = {placed[session.ref]: session for session in starting}
        for column in range(width):
            session = by_column.get(column)
            if session is not None:
                row.cells.append(Cell(session, height[session.ref]))
                _take(taken, number, height[session.ref], [column])
            elif not taken[number][column]:
                row.cells.append(Cell())
                taken[number][column] = True
    return Timetable(
        columns=[column.name for column in columns],
        rows=[row for row in rows if _is_shown(row, sessions)],
    )


def _is_alone(session: Session, sessions: list[Session]) -> bool:
    others = (other for other in sessions if other is not session)
    return not any(session.overlaps(other) for other in others)


def _edges(sessions: list[Session]) -> list[datetime]:
    """Return the moments at which something begins or ends, each once, in their order."""
    edges: set[datetime] = set()
    for session in sessions:
        edges |= {session.start, session.end}
    return sorted(edges)


def _take(taken: list[list[bool]], row: int, height: int, columns: Iterable[int]) -> None:
    for line in taken[row : row + height]:
        for column in columns:
            line[column] = True


def _is_shown(row: Row, sessions: list[Session]) -> bool:
    """Return whether anything runs in a row.

    A time between two sessions in which nothing runs is no row. A row inside of one is, though it
    has no cell.
    """
    return any(session.start <= row.start < session.end for session in sessions)


def _columns(sessions: list[Session], rooms: Names) -> tuple[list[Column], dict[str, int]]:
    """Return the columns, and the place of each session among them, by its reference."""
    order = {key: place for place, (key, _name) in enumerate(rooms)}

    def rank(session: Session) -> tuple[int, str, datetime, datetime]:
        return order.get(session.room, len(order)), session.room, session.start, session.end

    columns: list[Column] = []
    placed: dict[str, int] = {}
    for session in sorted(sessions, key=rank):
        place = _free_column(columns, session)
        if place is None:
            place = len(columns)
            columns.append(Column(session.room, session.room_name, session.end))
        columns[place].is_taken_until = session.end
        placed[session.ref] = place
    return columns, placed


def _free_column(columns: list[Column], session: Session) -> int | None:
    """Return the place of a column of the session's room that is free when it starts."""
    for place, column in enumerate(columns):
        if column.room == session.room and column.is_taken_until <= session.start:
            return place
    return None
