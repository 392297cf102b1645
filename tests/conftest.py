import gc
import gzip
import sqlite3

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.db.backends.sqlite3.creation import DatabaseCreation
from django.utils import translation

from ecca_site.core.catalogues import compile_catalogues
from home.demo.database import PACKED
from home.site_setup import setup_site

pytest_plugins = ["tests.keeping"]


def pytest_configure():
    compile_catalogues()
    begin_with_snapshot()


def pytest_collection_finish():
    """The collector would look through the whole of Wagtail again and again: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Leave the browser for the end: while its event loop runs in this thread, Django opens other connections."""
    items.sort(key=lambda item: "e2e" in item.keywords)


def begin_with_snapshot():
    """Let SQLite's test database begin with the migrated one of the demo: the first migrations take half a minute."""
    create = DatabaseCreation._create_test_db

    def create_from_snapshot(self, *args, **kwargs):
        name = create(self, *args, **kwargs)
        self.kept_open = sqlite3.connect(name, uri=True)  # a database in memory lasts as long as its connections
        source = sqlite3.connect(":memory:")
        source.deserialize(gzip.decompress(PACKED.read_bytes()))
        source.backup(self.kept_open)
        source.close()
        return name

    DatabaseCreation._create_test_db = create_from_snapshot


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test begins with the site as ``setup_site`` makes it, and with a live English home page."""
    from home.models import HomePage

    with django_db_blocker.unblock():
        setup_site()
        home = HomePage.objects.get()
        home.funding_statement = "Co-funded by the COSME programme"
        home.save_revision().publish()
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.fixture(autouse=True)
def _same_language_and_empty_cache():
    """No test inherits the language or the cache of another."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def site(db):
    """The live English home page."""
    from home.models import HomePage

    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def person(db):
    """Return a function that makes a user of some groups."""

    def make(name, *group_names):
        user = get_user_model().objects.create_user(name, f"{name}@example.org", "x")
        user.groups.set(Group.objects.filter(name__in=group_names))
        assert user.groups.count() == len(group_names)
        return user

    return make
