"""Stamps of languages are kept by the database: no cache can lose one, or bring an old one back."""

import signal

from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ecca_site.delivery import versions
from ecca_site.delivery.memory import remembering
from ecca_site.delivery.models import Change
from ecca_site.delivery.versions import COPY_SECONDS, LATEST, bump, language_stamp
from tests import factories

from .test_cache import needs_redis, redis  # noqa: F401  a fixture


def key_of(language_code):
    return f"stamp:{language_code}"


def test_a_publication_that_is_taken_back_changes_nothing(db):
    stamp = language_stamp("en")
    with transaction.atomic():
        bump(["en"])
        transaction.set_rollback(True)
    cache.clear()
    assert language_stamp("en") == stamp


def test_only_the_languages_of_a_change_get_another_stamp(db):
    before = {code: language_stamp(code) for code in ("en", "sl", "pl")}
    bump(["en", "pl"])
    cache.clear()
    after = {code: language_stamp(code) for code in before}
    assert {code for code in before if before[code] != after[code]} == {"en", "pl"}


def test_a_stamp_costs_a_query_only_where_the_cache_has_no_copy(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        language_stamp("en")
    with django_assert_num_queries(0):
        language_stamp("en")


def test_a_lost_copy_is_the_same_again(db):
    bump(["en"])
    stamp = language_stamp("en")
    cache.clear()
    assert language_stamp("en") == stamp


def test_a_change_that_began_before_others_and_ended_after_them_counts(db):
    for _number in range(LATEST):
        bump(["en"])
    late = Change.objects.filter(language_code="en").order_by("-pk")[1]
    late_values = {"pk": late.pk, "language_code": "en", "token": late.token}
    late.delete()
    stamp = language_stamp("en")
    Change.objects.create(**late_values)
    cache.clear()
    assert language_stamp("en") != stamp


def test_whoever_read_before_a_publication_writes_nothing_over_it(db, monkeypatch):
    """A slow request has read the old stamp, and keeps it after the new one was put there."""
    old = language_stamp("en")
    bump(["en"])
    cache.clear()
    read = versions._read

    def slow(code):
        versions.copy([code])
        return old

    def fast(code):
        return read(code)

    monkeypatch.setattr(versions, "_read", fast)
    new = fast("en")
    answers = iter([slow])
    monkeypatch.setattr(versions, "_read", lambda code: next(answers, fast)(code))
    assert language_stamp("en") == old, "this request began before"
    assert (cache.get(key_of("en")), language_stamp("en")) == (new, new)


def test_of_two_who_publish_at_once_the_slower_one_puts_nothing_old_there(db, monkeypatch):
    read_all = versions._read_all
    old = read_all(["en"])
    bump(["en"])
    answers = iter([old])
    monkeypatch.setattr(versions, "_read_all", lambda codes: next(answers, None) or read_all(codes))
    versions.copy(["en"])
    assert cache.get(key_of("en")) == read_all(["en"])["en"] != old["en"]


def test_several_stamps_are_read_by_one_query_where_all_have_changed(db, django_assert_num_queries):
    codes = ["en", "sl", "pl"]
    for _number in range(LATEST + 1):
        bump(codes)
    with django_assert_num_queries(1):
        stamps = versions._read_all(codes)
    assert stamps == {code: versions._read(code) for code in codes}


def test_the_stamp_of_a_language_that_changed_more_seldom_is_read_in_full(db):
    bump(["en", "sl"])
    for _number in range(LATEST * 2):
        bump(["sl"])
    stamps = versions._read_all(["en", "sl"])
    assert stamps == {code: versions._read(code) for code in ("en", "sl")}


def test_what_is_published_together_is_copied_once(
    db, monkeypatch, django_capture_on_commit_callbacks
):
    copied = []
    monkeypatch.setattr(versions, "copy", copied.append)
    with remembering(), django_capture_on_commit_callbacks(execute=True):
        bump(["sl"])
        bump(["en", "sl"])
    assert copied == [["en", "sl"]]
    with remembering(), django_capture_on_commit_callbacks(execute=True):
        bump(["pl"])
    assert copied == [["en", "sl"], ["pl"]]


def test_what_makes_no_stamp_any_more_is_forgotten(db):
    for _number in range(LATEST * 2 + 5):
        bump(["en", "sl"])
    Change.objects.filter(language_code="sl").first().delete()
    stamps = [language_stamp(code) for code in ("en", "sl")]
    call_command("tidy")
    cache.clear()
    assert [language_stamp(code) for code in ("en", "sl")] == stamps
    kept = Change.objects.filter(language_code="en").count()
    assert LATEST <= kept <= LATEST * 2


# --- A real server -------------------------------------------------------------------------------
def publish(page, title, capture):
    page.title = title
    with capture(execute=True):
        page.save_revision().publish()


def shown(client):
    return client.get("/en/").content.decode()


@needs_redis
def test_a_publication_while_redis_is_paused_is_seen_once_the_copy_has_run_out(
    redis,  # noqa: F811
    site,
    client,
    monkeypatch,
    django_capture_on_commit_callbacks,
):
    monkeypatch.setattr("ecca_site.delivery.cache.RETRY_SECONDS", 0)
    page = factories.add_content(site, title="First title", show_in_menus=True)
    assert "First title" in shown(client)
    redis.send_signal(signal.SIGSTOP)
    publish(page, "Second title", django_capture_on_commit_callbacks)
    redis.send_signal(signal.SIGCONT)
    server = caches["default"]._cache.get_client()
    left = server.ttl(caches["default"].make_key(key_of("en")))
    assert 0 < left <= COPY_SECONDS <= 60, "no stamp is believed for longer"
    server.delete(caches["default"].make_key(key_of("en")))  # as its time does
    assert "Second title" in shown(client)
    assert "First title" not in shown(client)


@needs_redis
def test_redis_brings_back_what_it_held_before_a_publication(
    redis,  # noqa: F811
    site,
    client,
    django_capture_on_commit_callbacks,
):
    page = factories.add_content(site, title="First title", show_in_menus=True)
    assert "First title" in shown(client)
    server = caches["default"]._cache.get_client()
    dump = {key: (server.dump(key), server.pttl(key)) for key in server.scan_iter()}
    publish(page, "Second title", django_capture_on_commit_callbacks)
    server.flushall()
    assert "Second title" in shown(client), "a server that was emptied holds nothing old"
    for key, (value, left) in dump.items():
        server.restore(key, max(left, 0), value, replace=True)
    stamp = caches["default"].make_key(key_of("en"))
    assert 0 < server.ttl(stamp) <= COPY_SECONDS
    server.delete(stamp)  # as its time does
    assert "Second title" in shown(client)
    assert "First title" not in shown(client)


@needs_redis
def test_a_page_that_is_kept_asks_the_cache_once(redis, site, client):  # noqa: F811
    """For stamp and page together, and no database."""
    shown(client)
    server = caches["default"]._cache.get_client()
    before = server.info("commandstats")["cmdstat_mget"]["calls"]
    with CaptureQueriesContext(connection) as queries:
        shown(client)
    assert server.info("commandstats")["cmdstat_mget"]["calls"] - before == 1
    assert len(queries) == 0
