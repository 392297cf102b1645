"""Lighthouse, at the version that ``tests/e2e/package.json`` pins."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.machine import find_browser
from tests.processes import ROOT

PACKAGES = ROOT / "tests/e2e/package.json"


def install_node_tools(folder: Path) -> Path:
    """Install the Nu HTML Checker and Lighthouse into a folder, unless ECCA_NODE_TOOLS has them."""
    if there := os.environ.get("ECCA_NODE_TOOLS"):
        return Path(there)
    shutil.copy(PACKAGES, folder)
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=folder, check=True)
    return folder


def ask_lighthouse(tools: Path, address: str, *options: str) -> dict[str, float | None]:
    """Return the score of each category, from 0 to 1; {} when Chromium did not start."""
    command = [tools / "node_modules/.bin/lighthouse", address, "--quiet", "--output=json"]
    command += ["--disable-full-page-screenshot", "--max-wait-for-load=300000", *options]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"]
    environment = {**os.environ, "CHROME_PATH": find_browser() or ""}
    for _try in range(3):  # a starved machine may not start a browser at once
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            done = subprocess.run(
                [*command, f"--output-path={file.name}"],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode == 0:
                categories = json.loads(Path(file.name).read_text())["categories"]
                return {name: category["score"] for name, category in categories.items()}
        print(done.stderr[-2000:])
    return {}
