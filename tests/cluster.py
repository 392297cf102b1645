"""A PostgreSQL of a test's own, which it may stop and start again."""

import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests.machine import find_postgresql
from tests.processes import database_url, free_port


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()

    def command(self, program: str, *arguments: str) -> list[str]:
        """Return a command of PostgreSQL, which refuses to run as root."""
        found = [str(find_postgresql() / program), *arguments]
        return ["runuser", "-u", "postgres", "--", *found] if os.getuid() == 0 else found

    def control(self, *arguments: str) -> list[str]:
        log = str(self.folder / "log")
        return self.command("pg_ctl", "-D", str(self.folder / "data"), "-l", log, "-w", *arguments)

    def restarting(self, mode: str) -> str:
        """Return the command that restarts it: "fast", or "immediate" as after a crash."""
        return shlex.join(self.control("-t", "600", "-m", mode, "restart"))

    def start(self) -> None:
        trust = ("--auth=trust", "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8")
        run(self.command("initdb", "-D", str(self.folder / "data"), *trust))
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        run(self.control("-t", "600", "-o", options, "start"))

    def stop(self) -> None:
        run(self.control("-m", "immediate", "stop"))

    def take_over(self, url: str, name: str) -> None:
        """Copy a database into it."""
        address = f"postgres://postgres@127.0.0.1:{self.port}"
        programs = find_postgresql()
        copy = self.folder / "copy.sql"
        run([programs / "pg_dump", "--no-owner", f"--file={copy}", url])
        run([programs / "createdb", f"--maintenance-db={address}/postgres", name])
        run([programs / "psql", "--quiet", f"--file={copy}", f"{address}/{name}"])


def run(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def let_go() -> None:
    """Keep no connection open, nor one in the pool: the database may go away."""
    connection.close()
    connection.close_pool()


@contextmanager
def database_moved_to_a_cluster():
    """Let a copy of the tests' database be in a cluster of its own for a while."""
    folder = Path(tempfile.mkdtemp())
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    cluster = Cluster(folder)
    values = connection.settings_dict
    before = {name: values[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    try:
        cluster.start()
        cluster.take_over(database_url(folder), values["NAME"])
        let_go()
        values.update(HOST="127.0.0.1", PORT=cluster.port, USER="postgres", PASSWORD="")
        yield cluster
    finally:
        let_go()
        values.update(before)
        cluster.stop()
        shutil.rmtree(folder)
