"""Draw the pictures of the demo as SVG. ``render.py`` turns them into the files in ``../images``."""

import json
import math
import random
from pathlib import Path

from partners.map import project

FOREST, MOSS, LEAF, BRICK, CLAY = "#0f3d3a", "#3f7d5c", "#8fbf8f", "#c4623d", "#e3a57c"
SAND, MIST, INK, SUN, WHITE, WOOD, WOOD_DARK = (
    "#f3e9da",
    "#dbe8e6",
    "#14211f",
    "#f0b94d",
    "#fffaf2",
    "#d9a066",
    "#a86f3d",
)
STONE, STONE_DARK, SHADE = "#b9c4bf", "#8a9a95", "#0f3d3a"
W, H = 1600, 1000


def rect(x, y, w, h, fill, r=0, o=1):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{r}" fill="{fill}" opacity="{o}"/>'


def poly(points, fill, o=1):
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}" opacity="{o}"/>'


def disc(x, y, r, fill, o=1):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}" opacity="{o}"/>'


def ring(x, y, r, stroke, width, o=1, dash=""):
    return (
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke="{stroke}" stroke-width="{width}" opacity="{o}"'
        f' stroke-dasharray="{dash}"/>'
    )


def line(x1, y1, x2, y2, stroke, width=4, o=1):
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" stroke-width="{width}"'
        f' stroke-linecap="round" opacity="{o}"/>'
    )


def path(d, fill="none", stroke="none", width=0, o=1):
    return (
        f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" stroke-linecap="round" opacity="{o}"/>'
    )


def sky(top=MIST, bottom=SAND, sun=(1180, 330, 150), sun_fill=SUN):
    x, y, r = sun
    return (
        f'<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop stop-color="{top}"/>'
        f'<stop offset="1" stop-color="{bottom}"/></linearGradient></defs>{rect(0, 0, W, H, "url(#s)")}'
        + ring(x, y, r * 2.6, WHITE, 46, 0.35)
        + ring(x, y, r * 1.8, WHITE, 30, 0.5)
        + disc(x, y, r, sun_fill, 0.95)
    )


def hills(y, fill, seed, height=90, o=1):
    rng = random.Random(seed)
    d, x = f"M0 {H} V{y}", 0
    while x < W:
        step = rng.randint(220, 420)
        d += f" q{step / 2} {-rng.randint(height // 2, height * 2)} {step} {rng.randint(-20, 20)}"
        x += step
    return path(d + f" V{H} Z", fill, o=o)


def tree(x, y, s=1.0, fill=MOSS):
    return (
        rect(x - 5 * s, y - 60 * s, 10 * s, 60 * s, WOOD_DARK)
        + disc(x, y - 100 * s, 52 * s, fill)
        + disc(x + 18 * s, y - 118 * s, 32 * s, LEAF, 0.55)
    )


def person(x, y, s=1.0, coat=FOREST, head=CLAY):
    return path(f"M{x - 26 * s} {y} v{-52 * s} a{26 * s} {26 * s} 0 0 1 {52 * s} 0 v{52 * s} z", coat) + disc(
        x, y - 98 * s, 18 * s, head
    )


def windows(x, y, w, h, columns, rows, fill, lit=None, seed=1):
    rng, out = random.Random(seed), ""
    cw, rh = w / columns, h / rows
    for row in range(rows):
        for column in range(columns):
            colour = lit if lit and rng.random() < 0.25 else fill
            out += rect(x + column * cw + cw * 0.26, y + row * rh + rh * 0.22, cw * 0.48, rh * 0.56, colour, 3)
    return out


