"""Draw ``europe.json`` out of Natural Earth; run by hand, once, when the map shall change:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m partners.map.build package/countries-50m.json

Natural Earth 4.1 (naturalearthdata.com) is in the public domain; the npm package world-atlas (ISC) has it as TopoJSON.
Borders are shown as Natural Earth has them, by who holds the ground; they say nothing of who is right.
"""

import json
import sys
from pathlib import Path

from babel.core import get_global

from . import HEIGHT, WIDTH, project

LAND = Path(__file__).parents[1] / "static/partners/land.svg"
NAMED = {"Kosovo": "XK", "N. Cyprus": "CY"}  # what has no number in ISO 3166
WEST, EAST, SOUTH, NORTH = -26, 46, 33, 72  # degrees of what is drawn
TOLERANCE = 0.7  # of the map's units: what a line may be off
EDGE = 40  # units
SMALLEST = 3  # square units; smaller islands are left out, unless the country has nothing else


def arcs_of(topology):
    (x_scale, y_scale), (x_first, y_first) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * x_scale + x_first, y * y_scale + y_first))
        yield points


def cut(point):
    """Keep what lies far outside at the edge, so that Asia costs nothing."""
    x, y = point
    return min(max(x, -EDGE), WIDTH + EDGE), min(max(y, -EDGE), HEIGHT + EDGE)


def simplified(points):
    """Douglas and Peucker's: keep the points without which the line would be off."""
    keep, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (x1, y1), (x2, y2) = points[first], points[last]
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        farthest, distance = None, TOLERANCE
        for number in range(first + 1, last):
            x, y = points[number]
            if length:
                off = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
            else:
                off = ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
            if off > distance:
                farthest, distance = number, off
        if farthest:
            keep.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [points[number] for number in sorted(keep)]


def area(ring):
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def is_near(ring):
    return any(WEST <= x <= EAST and SOUTH <= y <= NORTH for x, y in ring)


def path_of(rings):
    parts = []
    for ring in rings:
        points = [f"{x:.0f} {y:.0f}" for x, y in ring]
        points = [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]
        parts.append(f"M{'L'.join(points)}Z")
    return "".join(parts)


def build(topology):
    codes = {number: codes[0] for number, codes in get_global("territory_aliases").items() if number.isdigit()}
    raw = list(arcs_of(topology))
    drawn = [simplified([cut(project(x, y)) for x, y in arc]) for arc in raw]

    def ring_of(numbers, arcs):
        ring = []
        for number in numbers:
            ring += arcs[number] if number >= 0 else arcs[~number][::-1]
        return ring

    countries = {}
    for country in topology["objects"]["countries"]["geometries"]:
        code = NAMED.get(country["properties"]["name"]) or codes.get(country.get("id"))
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        shapes = [shape[0] for shape in shapes]  # without holes: what lies inside is drawn on top
        near = [ring_of(shape, drawn) for shape in shapes if is_near(ring_of(shape, raw))]
        near.sort(key=area, reverse=True)
        rings = [ring for ring in near if area(ring) >= SMALLEST] or near[:1]
        if code and rings:
            countries.setdefault(code, []).extend(rings)
    ordered = sorted(countries.items(), key=lambda item: -max(area(ring) for ring in item[1]))
    return {code: path_of(rings) for code, rings in ordered}


def land(europe):
    """Return all countries as one picture, which a browser keeps; its colours are those of tokens.css."""
    style = (
        "svg{color-scheme:light dark}"
        "path{fill:light-dark(#f5eee2,#163934);stroke:light-dark(#6d7f79,#7fa198);stroke-width:1.5}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><style>{style}</style>'
        f'<path d="{"".join(europe.values())}"/></svg>\n'
    )


if __name__ == "__main__":
    europe = build(json.loads(Path(sys.argv[1]).read_text()))
    Path(__file__).with_name("europe.json").write_text(json.dumps(europe, separators=(",", ":")) + "\n")
    LAND.write_text(land(europe))
    sys.stdout.write(f"{len(europe)} countries, {WIDTH} by {HEIGHT}\n")
