"""The stages along the life cycle of a building."""

import math

from .shapes import (
    BRICK, CLAY, FOREST, H, INK, LEAF, MIST, MOSS, SAND, SHADE, STONE, STONE_DARK, SUN, W, WHITE, WOOD,
    WOOD_DARK, disc, line, path, poly, rect, ring,
)
from .things import bricks, crane, ground, heap, hills, house, person, planks, sky, tree


def life_cycle():
    out = rect(0, 0, W, H, SAND) + disc(800, 500, 480, WHITE, 0.6)
    colours = [FOREST, MOSS, LEAF, SUN, CLAY, BRICK, "#8b4a35", STONE_DARK]
    for i, colour in enumerate(colours):
        a1, a2 = math.radians(i * 45 - 110), math.radians(i * 45 - 70)
        p = [(800 + r * math.cos(a), 500 + r * math.sin(a)) for r, a in ((420, a1), (420, a2), (250, a2), (250, a1))]
        out += path(
            f"M{p[0][0]:.0f} {p[0][1]:.0f} A420 420 0 0 1 {p[1][0]:.0f} {p[1][1]:.0f} L{p[2][0]:.0f} {p[2][1]:.0f}"
            f" A250 250 0 0 0 {p[3][0]:.0f} {p[3][1]:.0f} Z", colour)  # fmt: skip
        x, y = 800 + 335 * math.cos((a1 + a2) / 2), 500 + 335 * math.sin((a1 + a2) / 2)
        light = WHITE if colour not in (LEAF, SUN, CLAY) else FOREST
        shapes = [
            lambda: poly([(x - 44, y + 30), (x - 8, y - 38), (x + 14, y), (x + 26, y - 16), (x + 48, y + 30)], light),
            lambda: poly([(x - 36, y + 34), (x + 36, y + 34), (x - 36, y - 38)], light) + poly([(x - 20, y + 20), (x + 6, y + 20), (x - 20, y - 6)], colour),
            lambda: rect(x - 40, y - 6, 80, 40, light) + poly([(x - 40, y - 6), (x - 14, y - 30), (x - 14, y - 6), (x + 12, y - 30), (x + 12, y - 6), (x + 40, y - 30), (x + 40, y)], light),
            lambda: rect(x - 6, y - 44, 12, 84, light) + rect(x - 30, y - 44, 78, 10, light) + line(x + 40, y - 36, x + 40, y + 6, light, 4),
            lambda: poly([(x - 46, y), (x, y - 42), (x + 46, y)], light) + rect(x - 34, y, 68, 38, light) + rect(x - 10, y + 10, 20, 28, colour),
            lambda: rect(x - 38, y - 38, 56, 76, light) + rect(x + 22, y - 38, 18, 76, light, o=0.55),
            lambda: bricks(x - 44, y + 38, 2, 3, 40, 26, i),
            lambda: ring(x, y, 32, light, 13, 1, "52 15"),
        ]  # fmt: skip
        out += (
            shapes[i]()
            if i != 6
            else rect(x - 40, y + 8, 36, 24, light, 3)
            + rect(x + 4, y + 8, 36, 24, light, 3)
            + rect(x - 18, y - 22, 36, 24, light, 3)
            + rect(x + 22, y - 40, 36, 24, light, 3, 0.6)
        )
    out += house(740, 590, 120, 130, "wood", "gable", 3, 2, 5) + tree(690, 590, 0.7) + tree(905, 590, 0.55)
    return out + path("M650 592 h300", stroke=FOREST, width=8)


def raw_materials():
    out = sky(sun=(330, 300, 120)) + hills(640, LEAF, 2, 90, 0.6) + hills(720, MOSS, 5, 60, 0.6) + ground(800)
    out += "".join(tree(x, 800, 1.6, FOREST) for x in (1240, 1340, 1460, 1560))
    out += heap(760, 830, 420, 230, CLAY, 1) + heap(1080, 860, 460, 260, STONE, 7) + planks(130, 860, 560, 8, 8)
    return out + rect(90, 860, 640, 18, FOREST, 8, 0.5)


