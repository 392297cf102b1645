"""The marks of the sample partners."""

from .shapes import BRICK, FOREST, LEAF, MOSS, STONE, STONE_DARK, SUN, WHITE, disc, path, poly, rect, ring
from .things import bricks


def logo(*shapes):
    return f'<rect width="600" height="400" fill="{WHITE}"/>' + "".join(shapes)


LOGOS = {
    "logo-slovenia": logo(bricks(170, 330, 3, 4, 84, 44, 1), poly([(150, 160), (300, 60), (450, 160)], MOSS)),
    "logo-spain": logo(disc(300, 190, 105, BRICK), rect(150, 210, 300, 110, FOREST, 8), ring(300, 190, 135, SUN, 14)),
    "logo-poland": logo(
        rect(170, 210, 70, 120, LEAF, 8), rect(265, 140, 70, 190, MOSS, 8), rect(360, 70, 70, 260, FOREST, 8)
    ),
    "logo-portugal": logo(
        path("M160 320 V200 A140 140 0 0 1 440 200 V320 H370 V200 A70 70 0 0 0 230 200 V320 Z", "#2f6f8f"),
        rect(255, 250, 90, 70, SUN, 6),
    ),
    "logo-hungary": logo(
        rect(150, 90, 110, 220, MOSS, 8),
        rect(340, 90, 110, 220, BRICK, 8),
        path("M262 60 q76 140 0 280", stroke="#5f9ea0", width=40),
    ),
    "logo-serbia": logo(
        poly([(300, 60), (430, 150), (390, 320), (210, 320), (170, 150)], STONE_DARK),
        poly([(300, 60), (300, 320), (210, 320), (170, 150)], STONE),
    ),
    "logo-serbia-2": logo(
        f'<rect x="170" y="80" width="170" height="170" fill="none" stroke="{BRICK}" stroke-width="38"/>',
        f'<rect x="260" y="150" width="170" height="170" fill="none" stroke="{FOREST}" stroke-width="38"/>',
    ),
}
