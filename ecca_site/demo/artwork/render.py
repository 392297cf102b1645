"""Render the pictures: ``python -m home.demo.artwork.render`` needs Chromium on the PATH, and Pillow."""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from .draw import LOGOS, PICTURES
from .shapes import as_svg

IMAGES = Path(__file__).resolve().parent.parent / "images"


def render(name, svg, width, height, folder):
    source, shot = folder / f"{name}.svg", folder / f"{name}.png"
    source.write_text(svg)
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking"]
    subprocess.run(
        ["chromium", *options, f"--window-size={width},{height}", f"--screenshot={shot}", source.as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip
    Image.open(shot).convert("RGB").save(IMAGES / f"{name}.webp", quality=84, method=6)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name, draw in PICTURES.items():
            render(name, as_svg(draw()), 1600, 1000, Path(folder))
        for name, content in LOGOS.items():
            render(name, as_svg(content, 600, 400), 600, 400, Path(folder))
