"""Draw ``europe.json`` out of Natural Earth.

It is run by hand, when the map shall change::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m partners.map.build package/countries-50m.json

Natural Earth 4.1 (naturalearthdata.com) is in the public domain; the npm package world-atlas (ISC)
has it as TopoJSON. Borders are shown as Natural Earth has them, by who holds the ground; they say
nothing of who is right.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

from . import HEIGHT, WIDTH, Point, project

LAND = Path(__file__).parents[1] / "static/partners/land.svg"
NAMED = {"Kosovo": "XK", "N. Cyprus": "CY"}  # these have no number in ISO 3166
WEST, EAST, SOUTH, NORTH = -26, 46, 33, 72  # degrees; countries beyond are not drawn
TOLERANCE = 0.7  # units of the map that a line may be off
EDGE = 40  # units
SMALLEST = 3  # square units; smaller islands are left out, unless the country has nothing else


Topology = dict[str, Any]  # a TopoJSON file


def arcs_of(topology: Topology) -> Iterator[list[Point]]:
    """Yield the points of each arc, in degrees; the file has their differences in whole numbers."""
    x_scale, y_scale = topology["transform"]["scale"]
    x_first, y_first = topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = 0
        y = 0
        points = []
        for dx, dy in arc:
            x += dx
            y += dy
            points.append((x * x_scale + x_first, y * y_scale + y_first))
        yield points


def cut(point: Point) -> Point:
    """Move a point that lies far outside to the edge, so that Asia costs nothing."""
    x, y = point
    return min(max(x, -EDGE), WIDTH + EDGE), min(max(y, -EDGE), HEIGHT + EDGE)


def simplified(points: Sequence[Point]) -> list[Point]:
    """Return the points without which a line would be off, as Douglas and Peucker find them."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        farthest = None
        distance = TOLERANCE
        for number in range(first + 1, last):
            off = _distance(points[number], points[first], points[last])
            if off > distance:
                farthest = number
                distance = off
        if farthest is not None:
            keep.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [points[number] for number in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from a line, or from its start where that is its end, too."""
    x, y = point
    x1, y1 = start
    x2, y2 = end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if length:
        return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
    return ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5


def area(ring: Sequence[Point]) -> float:
    """Return the area of a ring, in square units, by the shoelace formula."""
    twice = 0.0
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        twice += x1 * y2 - x2 * y1
    return abs(twice) / 2


def is_near(ring: Sequence[Point]) -> bool:
    """Return whether some point of a ring, in degrees, lies where countries are drawn."""
    return any(WEST <= x <= EAST and SOUTH <= y <= NORTH for x, y in ring)


def path_of(rings: Sequence[Sequence[Point]]) -> str:
    """Return rings as the path of an SVG in whole units, each point once where it repeats."""
    parts = []
    for ring in rings:
        points: list[str] = []
        for x, y in ring:
            point = f"{x:.0f} {y:.0f}"
            if not points or point != points[-1]:
                points.append(point)
        parts.append(f"M{'L'.join(points)}Z")
    return "".join(parts)


def ring_of(numbers: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """Return the arcs of these numbers in a row; those of negative numbers run backwards."""
    ring: list[Point] = []
    for number in numbers:
        ring += arcs[number] if number >= 0 else arcs[~number][::-1]
    return ring


def build(topology: Topology) -> dict[str, str]:
    """Return the path of each country by its code, large ones first."""
    codes = {}
    for number, aliases in get_global("territory_aliases").items():
        if number.isdigit():
            codes[number] = aliases[0]
    raw = list(arcs_of(topology))
    drawn = []
    for arc in raw:
        places = [cut(project(x, y)) for x, y in arc]
        drawn.append(simplified(places))
    countries: dict[str, list[list[Point]]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        code = NAMED.get(country["properties"]["name"]) or codes.get(country.get("id"))
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        # Without holes: countries that lie inside are drawn on top.
        outer = [shape[0] for shape in shapes]
        near = [ring_of(shape, drawn) for shape in outer if is_near(ring_of(shape, raw))]
        near.sort(key=area, reverse=True)
        rings = [ring for ring in near if area(ring) >= SMALLEST] or near[:1]
        if code and rings:
            countries.setdefault(code, []).extend(rings)
    by_size = sorted(countries.items(), key=lambda item: -max(area(ring) for ring in item[1]))
    return {code: path_of(rings) for code, rings in by_size}


def land(europe: dict[str, str]) -> str:
    """Return all countries as one picture in the colours of site.css, which a browser keeps."""
    style = (
        "svg{color-scheme:light dark}"
        "path{fill:light-dark(#f5eee2,#163934);stroke:light-dark(#6d7f79,#7fa198);stroke-width:1.5}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{style}</style>"
        f'<path d="{"".join(europe.values())}"/></svg>\n'
    )


if __name__ == "__main__":
    europe = build(json.loads(Path(sys.argv[1]).read_text()))
    text = json.dumps(europe, separators=(",", ":")) + "\n"
    Path(__file__).with_name("europe.json").write_text(text)
    LAND.write_text(land(europe))
    sys.stdout.write(f"{len(europe)} countries, {WIDTH} by {HEIGHT}\n")
