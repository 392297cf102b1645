"""A map of Europe of our own: ``build`` has drawn the countries, ``project`` puts the pins on them."""

from math import cos, inf, radians, sin, sqrt

WIDTH, HEIGHT = 1000, 1000  # of the map, in units of its drawing
RADIUS = 1440  # of the earth, in the same units
CENTRE = (10.0, 52.0)  # degrees east and north, as in ETRS89-LAEA, the projection of European statistics
LEFT, TOP = 400, 560  # where the centre is


def project(longitude, latitude):
    """Return where on the map a place is, by Lambert's azimuthal equal-area projection; degrees in, units out."""
    east, north = radians(float(longitude) - CENTRE[0]), radians(float(latitude))
    middle = radians(CENTRE[1])
    depth = 1 + sin(middle) * sin(north) + cos(middle) * cos(north) * cos(east)
    if depth < 1e-6:  # the other end of the world is all around the map
        return inf, inf
    scale = RADIUS * sqrt(2 / depth)
    x = scale * cos(north) * sin(east)
    y = scale * (cos(middle) * sin(north) - sin(middle) * cos(north) * cos(east))
    return LEFT + x, TOP - y


def is_on_map(x, y):
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT
