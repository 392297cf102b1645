"""How registrations grew, as the points of a picture."""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncDate

WIDTH, HEIGHT = 640, 160


@dataclass(frozen=True)
class Chart:
    points: str  # of an SVG polyline
    rows: list  # (date, how many that day, how many in all)
    total: int
    width: int = WIDTH
    height: int = HEIGHT


def chart_of(desk):
    """Return the ``Chart`` of everybody who ever registered, None where there is nobody; erased ones count, too."""
    days = desk.registrations.order_by().annotate(day=TruncDate("created_at")).values_list("day")
    rows, total = [], 0
    for day, number in days.annotate(Count("pk")).order_by("day"):
        total += number
        rows.append((day, number, total))
    if not rows:
        return None
    first, span = rows[0][0], max((rows[-1][0] - rows[0][0]).days, 1)
    points, height = [(0, HEIGHT)], HEIGHT
    for day, _number, count in rows:
        x = round((day - first).days / span * WIDTH, 1)
        points.append((x, height))  # a step: between two days nothing grows
        height = round(HEIGHT - count / total * (HEIGHT - 10), 1)
        points.append((x, height))
    points.append((WIDTH, height))
    return Chart(" ".join(f"{x},{y}" for x, y in points), rows, total)
