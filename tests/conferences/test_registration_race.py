"""Two hundred people at the same moment for the last ten places, over HTTP, against servers of
several processes.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection

from conferences.models import Registration
from ecca_site.mail.models import Mail
from tests import factories

from .registering import open_conference

ROOT = Path(__file__).resolve().parents[2]
IS_POSTGRESQL = connection.vendor == "postgresql"
# SQLite writes one transaction after the other.
CLIENTS, PLACES, PROCESSES = (200, 10, 2) if IS_POSTGRESQL else (60, 10, 1)

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def meeting(site):
    return open_conference(factories.add_conference_index(site), capacity=PLACES)


@pytest.fixture
def server(meeting, tmp_path):
    """The address of a server on the database of the test, or on a copy of it in a file."""
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings_of_processes", "WEB_CONCURRENCY": str(PROCESSES),
        "ECCA_THREADS": "8",
        "ECCA_VAR_DIR": str(tmp_path),
    }  # fmt: skip
    if IS_POSTGRESQL:
        values = connection.settings_dict
        environment["DATABASE_URL"] = (
            f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
        )
    else:
        environment.pop("DATABASE_URL", None)
        import sqlite3

        with sqlite3.connect(tmp_path / "ecca.sqlite3") as copy:
            connection.connection.backup(copy)
    log = (tmp_path / "log").open("w+")
    gunicorn = Path(sys.executable).parent / "gunicorn"
    options = ["--config", "deploy/gunicorn.py", "--bind", f"127.0.0.1:{port}", "--backlog", "512"]
    command = [gunicorn, "ecca_site.wsgi", *options]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        while not is_up(port):
            assert process.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(300)
        log.close()
    assert "Traceback" not in (tmp_path / "log").read_text()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_up(port):
    try:
        return ask(port, "GET", "/healthz")[0] == 200
    except OSError:
        return False


def ask(port, method, path, data=None, number=0):
    """Return status and body. Each client has an address of its own, as each visitor has."""
    source = (f"127.{number // 200 + 1}.{number % 200 + 1}.7", 0)
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=900, source_address=source)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Host": f"127.0.0.1:{port}"}
    client.request(
        method,
        path,
        urlencode(data) if data else None,
        headers if data else {"Host": headers["Host"]},
    )
    response = client.getresponse()
    body = response.read().decode()
    client.close()
    return response.status, body


@pytest.mark.skipif(sys.platform != "linux", reason="needs loopback addresses of its own")
def test_exactly_as_many_as_there_are_places_are_registered_and_the_others_wait_in_order(
    meeting, server, tmp_path
):
    path = f"/en/conference/{meeting.pk}/register/"
    stamps = []
    for number in range(CLIENTS):
        _status, html = ask(server, "GET", path, number=number)
        stamps.append(re.search(r'name="stamp" value="([^"]+)"', html)[1])
    time.sleep(3)
    statuses, barrier = [None] * CLIENTS, threading.Barrier(CLIENTS)

    def send(number):
        data = {
            "stamp": stamps[number],
            "name": f"N{number}",
            "email": f"n{number}@example.org",
            "consent": "on",
        }
        barrier.wait()
        statuses[number] = ask(server, "POST", path, data, number)[0]

    threads = [threading.Thread(target=send, args=[number]) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(statuses) == {302: CLIENTS}
    rows, mails = results(tmp_path)
    assert [number for number, *_rest in rows] == list(range(1, CLIENTS + 1))
    assert [state for _number, state, _name in rows] == ["registered"] * PLACES + ["waiting"] * (
        CLIENTS - PLACES
    )
    assert sorted(name for *_rest, name in rows) == sorted(
        f"N{number}" for number in range(CLIENTS)
    )
    assert sorted(mails) == sorted(f"n{number}@example.org" for number in range(CLIENTS))


def results(tmp_path):
    if IS_POSTGRESQL:
        rows = Registration.objects.order_by("number").values_list("number", "state", "name")
        return list(rows), list(Mail.objects.values_list("address", flat=True))
    import sqlite3

    with sqlite3.connect(tmp_path / "ecca.sqlite3") as file:
        rows = file.execute(
            "SELECT number, state, name FROM conferences_registration ORDER BY number"
        ).fetchall()
        return rows, [address for (address,) in file.execute("SELECT address FROM mail_mail")]
