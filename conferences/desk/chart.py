"""The growth of registrations, as the points of a picture."""

import datetime
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncDate

from conferences.models import Desk

WIDTH = 640  # units of the drawing, as all lengths here
HEIGHT = 160
TOP = 10  # that stays empty

Row = tuple[datetime.date, int, int]  # how many that day, how many in all


@dataclass(frozen=True)
class Chart:
    points: str  # of an SVG polyline
    rows: list[Row]
    total: int
    width: int = WIDTH
    height: int = HEIGHT


def chart_of(desk: Desk) -> Chart | None:
    """Return the ``Chart`` of everybody who ever registered, None where there is nobody.

    Erased ones count, too.
    """
    rows = rows_of(desk)
    if not rows:
        return None
    total = rows[-1][2]
    return Chart(" ".join(f"{x},{y}" for x, y in points_of(rows, total)), rows, total)


def rows_of(desk: Desk) -> list[Row]:
    """Return each day on which somebody registered, with that day's number and the sum so far."""
    days = desk.registrations.order_by().annotate(day=TruncDate("created_at")).values_list("day")
    rows = []
    total = 0
    for day, number in days.annotate(Count("pk")).order_by("day"):
        total += number
        rows.append((day, number, total))
    return rows


def points_of(rows: list[Row], total: int) -> list[tuple[float, float]]:
    """Return the corners of a line in steps: between two days nothing grows."""
    first = rows[0][0]
    last = rows[-1][0]
    span = max((last - first).days, 1)
    height: float = HEIGHT
    points: list[tuple[float, float]] = [(0, HEIGHT)]
    for day, _number, count in rows:
        x = round((day - first).days / span * WIDTH, 1)
        points.append((x, height))
        height = round(HEIGHT - count / total * (HEIGHT - TOP), 1)
        points.append((x, height))
    points.append((WIDTH, height))
    return points
