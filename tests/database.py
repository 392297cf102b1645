"""The database of the tests: how it begins, and that every test finds it as it began.

A test that commits flushes all tables in the end. Such tests come last in a single process; where
pytest-xdist deals out files, any test may be next, so what was flushed is brought back at once.
"""

import sqlite3

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.backends.sqlite3.creation import DatabaseCreation

from ecca_site.demo.database import empty_database
from ecca_site.moderation.ledger.triggers import removals


def pytest_configure():
    """Let SQLite's test database begin as the migrated one of the demo.

    The first migrations take half a minute.
    """
    create = DatabaseCreation._create_test_db

    def create_from_snapshot(self, *args, **kwargs):
        name = create(self, *args, **kwargs)
        # A database in memory lasts as long as its connections.
        self.kept_open = sqlite3.connect(name, uri=True)
        source = sqlite3.connect(":memory:")
        source.deserialize(empty_database())
        source.backup(self.kept_open)
        source.close()
        return name

    DatabaseCreation._create_test_db = create_from_snapshot
    operations = DatabaseWrapper.ops_class
    empty = operations.execute_sql_flush

    def empty_the_ledger_too(self, statements):
        """SQLite empties tables by DELETE; the triggers come back with what is brought back."""
        empty(self, [*removals("sqlite"), *statements])

    operations.execute_sql_flush = empty_the_ledger_too


class Beginning:
    """What the database holds before the first test, and how to have it again."""

    def __init__(self):
        self.blocker = None
        self.copy = None

    def keep(self, blocker) -> None:
        """Remember what the database holds now."""
        self.blocker = blocker
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()
        if connection.vendor == "sqlite":
            self.copy = sqlite3.connect(":memory:")
            connection.connection.backup(self.copy)

    def bring_back(self) -> None:
        with self.blocker.unblock():
            if self.copy is not None:
                connection.ensure_connection()
                self.copy.backup(connection.connection)
            else:
                contents = connection._test_serialized_contents
                connection.creation.deserialize_db_from_string(contents)
            ContentType.objects.clear_cache()
            cache.clear()


BEGINNING = Beginning()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    result = yield
    if nextitem is None:  # the database is gone with the last test
        return result
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction") and BEGINNING.blocker:
        BEGINNING.bring_back()
    return result
