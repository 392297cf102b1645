"""A day as a table: a row for each time at which something begins or ends, a column for each room in parallel."""

from dataclasses import dataclass, field


@dataclass
class Cell:
    session: object = None  # None is an empty cell
    rows: int = 1
    columns: int = 1


@dataclass
class Row:
    start: object
    cells: list = field(default_factory=list)


@dataclass
class Timetable:
    columns: list  # names of the rooms; a single one needs no heading
    rows: list


def timetable_of(day, rooms):
    """Return the ``Timetable`` of a day; ``rooms`` gives the order of the columns as pairs of key and name.

    What runs beside nothing else goes over all columns. Two sessions in one room at once, which the editor refuses,
    get a column each.
    """
    sessions = day.sessions
    alone = {s.ref for s in sessions if not any(s is not other and s.overlaps(other) for other in sessions)}
    columns, placed = _columns([session for session in sessions if session.ref not in alone], rooms)
    edges = sorted({edge for session in sessions for edge in (session.start, session.end)})
    width = max(len(columns), 1)
    rows = [Row(start) for start in edges[:-1]]
    taken = [[False] * width for _row in rows]
    for number, row in enumerate(rows):
        starting = [session for session in sessions if session.start == row.start]
        height = {session.ref: edges.index(session.end) - number for session in starting}
        full = next((session for session in starting if session.ref in alone), None)
        if full:
            row.cells.append(Cell(full, height[full.ref], width))
            _take(taken, number, height[full.ref], range(width))
            continue
        by_column = {placed[session.ref]: session for session in starting}
        for column in range(width):
            if session := by_column.get(column):
                row.cells.append(Cell(session, height[session.ref]))
                _take(taken, number, height[session.ref], [column])
            elif not taken[number][column]:
                row.cells.append(Cell())
                taken[number][column] = True
    return Timetable([name for _key, name in columns], [row for row in rows if _is_shown(row, sessions)])


def _take(taken, row, height, columns):
    for line in taken[row : row + height]:
        for column in columns:
            line[column] = True


def _is_shown(row, sessions):
    """A time between two sessions in which nothing runs is no row; a row inside of one is, though it has no cell."""
    return any(session.start <= row.start < session.end for session in sessions)


def _columns(sessions, rooms):
    """Return the columns, and the place of each session among them."""
    order = {key: place for place, (key, _name) in enumerate(rooms)}
    columns, ends, placed = [], [], {}
    by_room = sorted(sessions, key=lambda s: (order.get(s.room, len(order)), s.room, s.start, s.end))
    for session in by_room:
        place = next(
            (n for n, (key, _name) in enumerate(columns) if key == session.room and ends[n] <= session.start), None
        )
        if place is None:
            columns.append((session.room, session.room_name))
            ends.append(session.end)
            place = len(columns) - 1
        ends[place] = session.end
        placed[session.ref] = place
    return columns, placed
