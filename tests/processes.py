"""Other processes on the database of the tests: servers, workers, and whoever races with whom.

Only for tests with ``transaction=True``: what they wrote must be committed before another process
can read it.
"""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def database_url(folder):
    """Return the address of the tests' database.

    That of SQLite is in memory, so others get a copy in a file.
    """
    if connection.vendor == "sqlite":
        path = Path(folder) / "copy.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.close()
        return f"sqlite:///{path}"
    values = connection.settings_dict
    user = f"{values['USER']}:{values['PASSWORD']}".rstrip(":")
    return f"postgres://{user}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


def environment(folder, **values):
    """Return the environment of a process that serves the tests' database by the tests'
    settings.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONDONTWRITEBYTECODE", "SOAK")
    }
    return kept | {
        "DJANGO_SETTINGS_MODULE": "tests.settings_of_processes",
        "DATABASE_URL": database_url(folder),
        "ECCA_VAR_DIR": str(folder),
        **values,
    }


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command, env, **kwargs):
    process = subprocess.Popen(command, cwd=ROOT, env=env, **kwargs)
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(120)
        process.kill()
        process.wait()


def gunicorn_at(port):
    """Return the command that serves the site as in production."""
    bind = f"127.0.0.1:{port}"
    return [BIN / "gunicorn", "ecca_site.wsgi", "--config", "deploy/gunicorn.py", "--bind", bind]


@contextmanager
def server(env, folder):
    """Serve the site as in production, by two processes of eight threads.

    Yields its address and its log.
    """
    port, log = free_port(), Path(folder) / "server.log"
    address = f"http://127.0.0.1:{port}"
    values = {**env, "ECCA_BASE_URL": address, "WEB_CONCURRENCY": "2", "ECCA_THREADS": "8"}
    command = gunicorn_at(port)
    with log.open("w") as output, running(command, values, stdout=output, stderr=output) as process:
        wait_for_server(process, address, log)
        yield address, log


def wait_for_server(process, address, log):
    """Return when a server answers; what it says is shown when it ends instead."""
    while True:
        assert process.poll() is None, log.read_text()
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/healthz", timeout=30).close()
            return
        time.sleep(0.1)


def manage(env, *arguments):
    """Run a management command to its end; return what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=1200,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
