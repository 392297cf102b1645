"""After a publication a worker renders what readers will ask for next."""

import pytest
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from ecca_site.delivery.rendering import addresses_of, render_stale
from tests import factories

DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def item(site, settings):
    settings.PAGE_CACHE_SECONDS = 60
    news = factories.add_news_index(site)
    factories.home_of("sl")
    item = factories.add_news(news, title="Brick", slug="zid-čuda")
    DBTaskResult.objects.all().delete()
    return item


def test_it_is_the_page_its_list_and_the_home_page_in_every_language(item):
    assert {address.partition("8000")[2] for address in addresses_of(item)} == {
        "/en/", "/en/news/", "/en/news/zid-%C4%8Duda/",
        "/sl/", "/sl/news/", "/sl/news/zid-%C4%8Duda/",
    }  # fmt: skip


def test_a_visitor_finds_them_rendered(item, client, django_assert_num_queries):
    cache.clear()
    render_stale.func(item.pk)
    for address in ("/en/", "/en/news/", "/sl/news/", item.get_url()):
        with django_assert_num_queries(0):
            response = client.get(
                address, headers={"host": "127.0.0.1:8000", "accept-encoding": "gzip"}
            )
        assert response.status_code == 200
        assert response["Content-Encoding"] == "gzip"


def test_a_page_that_went_offline_is_left_out_of_its_list(item, client):
    item.unpublish()
    cache.clear()
    render_stale.func(item.pk)
    assert b"Brick" not in client.get("/en/news/", headers={"host": "127.0.0.1:8000"}).content


def test_a_page_that_is_gone_is_no_fault(db):
    render_stale.func(987654)


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_worker_is_asked_once_for_each_publication(item, settings, is_kept):
    settings.TASKS = DATABASE
    settings.PAGE_CACHE_SECONDS = 60 if is_kept else 0
    item.save_revision().publish()
    asked = DBTaskResult.objects.filter(task_path=render_stale.module_path)
    assert asked.count() == is_kept


def test_nobody_waits_for_it_where_tasks_are_done_at_once(item, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    cache.clear()
    item.save_revision().publish()
    assert not [key for key in cache._cache if "page:" in key]
