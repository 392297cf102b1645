"""Redis as the cache: shared by processes, and missed by nobody when it is gone."""

import contextlib
import socket
import subprocess
import time

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ecca_site.delivery.cache import ForgivingRedisCache
from ecca_site.delivery.versions import language_stamp
from tests import factories

BACKEND = "ecca_site.delivery.cache.ForgivingRedisCache"

needs_redis = pytest.mark.needs("Redis")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def use(settings, port):
    settings.CACHES = {"default": {"BACKEND": BACKEND, "LOCATION": f"redis://127.0.0.1:{port}/0"}}
    return caches["default"]


@pytest.fixture
def redis(settings, tmp_path):
    """A server of our own, which a test may stop."""
    port = free_port()
    command = [
        "redis-server",
        "--port",
        str(port),
        "--save",
        "",
        "--dir",
        str(tmp_path),
        "--bind",
        "127.0.0.1",
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    cache = use(settings, port)
    for _try in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield server
    server.terminate()
    server.wait(120)
    cache.close()


@needs_redis
def test_a_page_comes_from_redis_without_a_query(redis, site, client, django_assert_num_queries):
    first = client.get("/en/", HTTP_ACCEPT_ENCODING="gzip")
    with django_assert_num_queries(0):
        second = client.get("/en/", HTTP_ACCEPT_ENCODING="gzip")
    assert second.content == first.content


@needs_redis
def test_processes_share_the_stamps(redis, site):
    stamp = language_stamp("en")
    other = ForgivingRedisCache(caches["default"]._servers, {"TIMEOUT": 300})
    assert other.get("stamp:en") == stamp
    other.set("stamp:en", "changed", None)
    other.close()
    assert language_stamp("en") == "changed"


@needs_redis
def test_a_site_goes_on_when_redis_stops(redis, site, client):
    assert client.get("/en/").status_code == 200
    redis.terminate()
    redis.wait(120)
    assert_works_without_cache(site, client)


def test_a_site_starts_without_redis(settings, site, client):
    use(settings, free_port())
    assert_works_without_cache(site, client)


def test_a_server_that_hangs_is_asked_once(settings, site, client, monkeypatch):
    monkeypatch.setattr("ecca_site.delivery.cache.RETRY_SECONDS", 3600)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        cache = use(settings, silent.getsockname()[1])
        assert client.get("/en/").status_code == 200
        assert [cache.get(str(number)) for number in range(100)] == [None] * 100
        assert connections_to(silent) == 1


def connections_to(listening):
    """Return how often somebody has connected since this was last asked."""
    listening.setblocking(False)
    number = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            listening.accept()[0].close()
            number += 1
    return number


def assert_works_without_cache(site, client):
    page = factories.add_content(site, title="Published meanwhile", show_in_menus=True)
    for address in (
        "/en/",
        page.get_url(),
        "/en/search/?q=meanwhile",
        "/en/news.rss",
        "/sitemap.xml",
        "/sitemap-en-1.xml",
    ):
        assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert b"Published meanwhile" in client.get("/en/").content
    assert len(queries) <= 24
    assert caches["default"].get_many(["x"]) == {}
    assert caches["default"].incr("x") == 1
