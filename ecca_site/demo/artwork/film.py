"""Draw and encode the film of the demo: ``python -m home.demo.artwork.film`` needs Chromium, ffmpeg and Playwright."""

import math
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from .shapes import BRICK, CLAY, FOREST, LEAF, MIST, MOSS, SAND, SUN, WHITE, disc, poly, rect, ring

DEMO = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT, SECONDS, RATE = 1280, 720, 14, 20
GROUND, BRICK_WIDTH, BRICK_HEIGHT = 600, 56, 26
COLOURS = (BRICK, "#a8492a", CLAY, "#b85636")


def ease(value):
    value = min(max(value, 0), 1)
    return value * value * (3 - 2 * value)


def old_places():
    """A wall of thirteen courses, from the top down: what was laid last comes off first."""
    for row in range(12, -1, -1):
        for column in range(6):
            x = 150 + column * BRICK_WIDTH + (row % 2) * BRICK_WIDTH / 2
            yield x, GROUND - (row + 1) * BRICK_HEIGHT


def new_places():
    """A house with a door, from the ground up."""
    for row in range(11):
        for column in range(8):
            is_door = row < 5 and column in (3, 4)
            if not is_door:
                x = 740 + column * (BRICK_WIDTH - 4) + (row % 2) * 6
                yield x, GROUND - (row + 1) * BRICK_HEIGHT


def brick(x, y, number):
    return rect(x + 1, y + 1, BRICK_WIDTH - 3, BRICK_HEIGHT - 3, COLOURS[number % len(COLOURS)], 2)


def frame(at):
    """Return the picture at a moment, from 0 to 1."""
    sun = (200 + 880 * at, 330 - 200 * math.sin(math.pi * at))
    parts = [
        '<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1">'
        f'<stop stop-color="{MIST}"/><stop offset="1" stop-color="{SAND}"/></linearGradient></defs>',
        rect(0, 0, WIDTH, HEIGHT, "url(#s)"),
        ring(*sun, 120, WHITE, 26, 0.45),
        disc(*sun, 74, SUN),
        poly([(0, 520), (260, 430), (560, 500), (860, 420), (1280, 510), (1280, 620), (0, 620)], LEAF, 0.55),
        rect(0, GROUND, WIDTH, HEIGHT - GROUND, MOSS),
        rect(0, GROUND, WIDTH, 10, FOREST, 0, 0.5),
    ]
    flying = []
    pairs = list(zip(old_places(), new_places(), strict=False))
    for number, ((from_x, from_y), (to_x, to_y)) in enumerate(pairs):
        start = 0.08 + 0.7 * number / len(pairs)
        gone = ease((at - start) / 0.12)
        x = from_x + (to_x - from_x) * gone
        y = from_y + (to_y - from_y) * gone - 170 * math.sin(math.pi * gone)
        (flying if 0 < gone < 1 else parts).append(brick(x, y, number))
    roof = ease((at - 0.9) / 0.07)
    if roof:
        top = GROUND - 11 * BRICK_HEIGHT
        y = top - 120 * (1 - roof)
        parts.append(poly([(715, y), (952, y - 130), (1185, y)], FOREST, roof))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{''.join(parts + flying)}</svg>"
    )


def main():
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        number = SECONDS * RATE
        for index in range(number):
            page.set_content(f"<style>*{{margin:0}}svg{{display:block}}</style>{frame(index / (number - 1))}")
            page.screenshot(path=f"{folder}/{index:04}.png")
        Image.open(f"{folder}/{number // 2:04}.png").convert("RGB").save(
            DEMO / "images" / "one-wall-two-lives.webp", quality=84, method=6
        )
        subprocess.run(
            ["ffmpeg", "-y", "-loglevel", "error", "-framerate", str(RATE), "-i", f"{folder}/%04d.png",
             "-c:v", "libx264", "-preset", "veryslow", "-crf", "30", "-pix_fmt", "yuv420p",
             "-movflags", "+faststart", "-map_metadata", "-1", DEMO / "documents" / "one-wall-two-lives.mp4"],
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
