"""What stands in many pictures: sky and ground, trees and people, houses, bricks and cranes."""

import random

from .shapes import (
    BRICK, CLAY, FOREST, H, INK, LEAF, MIST, MOSS, SAND, STONE, STONE_DARK, SUN, W, WHITE, WOOD, WOOD_DARK,
    disc, line, path, poly, rect, ring,
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