def design_table():
    out = rect(0, 0, W, H, "#cf9a63") + "".join(line(0, y, W, y + 24, WOOD_DARK, 3, 0.25) for y in range(40, H, 70))
    out += f'<g transform="rotate(-5 600 520)">{rect(170, 190, 880, 620, SHADE, 6, 0.18)}{rect(150, 170, 880, 620, WHITE, 6)}'
    out += (
        ring(590, 480, 190, MOSS, 8)
        + rect(330, 300, 520, 360, "none")
        + "".join(line(330, y, 850, y, FOREST, 3, 0.7) for y in (300, 660))
    )
    out += (
        "".join(line(x, 300, x, 660, FOREST, 3, 0.7) for x in (330, 850))
        + line(590, 300, 590, 520, FOREST, 3, 0.7)
        + line(330, 520, 700, 520, FOREST, 3, 0.7)
    )
    out += "".join(line(200 + i * 40, 740, 220 + i * 40, 740, STONE_DARK, 4) for i in range(18)) + "</g>"
    out += (
        rect(1130, 560, 330, 260, SHADE, 10, 0.2)
        + house(1140, 800, 130, 170, "wood", "gable", 2, 2, 2)
        + house(1280, 800, 150, 250, "white", "green", 3, 3, 3)
    )
    out += rect(1110, 800, 370, 26, FOREST, 6)
    out += f'<g transform="rotate(32 1250 260)">{rect(1010, 240, 440, 34, SUN, 6)}{poly([(1450, 240), (1510, 257), (1450, 274)], SAND)}{rect(1010, 240, 40, 34, BRICK, 6)}</g>'
    out += poly([(1080, 420), (1080, 130), (1370, 420)], LEAF, 0.75) + poly(
        [(1130, 370), (1130, 250), (1250, 370)], "#cf9a63"
    )
    return out + disc(120, 900, 74, WHITE) + disc(120, 900, 56, "#6b4328")


def construction_site():
    out = sky(sun=(380, 280, 130)) + hills(700, LEAF, 6, 60, 0.6) + ground(820, "#c9b18a")
    out += house(120, 820, 190, 300, "clay", "gable", 4, 4, 2)
    for floor in range(3):
        y = 820 - floor * 130
        out += rect(600, y - 14, 620, 14, STONE_DARK) + "".join(
            rect(x, y - 130, 20, 118, WOOD_DARK) for x in range(600, 1221, 120)
        )
        if floor < 2:
            out += "".join(
                rect(x, y - 130, 100, 116, WOOD) + rect(x + 26, y - 104, 48, 60, FOREST, 3)
                for x in range(620, 1200, 120)
            )
    out += crane(440, 820, 660, 620, hook=260)
    out += rect(830, 420, 190, 120, WOOD) + rect(860, 450, 50, 56, FOREST, 3) + rect(940, 450, 50, 56, FOREST, 3)
    out += line(923, 400, 840, 420, INK, 3) + line(923, 400, 1010, 420, INK, 3)
    out += person(700, 870, 0.9, BRICK) + person(1300, 880, 1, MOSS) + planks(1330, 860, 220, 4, 3)
    return out


def retrofit():
    out = (
        sky(sun=(1330, 220, 110))
        + ground(860, "#c9b18a")
        + rect(160, 180, 1080, 690, "#d8c3a5")
        + rect(160, 150, 1080, 40, "#8b4a35")
    )
    out += "".join(
        rect(220 + i * 170, 240 + j * 210, 90, 130, FOREST, 4) + rect(212 + i * 170, 370 + j * 210, 106, 12, WHITE)
        for i in range(3)
        for j in range(3)
    )
    out += rect(700, 190, 540, 680, MOSS) + rect(700, 190, 26, 680, SUN) + rect(726, 190, 18, 680, WOOD)
    out += "".join(
        rect(790 + i * 150, 240 + j * 210, 96, 130, MIST, 4)
        + rect(800 + i * 150, 250 + j * 210, 38, 110, WHITE, 2, 0.6)
        for i in range(3)
        for j in range(3)
    )
    out += "".join(line(x, 130, x, 870, STONE_DARK, 8) for x in (650, 1290)) + "".join(
        line(640, y, 1300, y, WOOD_DARK, 12) for y in (420, 640)
    )
    out += "".join(line(650, y, 1290, y + 200, STONE_DARK, 4, 0.5) for y in (420, 640))
    return (
        out
        + person(760, 416, 0.85, BRICK)
        + person(1180, 636, 0.85, FOREST)
        + rect(1380, 790, 160, 70, SUN, 4)
        + rect(1400, 730, 120, 60, SUN, 4, 0.8)
        + tree(70, 870, 1.2)
    )


def deconstruction():
    out = sky(sun=(300, 260, 120)) + hills(700, LEAF, 11, 70, 0.5) + ground(830, "#c9b18a")
    out += bricks(420, 830, 8, 10, 72, 34, 5) + bricks(420, 490, 6, 4, 72, 34, 8) + bricks(420, 354, 3, 3, 72, 34, 9)
    out += "".join(rect(x, 560, 80, 130, SAND, 4) + rect(x, 690, 80, 10, FOREST) for x in (500, 660, 820))
    out += (
        "".join(line(x, 250, x, 830, STONE_DARK, 8) for x in (390, 1060))
        + line(380, 500, 1070, 500, WOOD_DARK, 12)
        + line(380, 700, 1070, 700, WOOD_DARK, 12)
    )
    out += (
        person(900, 494, 0.85, MOSS)
        + planks(1120, 850, 200, 4, 4)
        + bricks(1360, 850, 3, 6, 60, 28, 4)
        + rect(1350, 850, 210, 14, WOOD_DARK, 3)
    )
    out += "".join(
        rect(100 + i * 66, 700, 56, 150, [MOSS, FOREST, LEAF, SUN][i], 4) + disc(146 + i * 66, 775, 4, WHITE)
        for i in range(4)
    )
    return out + person(1300, 930, 1.1, BRICK) + person(220, 930, 1.1, FOREST)


def recycled_aggregate():
    out = sky(sun=(1250, 280, 130)) + hills(650, LEAF, 13, 80, 0.5) + ground(800, "#c9b18a")
    out += (
        heap(60, 840, 420, 240, STONE_DARK, 2) + heap(420, 870, 380, 190, STONE, 3) + heap(1160, 860, 420, 250, CLAY, 5)
    )
    out += (
        line(760, 820, 1370, 500, FOREST, 34)
        + line(760, 806, 1370, 486, INK, 8)
        + line(1060, 660, 1060, 840, STONE_DARK, 18)
        + line(860, 770, 860, 840, STONE_DARK, 18)
    )
    out += "".join(
        disc(780 + i * 48, 780 - i * 25.5, 15 - i % 3 * 3, [STONE, STONE_DARK, CLAY][i % 3]) for i in range(12)
    )
    out += (
        rect(650, 640, 190, 170, MOSS, 8)
        + poly([(620, 640), (870, 640), (810, 560), (680, 560)], FOREST)
        + disc(745, 725, 44, SAND)
        + disc(745, 725, 18, FOREST)
    )
    return out + person(560, 930, 1, BRICK)


def brick_reuse():
    out = (
        sky(SAND, "#f7efe3", (1300, 260, 140))
        + rect(0, 760, W, 240, "#c9b18a")
        + bricks(0, 760, 23, 5, 72, 34, 21, 0.04).replace('opacity="1"', 'opacity=".35"')
    )
    out += (
        rect(420, 800, 800, 24, WOOD)
        + "".join(rect(x, 824, 90, 46, WOOD_DARK) for x in (430, 770, 1120))
        + rect(420, 868, 800, 18, WOOD)
    )
    out += (
        bricks(440, 800, 9, 11, 82, 40, 6)
        + rect(640, 358, 16, 442, FOREST, o=0.8)
        + rect(980, 358, 16, 442, FOREST, o=0.8)
    )
    return out + bricks(140, 890, 3, 2, 82, 40, 2) + bricks(1330, 900, 2, 3, 82, 40, 9) + person(1360, 780, 1.3, MOSS)
