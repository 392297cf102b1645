"""The alliance: its city, places, people, conference and partners."""

import json
import math
import random
from pathlib import Path

from partners.map import project

from .shapes import (
    BRICK, CLAY, FOREST, H, INK, LEAF, MIST, MOSS, SAND, SHADE, STONE, STONE_DARK, SUN, W, WHITE, WOOD,
    WOOD_DARK, disc, line, path, poly, rect, ring,
)
from .things import ground, hills, house, person, sky, tree, windows


def hero_circular_city():
    out = (
        sky(sun=(1110, 430, 170))
        + ring(1090, 560, 430, MOSS, 26, 0.35, "180 34")
        + ring(1090, 560, 500, BRICK, 14, 0.35, "70 60")
    )
    out += hills(720, LEAF, 4, 70, 0.6) + hills(780, MOSS, 9, 60, 0.7)
    for i, (x, w, h, kind, roof) in enumerate(
        [(560, 130, 240, "clay", "green"), (680, 150, 330, "wood", "shed"), (820, 120, 260, "brick", "gable"),
         (930, 170, 430, "wood", "green"), (1090, 130, 300, "stone", "gable"), (1210, 150, 380, "brick", "green"),
         (1350, 140, 270, "clay", "gable"), (1480, 130, 340, "wood", "green")]
    ):  # fmt: skip
        out += house(x, 850, w, h, kind, roof, 3 + i % 2, 4 + h // 90, i)
    out += ground(846) + "".join(
        tree(x, 880, s) for x, s in ((120, 1.3), (260, 0.9), (420, 1.2), (520, 0.8), (1430, 0.9))
    )
    return out + path("M60 940 q420 -70 820 -10 t760 -30", stroke=SAND, width=26, o=0.7)


def ljubljana():
    out = sky("#cfe0e4", SAND, (1240, 300, 110)) + hills(620, "#a9c4b4", 21, 110, 0.7)
    out += path("M250 760 Q560 260 820 330 T1380 760 Z", MOSS) + path(
        "M420 760 Q640 420 860 420 T1300 760 Z", FOREST, o=0.35
    )
    out += (
        rect(640, 270, 330, 90, SAND)
        + rect(620, 220, 60, 140, CLAY)
        + poly([(610, 220), (650, 160), (690, 220)], BRICK)
    )
    out += (
        rect(800, 190, 54, 170, WHITE)
        + poly([(790, 190), (827, 110), (864, 190)], BRICK)
        + rect(950, 240, 70, 120, CLAY)
        + poly([(940, 240), (985, 190), (1030, 240)], BRICK)
    )
    out += "".join(rect(690 + i * 40, 300, 14, 30, FOREST, 7) for i in range(6))
    for i, x in enumerate(range(0, 1600, 134)):
        out += house(
            x,
            800,
            130,
            150 + (i * 53) % 90,
            ["clay", "white", "brick", "stone", "clay", "wood"][i % 6],
            "gable",
            3,
            3,
            i,
        )
    out += rect(0, 800, W, 200, "#5f9ea0") + "".join(
        line(60 + i * 170, 860 + i * 37 % 110, 150 + i * 170, 860 + i * 37 % 110, WHITE, 5, 0.4) for i in range(9)
    )
    for x in (420, 640, 860):
        out += path(f"M{x} 920 v-60 q110 -80 220 0 v60 h-30 a80 62 0 0 0 -160 0 z", SAND)
    return (
        out
        + rect(380, 834, 740, 20, WHITE, 4)
        + "".join(rect(390 + i * 36, 804, 8, 32, WHITE, 3) for i in range(21))
        + rect(380, 800, 740, 8, WHITE)
    )


def conference_hall():
    out = (
        rect(0, 0, W, H, FOREST)
        + poly([(260, 120), (1340, 120), (1240, 560), (360, 560)], "#16524d")
        + rect(430, 160, 740, 350, SAND, 10)
    )
    out += (
        ring(800, 335, 120, MOSS, 30, 1, "80 14")
        + ring(800, 335, 70, BRICK, 12)
        + rect(1210, 430, 70, 120, WOOD, 6)
        + person(1245, 440, 0.9, BRICK)
    )
    out += (
        rect(300, 550, 1000, 26, WOOD_DARK, 6)
        + poly([(430, 0), (520, 0), (760, 160), (600, 160)], SUN, 0.16)
        + poly([(1170, 0), (1080, 0), (840, 160), (1000, 160)], SUN, 0.16)
    )
    rng = random.Random(4)
    for row in range(4):
        s, y = 1.0 + row * 0.32, 700 + row * 92
        for i in range(15 - row * 2):
            x = (i + 0.5 + row % 2 * 0.4) * W / (14.5 - row * 2)
            out += person(
                x,
                y + 40,
                s,
                rng.choice(["#0a2b29", MOSS, BRICK, "#24615a", CLAY]),
                rng.choice(["#e3a57c", "#8b5a3c", "#6b4328", "#d9b08c"]),
            )
    return out


def handshake_map():
    """The countries of ``partners/map/europe.json``, and between the places of the partners what joins them."""
    rng = random.Random(12)
    scale, left, top = 1.75, -10, -700
    countries = json.loads((Path(__file__).resolve().parents[3] / "partners/map/europe.json").read_text())
    out = rect(0, 0, W, H, FOREST) + f'<g transform="translate({left} {top}) scale({scale})">'
    for code, outline in countries.items():
        out += path(outline, LEAF if code in ("ES", "HU", "PL", "PT", "RS", "SI") else MOSS, FOREST, 1.2)
    out += "</g>"
    places = [(-8.65, 40.64), (-3.6, 37.18), (14.51, 46.05), (22.57, 51.25), (19.04, 47.5), (20.46, 44.82), (19.85, 45.25)]
    points = [(left + scale * x, top + scale * y) for x, y in (project(*place) for place in places)]
    for i, (x1, y1) in enumerate(points):
        for x2, y2 in points[i + 1 :]:
            if rng.random() < 0.75:
                bend = f"M{x1:.0f} {y1:.0f} Q{(x1 + x2) / 2:.0f} {min(y1, y2) - 120:.0f} {x2:.0f} {y2:.0f}"
                out += path(bend, stroke=SUN, width=4, o=0.75)
    return out + "".join(disc(x, y, 22, SUN) + disc(x, y, 10, BRICK) for x, y in points)


def network():
    out = (
        rect(0, 0, W, H, MIST)
        + ring(800, 500, 455, WHITE, 60, 0.7)
        + disc(812, 515, 270, SHADE, 0.15)
        + disc(800, 500, 270, WOOD)
    )
    out += ring(800, 500, 225, WOOD_DARK, 3, 0.4) + ring(800, 500, 140, WOOD_DARK, 3, 0.4)
    coats = [FOREST, BRICK, MOSS, SUN, CLAY, "#24615a", "#8b4a35", LEAF]
    for i, coat in enumerate(coats):
        a = math.radians(i * 45 + 10)
        x, y = 800 + 355 * math.cos(a), 500 + 355 * math.sin(a)
        out += f'<g transform="rotate({i * 45 + 100:.0f} {x:.0f} {y:.0f})">{path(f"M{x - 84:.0f} {y:.0f} q84 -74 168 0 q-84 66 -168 0", coat)}{rect(x - 74, y + 8, 22, 66, coat, 10)}{rect(x + 52, y + 8, 22, 66, coat, 10)}{disc(x, y - 2, 40, ["#6b4328", "#d9b08c", "#3a2a20", "#e3a57c"][i % 4])}</g>'
        px, py = 800 + 190 * math.cos(a), 500 + 190 * math.sin(a)
        out += f'<g transform="rotate({i * 45 + 100:.0f} {px:.0f} {py:.0f})">{rect(px - 34, py - 24, 68, 48, WHITE, 4)}{line(px - 22, py - 8, px + 20, py - 8, STONE_DARK, 4)}{line(px - 22, py + 6, px + 8, py + 6, STONE_DARK, 4)}</g>'
    return out + house(752, 545, 96, 78, "brick", "gable", 3, 1, 3) + ring(800, 510, 88, MOSS, 10, 1, "60 12")


def survey():
    out = rect(0, 0, W, H, LEAF) + disc(1400, 140, 340, MOSS, 0.35) + disc(160, 920, 280, FOREST, 0.2)
    out += f'<g transform="rotate(-4 620 500)">{rect(330, 110, 640, 810, SHADE, 14, 0.18)}{rect(310, 90, 640, 810, WHITE, 14)}'
    for i in range(6):
        y = 180 + i * 74
        out += (
            rect(370, y, 44, 44, MIST, 8)
            + line(440, y + 14, 440 + 380 - i * 37 % 120, y + 14, FOREST, 10)
            + line(440, y + 36, 640, y + 36, STONE, 7)
        )
        if i in (0, 1, 3, 4):
            out += path(f"M{378} {y + 22} l12 14 l26 -34", stroke=BRICK, width=9)
    out += (
        "".join(
            rect(390 + i * 84, 850 - h, 56, h, c, 5)
            for i, (h, c) in enumerate(((90, MOSS), (150, FOREST), (60, CLAY), (190, BRICK), (120, SUN), (80, LEAF)))
        )
        + "</g>"
    )
    out += (
        disc(1230, 560, 190, WHITE)
        + ring(1230, 560, 120, FOREST, 80, 1, "420 340")
        + ring(1230, 560, 120, SUN, 80, 1, "0 430 130 200")
        + ring(1230, 560, 120, BRICK, 80, 1, "0 570 180 10")
    )
    return (
        out
        + f'<g transform="rotate(38 1130 240)">{rect(940, 226, 380, 30, SUN, 6)}{poly([(1320, 226), (1370, 241), (1320, 256)], SAND)}</g>'
    )


def timber_bridge():
    out = (
        sky("#f2c9a1", "#fbeedb", (820, 430, 130), "#fff3d6")
        + hills(560, "#9fbfae", 31, 130, 0.7)
        + hills(640, MOSS, 33, 90, 0.7)
    )
    out += rect(0, 740, W, 260, "#6fa5a2") + "".join(
        line(90 + i * 130, 800 + i * 61 % 170, 210 + i * 130, 800 + i * 61 % 170, WHITE, 5, 0.4) for i in range(12)
    )
    out += path("M0 690 h260 l60 120 v190 H0 z", FOREST) + path("M1600 690 h-260 l-60 120 v190 h320 z", FOREST)
    out += path("M200 690 Q800 330 1400 690", stroke=WOOD_DARK, width=34) + path(
        "M200 690 Q800 350 1400 690", stroke=WOOD, width=16
    )
    out += rect(150, 676, 1300, 34, WOOD, 4) + rect(150, 706, 1300, 12, WOOD_DARK)
    for i in range(1, 12):
        x = 200 + i * 100
        t = i / 12
        out += line(x, 690 - 4 * t * (1 - t) * 178, x, 690, WOOD_DARK, 9)
    return (
        out
        + "".join(tree(x, 700, s, MOSS) for x, s in ((60, 1.5), (170, 1), (1480, 1.3), (1570, 1.7)))
        + person(880, 676, 0.6, BRICK)
        + person(930, 676, 0.55, FOREST)
    )


def harbour_export():
    out = sky("#cfe0e4", SAND, (400, 300, 130)) + hills(600, "#a9c4b4", 41, 70, 0.6) + rect(0, 640, W, 360, "#4f8f8c")
    out += "".join(
        line(40 + i * 150, 800 + i * 53 % 170, 170 + i * 150, 800 + i * 53 % 170, WHITE, 5, 0.35) for i in range(11)
    )
    out += (
        path("M240 690 h1080 l-110 150 h-880 z", FOREST)
        + rect(330, 560, 120, 130, WHITE, 6)
        + windows(330, 560, 120, 70, 4, 2, FOREST)
        + rect(360, 500, 40, 64, BRICK)
    )
    rng = random.Random(8)
    for column in range(8):
        for row in range(rng.randint(2, 4)):
            x, y = 480 + column * 98, 690 - (row + 1) * 54
            fill = rng.choice([BRICK, SUN, MOSS, CLAY, SAND, LEAF])
            out += rect(x, y, 94, 50, fill, 3) + "".join(
                line(x + 12 + i * 14, y + 8, x + 12 + i * 14, y + 42, INK, 2, 0.25) for i in range(6)
            )
    for x in (1290, 1450):
        out += (
            "".join(rect(x + dx, 330, 16, 420, SUN) for dx in (0, 90))
            + rect(x - 190, 330, 340, 22, SUN)
            + line(x + 50, 240, x - 180, 332, SUN, 8)
            + line(x + 50, 240, x + 50, 332, SUN, 12)
            + line(x - 120, 352, x - 120, 470, INK, 4)
        )
    return out + rect(1240, 740, 360, 260, STONE_DARK) + rect(1240, 740, 360, 18, SAND)
