"""Measure every template of the demo on the production server, interleaved with a bare view of the
same server.

Prints requests per second, p50 and p99 in milliseconds, CPU milliseconds and bytes of each, with
the page cache on and off, and the ratio of its CPU time to that of a view that answers 32 KB by no
query. The numbers are for people; no test depends on them.

    python -m tests.benchmarks.bench [--seconds 2]
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import django

SETTINGS = "tests.benchmarks.settings"
os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
django.setup()

from tests.e2e.conftest import find_templates  # noqa: E402
from tests.lighthouse import ask_lighthouse, install_node_tools  # noqa: E402
from tests.machine import TOOLS  # noqa: E402
from tests.processes import ROOT, free_port  # noqa: E402
from tests.seeded import copy_demo, prepare  # noqa: E402  needs the apps

CLIENTS = 4
BARE = "/bare"


def start(environment, port):
    gunicorn = Path(sys.executable).parent / "gunicorn"
    server = subprocess.Popen(
        [gunicorn, "ecca_site.wsgi", "--config", "deploy/gunicorn.py", "--bind",
            f"127.0.0.1:{port}", "--workers", "1"],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    for _try in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{BARE}", timeout=2).close()
            return server
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server does not start.")


def cpu_seconds(server):
    """Return the CPU time of the server's processes so far, in seconds (Linux)."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(entry.name) == server.pid or int(fields[1]) == server.pid:
                total += int(fields[11]) + int(fields[12])
    return total / ticks


def load(port, path, seconds):
    """Ask for a path with some clients for some seconds.

    Return times in milliseconds and the size in bytes.
    """
    times, sizes, end = [], set(), time.monotonic() + seconds

    def client():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end:
            started = time.perf_counter()
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            body = connection.getresponse().read()
            times.append((time.perf_counter() - started) * 1000)
            sizes.add(len(body))

    threads = [threading.Thread(target=client) for _number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, max(sizes)


def measure(server, port, path, seconds):
    before = cpu_seconds(server)
    times, size = load(port, path, seconds)
    spent = cpu_seconds(server) - before
    times.sort()
    return {
        "rps": len(times) / seconds,
        "p50": statistics.median(times),
        "p99": times[int(len(times) * 0.99)],
        "cpu": spent * 1000 / len(times),
        "bytes": size,
    }


def count_queries(environment, paths):
    """Return the queries of each path with empty and with filled caches, counted in a process of
    its own.
    """
    code = """
import sys, django
django.setup()
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
for path in sys.argv[1:]:
    cache.clear()
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            Client().get(path, headers={"host": "127.0.0.1"})
        counts.append(str(len(queries)))
    print("/".join(counts))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *paths],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=2.0, help="for each measurement")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as var:
        port = free_port()
        environment = {
            **{name: os.environ[name] for name in os.environ.keys() - {"PYTHONDONTWRITEBYTECODE"}},
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "ECCA_VAR_DIR": var,
            "ECCA_BASE_URL": f"http://127.0.0.1:{port}",
        }
        copy_demo(Path(var))
        prepare(Path(var), environment, port)
        for cache_seconds in ("0", "300"):
            environment["ECCA_PAGE_CACHE_SECONDS"] = cache_seconds
            server = start(environment, port)
            try:
                templates = find_templates(f"http://127.0.0.1:{port}")
                paths = {
                    name: links.get("en", next(iter(links.values())))
                    for name, links in templates.items()
                }
                queries = dict(zip(paths, count_queries(environment, paths.values()), strict=True))
                print(
                    f"\nPage cache {'off' if cache_seconds == '0' else 'on'}, "
                    f"{CLIENTS} clients, one process"
                )
                heads = ("req/s", "p50 ms", "p99 ms", "CPU ms", "of bare", "queries", "bytes")
                print(f"{'template':<33}" + "".join(f"{head:>9}" for head in heads))
                for name, path in paths.items():
                    bare = measure(server, port, BARE, seconds / 2)
                    row = measure(server, port, path, seconds)
                    print(
                        f"{name:<33}{row['rps']:>9.0f}{row['p50']:>9.1f}{row['p99']:>9.1f}{row['cpu']:>9.2f}"
                        f"{row['cpu'] / bare['cpu']:>9.1f}{queries[name]:>9}{row['bytes']:>9}"
                    )
                if cache_seconds != "0":
                    print_lighthouse(f"http://127.0.0.1:{port}", paths)
            finally:
                server.terminate()
                server.wait(20)


def print_lighthouse(address, paths):
    """Print Lighthouse's score of speed for each page template, by its own picture of a
    telephone.
    """
    missing = [name for name in ("a browser", "Java and npm") if not TOOLS[name].is_there()]
    if missing:
        print(f"\nNo Lighthouse without {' and '.join(missing)}.")
        return
    with tempfile.TemporaryDirectory() as folder:
        tools = install_node_tools(Path(folder))
        print("\nLighthouse, performance")
        for name, path in paths.items():
            if name.startswith("template-"):
                score = ask_lighthouse(tools, address + path, "--only-categories=performance")
                print(f"{name:<33}{score.get('performance', 0):>9.2f}")


if __name__ == "__main__":
    main()
