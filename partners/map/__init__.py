"""A map of Europe of our own: ``build`` has drawn the countries, ``project`` places the pins."""

from math import cos, inf, radians, sin, sqrt
from typing import SupportsFloat

Point = tuple[float, float]

WIDTH, HEIGHT = 1000, 1000  # of the map, in units of its drawing
RADIUS = 1440  # of the earth, in the same units
# Degrees east and north, as in ETRS89-LAEA, the projection of European statistics.
CENTRE = (10.0, 52.0)
LEFT, TOP = 400, 560  # the place of the centre


def project(longitude: SupportsFloat, latitude: SupportsFloat) -> Point:
    """Return the place on the map, in its units, of a longitude and a latitude in degrees.

    It is Lambert's azimuthal equal-area projection.
    """
    east = radians(float(longitude) - CENTRE[0])
    north = radians(float(latitude))
    middle = radians(CENTRE[1])
    depth = 1 + sin(middle) * sin(north) + cos(middle) * cos(north) * cos(east)
    if depth < 1e-6:
        # The other end of the world is all around the map.
        return inf, inf
    scale = RADIUS * sqrt(2 / depth)
    x = scale * cos(north) * sin(east)
    y = scale * (cos(middle) * sin(north) - sin(middle) * cos(north) * cos(east))
    return LEFT + x, TOP - y


def is_on_map(x: float, y: float) -> bool:
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT
