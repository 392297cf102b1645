"""A copy of the demo with work for everybody and a server of its own, that goes back to its
beginning in no time.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.processes import ROOT, free_port, gunicorn_at, running, wait_for_server
from tests.seeded import DATABASE, copy_demo, environment_of, prepare


@dataclass
class Copy:
    """A served copy of the demo: its address, and its files."""

    address: str
    var: Path

    @property
    def database(self) -> Path:
        return self.var / DATABASE

    @property
    def log(self) -> str:
        return (self.var / "server.log").read_text()

    def keep(self) -> None:
        """Remember the database and the files as they are now."""
        copy_database(self.database, self.var / "kept.sqlite3")
        shutil.rmtree(self.var / "kept", ignore_errors=True)
        # A second name for each file: what is deleted is still there under it, and nothing is
        # copied.
        shutil.copytree(self.var / "media", self.var / "kept", copy_function=os.link)

    def keep_signed_in(self) -> Callable[[], None]:
        """Return a function that brings back what was kept, with the sessions of now."""
        copy_database(self.database, self.var / "signed_in.sqlite3")
        return lambda: self.restore("signed_in.sqlite3")

    def restore(self, name: str = "kept.sqlite3") -> None:
        """Bring back what was kept, while the server runs."""
        copy_database(self.var / name, self.database)
        for path in (self.var / "kept").rglob("*"):
            original = self.var / "media" / path.relative_to(self.var / "kept")
            if path.is_file() and not original.exists():
                os.link(path, original)


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that others may have open, in one transaction."""
    with (
        closing(sqlite3.connect(source, timeout=300)) as old,
        closing(sqlite3.connect(target, timeout=300)) as new,
    ):
        old.backup(new)


@contextmanager
def serve(var: Path) -> Iterator[Copy]:
    """Serve a copy of the seeded demo from this folder, with work for everybody in it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = environment_of(var, address)
    copy_demo(var)
    prepare(var, environment, port)
    subprocess.run(
        [sys.executable, "-m", "tests.e2e.hours.work"], cwd=ROOT, env=environment, check=True
    )
    log = var / "server.log"
    with (
        log.open("w") as output,
        running(gunicorn_at(port), environment, stdout=output, stderr=output) as server,
    ):
        wait_for_server(server, address, log)
        yield Copy(address, var)
