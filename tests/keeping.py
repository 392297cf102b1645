"""What a module's tests all begin with is built once, below the transaction of each test, and gone
after the last.
"""

import pytest
from django.core.cache import cache
from django.db import connection, transaction


class Keeper:
    """Holds a transaction around the tests of a module, in which their own are savepoints."""

    def __init__(self):
        self.atomic = None
        # Set before each test: one that commits what it writes cannot run inside a transaction of
        # others.
        self.is_possible = False
        self.of_this_test = {}  # what such a test has built for itself

    def open(self):
        if self.is_possible:
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            connection.close = lambda: (
                None
            )  # after each test; with the connection the transaction would end

    def close(self):
        if self.atomic is not None:
            del connection.close
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.atomic = None

    def build(self, function, *args):
        """Return a function that returns what ``function`` has made, an object or a dict of such,
        as it is now.
        """
        if self.atomic is None:
            return lambda: self.once(function, *args)
        made = function(*args)
        cache.clear()

        def read(part):
            if isinstance(part, dict):
                return {name: read(each) for name, each in part.items()}
            return type(part).objects.get(pk=part.pk)

        def kept():
            return read(made) if self.atomic is not None else self.once(function, *args)

        return kept

    def once(self, function, *args):
        if function not in self.of_this_test:
            self.of_this_test[function] = function(*args)
        return self.of_this_test[function]


KEEPER = Keeper()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    marker = item.get_closest_marker("django_db")
    KEEPER.of_this_test = {}
    KEEPER.is_possible = not (marker and marker.kwargs.get("transaction"))
    if not KEEPER.is_possible:
        KEEPER.close()


@pytest.fixture(scope="module")
def keep(django_db_setup, django_db_blocker):
    """Return a function for fixtures of modules.

    ``keep(build, *args)`` builds, returns how to read what it built.
    """
    with django_db_blocker.unblock():
        KEEPER.open()

    def build(function, *args):
        with django_db_blocker.unblock():
            return KEEPER.build(function, *args)

    yield build
    with django_db_blocker.unblock():
        KEEPER.close()