def house(x, base, w, h, kind="brick", roof="gable", columns=4, rows=5, seed=1):
    fill, dark, glass = {
        "brick": (BRICK, "#a94f2f", SAND),
        "wood": (WOOD, WOOD_DARK, FOREST),
        "clay": (CLAY, "#cf8b60", FOREST),
        "stone": (STONE, STONE_DARK, FOREST),
        "green": (MOSS, FOREST, SAND),
        "white": (WHITE, MIST, FOREST),
    }[kind]
    y = base - h
    out = rect(x, y, w, h, fill) + rect(x + w * 0.72, y, w * 0.28, h, dark, o=0.35)
    if kind == "wood":
        out += "".join(line(x + i, y, x + i, base, dark, 2, 0.45) for i in range(14, int(w), 22))
    if kind == "brick":
        out += "".join(line(x, y + i, x + w, y + i, dark, 1.5, 0.4) for i in range(16, int(h), 18))
    if roof == "gable":
        out += poly([(x - 12, y), (x + w / 2, y - w * 0.38), (x + w + 12, y)], dark)
    elif roof == "green":
        out += rect(x - 8, y - 16, w + 16, 18, MOSS, 6) + "".join(
            disc(x + i, y - 16, 16, LEAF) for i in range(10, int(w), 34)
        )
    elif roof == "shed":
        out += poly([(x - 10, y), (x + w + 10, y - w * 0.22), (x + w + 10, y)], dark)
    return out + windows(x, y + 12, w, h - 60, columns, rows, glass, SUN, seed)


def ground(y=830, fill=MOSS):
    return rect(0, y, W, H - y, fill) + path(f"M0 {y + 60} q400 -50 800 10 t800 -20 V{H} H0 Z", FOREST, o=0.25)


def planks(x, y, w, n, layers, fill=WOOD):
    out = ""
    for layer in range(layers):
        for i in range(n):
            out += rect(x + i * w / n, y - (layer + 1) * 34, w / n - 5, 30, fill if (i + layer) % 2 else CLAY, 4)
            out += disc(x + (i + 0.5) * w / n - 2, y - layer * 34 - 19, 8, WOOD_DARK, 0.45)
        out += rect(x - 6, y - layer * 34 - 4, w + 6, 5, WOOD_DARK)
    return out


def bricks(x, y, columns, rows, w=74, h=32, seed=3, gaps=0.0):
    rng, out = random.Random(seed), ""
    for row in range(rows):
        shift = (row % 2) * w / 2
        for column in range(columns):
            if rng.random() >= gaps:
                fill = rng.choice([BRICK, BRICK, "#b5552f", "#d2744d", CLAY])
                out += rect(x + column * w + shift, y - (row + 1) * h, w - 5, h - 5, fill, 4)
    return out


def heap(x, y, w, h, fill, seed):
    rng = random.Random(seed)
    out = path(f"M{x} {y} q{w * 0.3} {-h * 0.8} {w * 0.5} {-h} q{w * 0.2} {h * 0.2} {w * 0.5} {h} z", fill)
    for _ in range(90):
        t = rng.random()
        px = x + w * (0.08 + 0.84 * t)
        top = h * (1 - abs(2 * t - 1)) * 0.85
        out += disc(px, y - rng.random() * top, rng.uniform(3, 9), rng.choice([STONE_DARK, WHITE, SAND, INK]), 0.35)
    return out


def crane(x, base, height, reach, colour=SUN, hook=180):
    top = base - height
    out = rect(x - 14, top, 28, height, colour)
    out += "".join(line(x - 12, y, x + 12, y + 34, INK, 2.5, 0.5) for y in range(int(top), int(base) - 30, 36))
    out += poly([(x - 150, top + 12), (x + reach, top + 12), (x + reach, top - 4), (x - 150, top - 12)], colour)
    out += line(x, top - 90, x + reach * 0.8, top - 4, colour, 6) + line(x, top - 90, x - 140, top - 8, colour, 6)
    out += (
        rect(x - 8, top - 92, 16, 96, colour)
        + rect(x - 160, top, 60, 56, FOREST, 6)
        + rect(x + 14, top + 20, 54, 48, WHITE, 8)
    )
    return out + line(x + reach * 0.78, top + 10, x + reach * 0.78, top + hook, INK, 4)


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


def logo(*shapes):
    return f'<rect width="600" height="400" fill="{WHITE}"/>' + "".join(shapes)


PICTURES = {name.replace("_", "-"): globals()[name] for name in (
    "hero_circular_city", "life_cycle", "raw_materials", "design_table", "construction_site", "retrofit",
    "deconstruction", "recycled_aggregate", "ljubljana", "conference_hall", "handshake_map", "network", "survey",
    "timber_bridge", "brick_reuse", "harbour_export",
)}  # fmt: skip
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


def as_svg(content, width=W, height=H):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">{content}</svg>'
