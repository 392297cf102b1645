"""nginx on `deploy/nginx.conf`, with ports and folders of the test in place of the server's."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.processes import ROOT, free_port, running

CONF = ROOT / "deploy" / "nginx.conf"
HOST, OTHER_HOST = "ecca.example", "second.example"
# What Debian's own nginx.conf has around the file, with folders that a test may write to.
FRAME = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  include {mime};
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
"""


def program(name: str) -> str:
    """Return where a program is; skip the test where it is missing."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin:/sbin")
    if found is None:
        pytest.skip(
            f"{name} is not installed: apt install {'nginx-light' if name == 'nginx' else name}"
        )
    return found


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass
class Proxy:
    """A running nginx: its ports, and its certificate."""

    command: list[str]
    plain_port: int
    port: int
    certificate: Path

    def tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))

    def ask(
        self, path, method="GET", body=None, *, host=HOST, source="127.0.0.1", **headers
    ) -> Answer:
        """Send a request from a local address.

        Underscores in names of headers stand for hyphens.
        """
        connection = _Connection("127.0.0.1", self.port, source, host, self.tls())
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {"Host": host, **names})
        return _read(connection)

    def ask_plain(self, path) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=20)
        connection.request("GET", path, headers={"Host": HOST})
        return _read(connection)

    def announce(self, path, size) -> int:
        """Announce a body of a size and return the status of the answer: 100 asks for the body."""
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=20) as plain,
            self.tls().wrap_socket(plain, server_hostname=HOST) as secure,
        ):
            head = (
                f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: "
                f"{size}\r\nExpect: 100-continue\r\n\r\n"
            )
            secure.sendall(head.encode())
            return int(secure.recv(100).split()[1])

    def protocol(self) -> str | None:
        context = self.tls()
        context.set_alpn_protocols(["h2", "http/1.1"])
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=20) as plain,
            context.wrap_socket(plain, server_hostname=HOST) as secure,
        ):
            return secure.selected_alpn_protocol()


class _Connection(http.client.HTTPSConnection):
    """A connection to an address that is not the name in the certificate."""

    def __init__(self, address, port, source, name, context):
        super().__init__(address, port, timeout=20, source_address=(source, 0), context=context)
        self.name = name

    def connect(self):
        http.client.HTTPConnection.connect(self)
        self.sock = self._context.wrap_socket(self.sock, server_hostname=self.name)


def _read(connection) -> Answer:
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


@contextmanager
def proxy(folder: Path, var: Path, backend: int):
    """Run nginx on the real file; yields a `Proxy` to the server at the port ``backend``."""
    nginx, openssl = program("nginx"), program("openssl")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    names = f"subjectAltName=DNS:{HOST},DNS:{OTHER_HOST}"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2",
         "-subj", f"/CN={HOST}", "-addext", names, "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    plain_port, port = free_port(), free_port()
    replaced = {
        "/etc/letsencrypt/live/ecca.example/fullchain.pem": certificate,
        "/etc/letsencrypt/live/ecca.example/privkey.pem": key,
        "/var/cache/nginx/ecca": folder / "cache",
        "/var/www/acme": folder / "acme",
        "/srv/ecca/var": var,
        "/srv/ecca/deploy": ROOT / "deploy",
        "127.0.0.1:8000": f"127.0.0.1:{backend}",
    }
    text = CONF.read_text()
    for old, new in replaced.items():
        assert old in text, old
        text = text.replace(old, str(new))
    text = re.sub(r"(listen (?:\[::\]:)?)80;", rf"\g<1>{plain_port};", text)
    text = re.sub(r"(listen (?:\[::\]:)?)443 ", rf"\g<1>{port} ", text)
    if not has_ipv6():
        text = re.sub(r"  listen \[::\].*\n", "", text)
    (folder / "site.conf").write_text(text)
    frame = FRAME.format(
        folder=folder, mime="/etc/nginx/mime.types", user="user root;" if os.geteuid() == 0 else ""
    )
    (folder / "nginx.conf").write_text(frame)
    command = [nginx, "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    with running([*command, "-g", "daemon off;"], None) as process:
        for _try in range(200):
            assert process.poll() is None, (folder / "error.log").read_text()
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            time.sleep(0.05)
        yield Proxy(command, plain_port, port, certificate)
