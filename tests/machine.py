"""What some tests need of a machine beyond Python: whether it is there, and how to get it."""

import glob
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "brave-browser",
    "vivaldi",
)
PLACES_ON_A_MAC = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")


def find_browser() -> str | None:
    """Return the path of a browser of Chromium's family.

    The one CHROMIUM names, else one there is.
    """
    if wanted := os.environ.get("CHROMIUM"):
        return shutil.which(wanted)
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    for name in PLACES_ON_A_MAC:
        path = Path(f"/Applications/{name}.app/Contents/MacOS/{name}")
        if path.exists():
            return str(path)
    return browser_of_playwright()


def browser_of_playwright() -> str | None:
    """Return the browser that ``playwright install chromium`` has once brought, if it did."""
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    found = sorted(glob.glob(f"{folder}/chromium-*/chrome-*/chrome"))
    return found[-1] if found else None


def find_postgresql() -> Path | None:
    """Return the folder of PostgreSQL's programs, which Debian keeps off the path."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = glob.glob("/usr/lib/postgresql/*/bin")
    return Path(max(folders)) if folders else None


def has_programs(*names: str) -> Callable[[], bool]:
    """Return a function that tells whether all these programs are on the path."""
    return lambda: all(shutil.which(name) for name in names)


@dataclass(frozen=True)
class Tool:
    is_there: Callable[[], bool]
    how_to_get: str


TOOLS = {
    "a browser": Tool(
        lambda: find_browser() is not None, "apt install chromium, or CHROMIUM=/path/of/a/browser"
    ),
    "Java and npm": Tool(has_programs("java", "npm"), "apt install default-jre-headless npm"),
    "nginx": Tool(
        lambda: shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") is not None,
        "apt install nginx-light",
    ),
    "openssl": Tool(has_programs("openssl"), "apt install openssl"),
    "PostgreSQL's programs": Tool(lambda: find_postgresql() is not None, "apt install postgresql"),
    "Redis": Tool(has_programs("redis-server"), "apt install redis-server"),
}
