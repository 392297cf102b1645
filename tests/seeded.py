"""The seeded demo, made once for each state of its sources: who needs one gets a copy."""

import datetime
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from tests.processes import ROOT

CACHE = ROOT / "var" / "demo-of-tests"
SOURCES = ("ecca_site", "home", "news", "partners", "conferences", "search", "requirements.txt")
NOT_SOURCES = {".mo", ".pyc"}
DATABASE = "ecca.sqlite3"


def environment_of(var: Path, address: str = "http://127.0.0.1:8000") -> dict[str, str]:
    """Return the environment in which the demo of a folder is served at an address."""
    left_out = ("DATABASE_URL", "REDIS_URL", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "ecca_site.settings.dev",
        "ECCA_VAR_DIR": str(var),
        "ECCA_BASE_URL": address,
    }


def state_of_sources() -> str:
    """Return a key that changes with any file the demo is made from, and with the day it is for."""
    state = hashlib.sha256(str(datetime.date.today()).encode())  # noqa: DTZ011  the machine's day
    for source in SOURCES:
        top = ROOT / source
        for path in sorted([top, *top.rglob("*")]):
            if path.is_file() and path.suffix not in NOT_SOURCES:
                state.update(str(path.relative_to(ROOT)).encode())
                state.update(path.read_bytes())
    return state.hexdigest()[:16]


def seeded_demo() -> Path:
    """Return the folder of the seeded demo, which nobody may change; seed it if it is not there."""
    CACHE.mkdir(parents=True, exist_ok=True)
    folder = CACHE / state_of_sources()
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            seed(folder)
    return folder


def seed(folder: Path) -> None:
    for old in CACHE.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    unfinished = folder.with_suffix(".unfinished")
    unfinished.mkdir()
    prepare(unfinished, environment_of(unfinished))
    with closing(sqlite3.connect(unfinished / DATABASE)) as database:
        database.execute("PRAGMA journal_mode = DELETE")
    unfinished.rename(folder)


def prepare(var: Path, environment: dict[str, str], port: int = 8000) -> None:
    command = [sys.executable, "manage.py", "prepare_demo", "--port", str(port)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def copy_demo(folder: Path) -> None:
    """Put a copy of the seeded demo into a folder.

    Its files are links: the site never writes into a file.
    """
    source = seeded_demo()
    shutil.copytree(source, folder, copy_function=link, dirs_exist_ok=True)
    (folder / DATABASE).unlink()
    shutil.copy(source / DATABASE, folder)


def link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


@contextmanager
def demo_in_the_test_database(folder: Path):
    """Let SQLite's test database be the seeded demo's for a while, outside of any transaction."""
    connection.ensure_connection()
    tests = connection.connection
    with closing(sqlite3.connect(":memory:")) as before:
        tests.backup(before)
        with closing(sqlite3.connect(folder / DATABASE)) as demo:
            demo.backup(tests)
        try:
            yield
        finally:
            before.backup(tests)
